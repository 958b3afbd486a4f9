"""The words around a spoken telephone number: fillers, slips, labels, and the marks they are boiled down to."""

from phonebot.domain.phone.digits import words_of

PAUSE, SLIP, NOT, RESTART, EXTENSION, SOFT_PHRASE = "<pause>", "<slip>", "<not>", "<again>", "<ext>", "<soft>"
TAKEN_BACK, OTHER, PLUS, STOP, FILLER = "<wrong>", "<other>", "+", "<stop>", "<filler>"

AREA_CODE, BEGINNING = "<area>", "<beginning>"
FEW = ("one", "two", "three", "four", "five", "six", "couple", "few", *"23456")

PHRASES = {
    **dict.fromkeys(
        (
            "you know", "one moment", "one second", "one sec",
            "just a moment", "just a second", "just a sec", "a moment", "a second", "all right", "let me see",
            "let me think", "in brackets", "open brackets", "close brackets", "open bracket", "close bracket",
            "in a row", "that's it", "got that", "are you ready", "have you got a pen",
        ),
        FILLER,
    ),
    **dict.fromkeys(("area code", "dialling code", "dialing code", "std code", "city code"), AREA_CODE),
    **dict.fromkeys(("country code", "international code"), PLUS),
    **dict.fromkeys(("one more time", "this one", "that one", "the one", "once again", "it again"), SOFT_PHRASE),
    **{f"last {count}": SOFT_PHRASE for count in FEW},
    **{f"first {count}": BEGINNING for count in FEW},
    **dict.fromkeys(
        (
            "i mean", "i meant", "make that", "hang on", "hold on", "excuse me", "i tell a lie", "tell a lie",
            "or rather", "my mistake", "my bad", "beg your pardon", "sorry about that", "what am i saying",
        ),
        SLIP,
    ),
    **dict.fromkeys(("instead of", "rather than", "and not", "as opposed to", "it's not", "that's not"), NOT),
    **dict.fromkeys(
        (
            "start again", "start over", "start afresh", "starting again", "from the top", "from the beginning",
            "from scratch", "begin again", "try again", "try that again", "do that again", "start that again",
            "forget that", "ignore that", "disregard that",
        ),
        RESTART,
    ),
    **dict.fromkeys(("that's wrong", "not right", "that was wrong", "scratch that", "strike that"), TAKEN_BACK),
}  # fmt: skip
LONGEST_PHRASE = 4

FILLERS = words_of(
    "um uh er erm em ah eh mm mhm hmm like dash hyphen space dot point comma slash stroke bracket brackets parenthesis "
    "parentheses okay ok right yeah yes yep so well then a an pause please followed"
)
SOFT = words_of(
    "is it its it's that that's thats this the number number's numbers my phone mobile cell telephone landline home "
    "work office i i'll i'm say saying said repeat again once more let me will was be are should just next first last "
    "digit digits part bit rest of ends end ending by finally plus but same which one's us we'll final got get whole "
    "full thing full-stop"
)
SLIPS = words_of(
    "no nope sorry oops whoops wait actually correction rather pardon apologies mistake cancel nah argh ugh"
)
SLIP_TALK = words_of("got wrong correct fix change bad have dear silly to been meant supposed a an oh god gosh")
HEAD_WORDS = words_of("first second third middle beginning start starts begins front <area> <beginning>")
TIME_WORDS = words_of("at after before by around until till past from about since between")
MEASURES = words_of(
    "hours hour days day weeks week months minutes minute mins years o'clock oclock am pm a.m p.m pounds dollars euros "
    "percent people times sharp ish"
)
EXTENSIONS = words_of("extension ext extn x option")
LABELS = words_of(
    "invoice order account reference ref policy case ticket booking claim code pin postcode zip room flat suite vat "
    "card passport licence license tracking serial receipt quote isbn ssn insurance parcel customer membership "
    "purchase payment date year birth password registration model item contract member user id"
)
TELEPHONE_WORDS = words_of("phone telephone mobile cell call ring reach contact text whatsapp landline dial tel get")
LABEL_TAILS = words_of("number no reference ref id code is it's was")

WITHIN = FILLERS | {PAUSE, FILLER, AREA_CODE, "and"}
"""What may stand inside a group of number words without parting it."""

TELLING = WITHIN | SOFT | {STOP, SOFT_PHRASE, PLUS}
PUTTING_RIGHT = frozenset({SLIP, NOT, TAKEN_BACK})
MARKS = {
    "not": NOT,
    "plus": PLUS,
    "wrong": TAKEN_BACK,
    **dict.fromkeys(EXTENSIONS, EXTENSION),
    **dict.fromkeys(SLIPS, SLIP),
}
