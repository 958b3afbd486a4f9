"""The words of English that join, bound or refuse a time, and those that say nothing about one."""

SIGNS: dict[str, tuple[str, ...]] = {
    "between": ("between", "in between", "anywhere between", "any time between", "anytime between"),
    "from": ("from",),
    "starting": (
        *("starting from", "starting at", "starting on", "starting", "beginning from", "beginning at", "beginning on"),
    ),
    "to": ("to", "-", "through", "thru", "through to", "up to"),
    "until": (
        *("until", "untill", "till", "til", "up until", "up till", "no later than", "at the latest by", "not later than"),
        *("not after", "not any later than", "latest", "not past", "as late as", "not much after", "not much later than"),
    ),
    "before": (
        *("before", "earlier than", "prior to", "in advance of", "ahead of", "sooner than", "any time before"),
        *("anytime before", "sometime before", "some time before", "preferably before"),
    ),
    "by": ("by", "no later than the", "in by"),
    "after": (
        *("after", "later than", "past", "any time after", "anytime after", "sometime after", "some time after"),
        *("more than", "later then", "following"),
    ),
    "on from": (
        *("not before", "not until", "not till", "not earlier than", "no earlier than", "no sooner than", "not prior to"),
        *("any time from", "anytime from", "since", "as of", "not any earlier than", "not sooner than"),
    ),
    "or later": (
        *("or later", "or after", "onwards", "onward", "on wards", "and later", "and after", "or any time after"),
        *("and onwards", "or afterwards", "at the earliest", "or thereafter", "earliest", "or anytime after"),
    ),
    "or earlier": ("or earlier", "or before", "or sooner", "at the latest", "or any time before", "and earlier"),
    "for": ("for", "lasting"),
    "and": ("and", "&", "and also", "plus"),
    "or": ("or", "or else", "or maybe", "or possibly", "alternatively", "or otherwise", "or even", "or failing that"),
    ",": (",", "so", "then", "so then", "and then"),
    "but": ("but", "but only", "only"),
    "not": (
        *("not", "but not", "except", "except for", "apart from", "other than", "excluding", "bar", "anything but"),
        *("any day but", "any time but", "anytime but", "any day except", "never", "just not", "not on", "and not"),
        *("not any time", "any other time than", "any day other than", "any other day than", "all day but", "but never"),
    ),
    "not that": (
        *("no good", "isnt good", "doesnt work", "does not work", "wont work", "no use", "is out", "is no good"),
        *("isnt any good", "doesnt suit", "does not suit", "wont do", "wont suit", "excepted", "excluded", "is bad"),
    ),
    "busy": (
        *("im at work", "at work", "im busy", "busy", "im away", "away", "im out", "im not free", "not free"),
        *("im not available", "not available", "im unavailable", "unavailable", "im in a meeting", "in a meeting"),
        *("im in meetings", "in meetings", "im working", "working", "im teaching", "teaching", "im driving", "driving"),
        *("im on shift", "on shift", "im tied up", "tied up", "i cant do", "cant do", "i cannot do", "cannot do"),
        *("i cant make", "cant make", "i wont be in", "i wont be home", "im not in", "im not home", "im on holiday"),
        *("i cant talk", "cant talk", "i cant speak", "i wont be available", "i wont be free", "im not around", "asleep"),
        *("im in class", "in class", "in a lesson", "im at school", "at school", "im travelling", "im on a train"),
        *("im on the train", "im in court", "im in surgery", "on a flight", "im flying", "im in lectures", "i work"),
        *("im not at home", "please dont call", "dont call", "dont ring", "do not call", "do not ring", "dont phone"),
        *("im going to be out", "im going to be busy", "ill be busy", "ill be out", "ill be away", "ill be at work"),
        *("i have a meeting", "ive got a meeting", "i have an appointment", "ive got an appointment", "my meeting is"),
        *("im in a lecture", "im in the office", "i wont be back", "wont be back", "on leave"),
        *("cant", "i cant", "i cannot", "cannot", "cant talk", "im sleeping", "i sleep", "my shift is", "im on a call"),
    ),
    "free": (
        *("im free", "free", "im available", "available", "im at home", "at home", "im home", "im in", "im here"),
        *("im around", "ill be home", "ill be in", "ill be free", "ill be available", "i can talk", "i can do"),
        *("i can speak", "ill be around", "ill be at home", "ill be here", "ill be there", "im there", "reach me"),
    ),
    "done": (
        *("i finish work", "i finish", "i get home", "i get in", "i get back", "im back", "i am back", "ill be back"),
        *("i get off", "i get off work", "i finish at work", "i finish school", "im done", "im home from", "im home by"),
        *("my meeting ends", "my meeting finishes", "i come home", "i clock off", "i knock off", "ill be done"),
        *("when i finish work", "once i finish", "when i get home", "when i finish", "i get out", "i get out of work"),
        *("my shift ends", "my shift finishes", "i land", "im off work", "ill be finished", "ill be home from"),
    ),
    "week of": (
        *("the week of", "week of", "the week starting", "the week starting on", "the week beginning", "week starting"),
        *("the week beginning on", "week beginning", "week commencing", "the week commencing", "w c", "the week from"),
        *("week starting on", "week beginning on", "in the week of", "during the week of", "that week of"),
    ),
    "instead": (
        *("no sorry", "sorry no", "i mean", "no wait", "wait no", "make that", "make it", "scratch that", "or rather"),
        *("no actually", "actually no", "sorry i mean", "no i mean", "no make that", "no make it", "sorry make that"),
        *("i meant", "no i meant", "let me think no", "correction", "sorry not", "on second thoughts"),
    ),
    "late": ("as late as possible", "as late as you can", "later the better", "the later the better"),
    "early": ("as early as possible", "as early as you can", "the earlier the better", "as soon as possible"),
    "about": (
        *("about", "around", "approximately", "roughly", "circa", "ish", "or so", "or thereabouts", "nearly", "almost"),
        *("approx", "say about", "somewhere around", "or there abouts", "round about", "give or take"),
    ),
    "begin of": (
        *("beginning of", "start of", "the beginning of", "the start of", "early", "early in", "early on", "begin of"),
        *("at the beginning of", "at the start of", "the early part of", "first half of", "the first half of"),
    ),
    "mid of": ("mid", "middle of", "the middle of", "in the middle of", "midway through", "halfway through"),
    "end of": (
        *("end of", "the end of", "at the end of", "late", "late in", "later", "later in", "later on", "late on"),
        *("towards the end of", "toward the end of", "the latter part of", "the back end of", "second half of"),
        *("the second half of", "the tail end of", "end"),
    ),
    "rest of": ("rest of", "the rest of", "rest", "remainder of", "the remainder of", "what is left of", "whats left of"),
}
"""What a caller may say for each sign, in the one form; the longest that fits is taken."""

