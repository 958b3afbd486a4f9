"""The words of English that join, bound or refuse a time, and those that say nothing about one."""


def _words(said: str) -> frozenset[str]:
    return frozenset(said.split())


def _listed(said: str) -> tuple[str, ...]:
    return tuple(" ".join(words.split()) for words in said.split("|"))


SIGNS: dict[str, tuple[str, ...]] = {
    "between": _listed("between | in between | anywhere between | any time between | anytime between"),
    "from": _listed("from"),
    "starting": _listed(
        """
        starting from | starting at | starting on | starting | beginning | effective | effective from
        | beginning from | beginning at | beginning on
        """
    ),
    "-": _listed("-"),
    "to": _listed("to"),
    "through": _listed("through | thru | through to | up to | right up to | up to and including"),
    "until": _listed(
        """
        until | untill | till | til | up until | up till | no later than | at the latest by | not later than | not
        after | not any later than | latest | not past | as late as | not much after | not much later than
        """
    ),
    "before": _listed(
        """
        before | earlier than | prior to | in advance of | ahead of | sooner than | any time before | anytime before
        | sometime before | some time before | preferably before
        """
    ),
    "by": _listed("on or before | by | no later than the | in by"),
    "after": _listed(
        """
        after | later than | past | any time after | anytime after | sometime after | some time after | later then |
        following
        """
    ),
    "on from": _listed(
        """
        on or after |
        not before | not until | not till | not earlier than | no earlier than | no sooner than | not prior to | any
        time from | anytime from | as early as | as of | not any earlier than | not sooner than | more than
        """
    ),
    "or after": _listed("or after | and after | or any time after | or anytime after"),
    "or before": _listed("or before | or any time before | or anytime before"),
    "or later": _listed(
        """
        or later  | onwards | onward | on wards | and later   | and onwards
        | or afterwards | at the earliest | or thereafter | earliest
        """
    ),
    "or earlier": _listed("or earlier  | or sooner | at the latest  | and earlier"),
    "less than": _listed("less than | no more than | not more than | within | at most"),
    "for": _listed("for | lasting"),
    "and": _listed("and | & | and also | plus"),
    "or": _listed(
        """
        or | or else | or maybe | or possibly | alternatively | or otherwise | or even | or failing that
        """
    ),
    ",": _listed(", | so | then | so then | and then"),
    "but": _listed("but | but only | only"),
    "not": _listed(
        """
        not | but not | except | except for | apart from | other than | excluding | bar | anything but | any day but
        | any time but | anytime but | any day except | never | just not | not on | and not | not any time | any
        other time than | any day other than | any other day than | all day but | but never
        """
    ),
    "not that": _listed(
        """
        no good | isnt good | doesnt work | does not work | wont work | no use | is out | is no good | isnt any good
        | doesnt suit | does not suit | wont do | wont suit | excepted | excluded | is bad
        """
    ),
    "busy": _listed(
        """
        im at work | at work | im busy | busy | im away | away | im out | im not free | not free | im not available
        | not available | im unavailable | unavailable | im in a meeting | in a meeting | im in meetings | in
        meetings | im working | working | im teaching | teaching | im driving | driving | im on shift | on shift |
        im tied up | tied up | i cant do | cant do | i cannot do | cannot do | i cant make | cant make | i wont be
        in | i wont be home | im not in | im not home | im on holiday | i cant talk | cant talk | i cant speak | i
        wont be available | i wont be free | im not around | asleep | im in class | in class | in a lesson | im at
        school | at school | im travelling | im on a train | im on the train | im in court | im in surgery | on a
        flight | im flying | im in lectures | i work | im not at home | please dont call | dont call | dont ring |
        do not call | do not ring | dont phone | im going to be out | im going to be busy | ill be busy | ill be out
        | ill be away | ill be at work | i have a meeting | ive got a meeting | i have an appointment | ive got an
        appointment | my meeting is | im in a lecture | im in the office | i wont be back | wont be back | on leave
        | cant | i cant | i cannot | cannot | im sleeping | i sleep | my shift is | im on a call
        """
    ),
    "free": _listed(
        """
        im free | free | im available | available | im at home | at home | im home | im in | im here | im around |
        ill be home | ill be in | ill be free | ill be available | i can talk | i can do | i can speak | ill be
        around | ill be at home | ill be here | ill be there | im there | reach me
        """
    ),
    "done": _listed(
        """
        i finish work | i finish | i get home | i get in | i get back | im back | i am back | ill be back | i get
        off | i get off work | i finish at work | i finish school | im done | im home from | im home by | ill be
        home by | ill be back by | my meeting ends | my meeting finishes | i come home | i clock off | i knock off |
        ill be done | when i finish work | once i finish | when i get home | when i finish | i get out | i get out
        of work | my shift ends | my shift finishes | i land | im off work | ill be finished | ill be home from |
        home by | back by | im back by | ill be in by | ill be there by | i should be home by | i should be back by
        | home from work by
        """
    ),
    "week of": _listed(
        """
        the week of | week of | the week starting | the week starting on | the week beginning | week starting | the
        week beginning on | week beginning | week commencing | the week commencing | the week ending | week ending
        | w c | the week from | week
        starting on | week beginning on | in the week of | during the week of | that week of
        """
    ),
    "week before": _listed("the week before | week before"),
    "week after": _listed("the week after | week after | the week following"),
    "instead": _listed(
        """
        no sorry | sorry no | i mean | no wait | wait no | make that | make it | scratch that | or rather | no
        actually | actually no | sorry i mean | no i mean | no make that | no make it | sorry make that | i meant |
        no i meant | let me think no | correction | sorry not | on second thoughts
        """
    ),
    "about": _listed(
        """
        about | around | near | ca | approximately | roughly | circa | ish | or so | or thereabouts
        | nearly | almost | approx |
        say about | somewhere around | or there abouts | round about | give or take
        """
    ),
    "begin of": _listed(
        """
        beginning of | start of | the beginning of | the start of | early | early in | early on | begin of | at the
        beginning of | at the start of | the early part of | 1th half of | the 1th half of
        """
    ),
    "mid of": _listed("mid | middle of | the middle of | in the middle of | midway through | halfway through"),
    "end of": _listed(
        """
        end of | the end of | at the end of | late | late in | late on | towards the end of | toward the end of
        | towards end of |
        the latter part of | the back end of | 2th half of | the 2th half of | the tail end of | end
        """
    ),
    "later": _listed("later | later in | later on | later on in"),
    "rest of": _listed(
        """
        rest of | the rest of | rest | remainder of | the remainder of | what is left of | whats left of
        """
    ),
}
"""What a caller may say for each sign, in the one form; the longest that fits is taken."""