FILLERS = frozenset(
    """
    a about actually afraid again all alright also am an any anyone anytime anything anyway appreciate appreciated are as
    ask at available be because been being best better bit bye call called calling calls can catch cheers chat contact
    convenient could course cracking day days dear did do does done easier easiest er erm ever exactly fab fancy favour
    fine for get give go going good great guess had happy has have he hello help her hi him hmm hope hoping how however
    i id ideal ideally if ill im in is it its itll itd ive just kind kindly know let lets like likely line list lovely
    maybe me might mind mm moment morning my name need next nice no number of office oh ok okay on one or out perhaps
    phone please pls possible possibly prefer preferable preferably preferred prob probably problem quick quickly quite
    rather really right ring ringing ringed rung said say see shall she should so some somebody someone sometime sometimes
    soon sorry speak still suit suitable suits sure talk telephone text than thank thanks that thatd thats the their them
    then there theres they thing think this though time times today try trying u uh um up us use usually very want wanted
    was way we well were what whatever whatll when whenever where which while will with wonder wondering work works would
    wouldnt yeah yep yes you youd your yours easy sharp precisely dot back give bell buzz shout least certainly definitely
    absolutely sir madam mate love darling guys folks team fit fits slot window anywhere somewhere during within gmt bst
    utc est edt pst pdt cst cdt mst mdt cet cest aest aedt et pt ct mt eastern pacific central local your my our hours
    @ in's reach get hold earliest convenience by-the-way possible? schedule meet meeting hear hearing from around
    """.split()
)
"""Words that say nothing of when; they are passed over."""

REFUSED = frozenset(
    """
    ago yesterday last previous past unless until before after between from to not never except dont cannot cant if
    neither nor without isnt arent wasnt wont didnt doesnt every no none nothing nobody per birthday born aged years old
    """.split()
)
"""Words that turn a meaning round: one that the grammar could not place makes the whole not understood."""

DOUBTFUL = frozenset({"maybe", "perhaps", "possibly", "probably", "might", "usually", "sometimes", "guess"})
"""Words by which a caller says that they are not sure themselves."""