FILLERS = _words(
    """
    @ a about absolutely actually aedt aest afraid again all alright also am an any anyone anything anytime anyway
    anywhere appreciate appreciated are around as ask at available back be because been being bell best better bit
    bst buzz bye call called calling calls can catch cdt central certainly cest cet chat cheers contact convenience
    convenient could course cracking cst ct darling dear definitely did do does done dot during earliest easier
    easiest eastern easy edt either er erm est et ever exactly fab fancy favour fine fit fits folks for get give gmt go
    going good great guess guys had happy has have he hear hearing hello help her hi him hmm hold hope hoping how
    however i id ideal ideally ill im in is it itd itll its ive just kind kindly know let lets like likely line list
    local love lovely madam mate maybe mdt me meet meeting might mind mm moment morning mst mt my name need nice
    number of office oh ok okay on one or our out pacific pdt perhaps phone please pls possible possibly precisely
    prefer preferable preferably preferred prob probably problem pst pt quick quickly quite rather reach really
    right ring ringed ringing rung said say schedule see shall sharp she should shout sir slot so some somebody
    someone sometime sometimes somewhere soon sorry speak still suit suitable suits sure talk team telephone text
    than thank thanks that thatd thats the their them then there theres they thing think this though time times
    today try trying u uh um up us use usually utc very want wanted was way we well were what whatever whatll when
    whenever where which while will window with within wonder wondering work works would wouldnt yeah yep yes you
    youd your yours
    """
)
"""Words that say nothing of when; they are passed over."""

SPEECH = _words(
    """
    i im id ill ive me my mine myself we us our you your youd youll he hes she shes they him her them his it its itd
    itll please call ring phone text speak talk chat contact reach would could can should want need like prefer is am
    are thats thatd hello hi thanks thank sorry yes yeah ok okay well um uh er suits suit works work best
    """
)
"""Words of somebody speaking a sentence, in which a word unknown may be of something else.

Without any of them all words are of the time, and one that is unknown leaves it in the dark.
"""

REFUSED = _words(
    """
    after aged ago arent before between birthday born cannot cant closest day days didnt doesnt dont earlier every
    except from hour hours if isnt last least less minute minutes month monthly months nearest neither never night
    nights no nobody none nor not nothing old past per previous seconds since to unless until wasnt week weekly weeks
    without wont year years yesterday
    """
)
"""Words that turn a meaning round, and units of time: one that fits nowhere makes the whole not understood."""

DOUBTFUL = frozenset({"maybe", "perhaps", "possibly", "probably", "might", "usually", "sometimes", "guess"})
"""Words by which a caller says that they are not sure themselves."""
