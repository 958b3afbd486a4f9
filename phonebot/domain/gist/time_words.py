"""The words of English by which a time is said, and those that tie it to a call back or to something else."""


def _words(said: str) -> frozenset[str]:
    return frozenset(said.split())


WEEKDAYS = _words(
    "monday tuesday wednesday thursday friday saturday sunday tue tues thu thurs fri mondays tuesdays "
    "wednesdays thursdays fridays"
)
MONTHS = _words(
    "january february march april june july august september october november december jan feb aug sept oct nov dec"
)
TIMES = (
    WEEKDAYS
    | MONTHS
    | _words(
        "today tonight tomorrow morning mornings afternoon afternoons evening evenings night lunchtime lunch "
        "noon midday midnight teatime o'clock oclock weekend weekends pm christmas easter"
    )
)
"""What alone makes a time."""

UNITS = _words("day days week weeks month fortnight hour hours minutes business play")
"""What makes a time with a word before it: "next week", "end of the day", "half an hour", "close of business"."""

BOUNDS = _words("before by after until till between past from at around")
"""What makes a time of a bare hour: "before five"."""

JOINERS = BOUNDS | _words(
    "to on in the this next coming following of and or about any anytime time early earlier late later "
    "latest mid end beginning start half quarter not except first thing within a an couple few no than "
    "sometime or most noon close but either"
)
"""What stands within a time."""

BEGINNERS = (
    BOUNDS
    | TIMES
    | _words(
        "on in this next any anytime not except early earlier late later latest mid end half quarter first "
        "within no sometime either following beginning coming"
    )
)
ENDERS_NOT = _words(
    "and or to at on before by of the in a an but from about between any not no after until till around "
    "this next than within either first mid half quarter past couple few except most coming following"
)
"""What no time ends with."""

ORDINALS = _words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth twenty-first "
    "twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth "
    "twenty-ninth thirty-first"
)
DEADLINES = _words("before by latest")
NUMBERS = _words(
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty forty- five fifty"
)

CALLS = _words(
    "call ring phone reach contact speak talk hear chat catch free available ringing in around home "
    "convenient suits suit prefer preferably ideally best anytime buzz bell text reply respond window try "
    "there"
) - {"in", "there"}
"""What ties the time after it to the call back."""

BUSY = _words("busy out off away work working teaching driving")
"""Before a time, what says that it is not the one to call at: only "busy until five" tells when to."""

REFUSALS = _words("don't can't cannot not won't except never couldn't")
"""Before a time, what says that it is not the one."""

REPORTED = _words("told said promised supposed meant asked")
"""Before the call, what makes it one that was spoken of before."""

WANTS = _words(
    "need needs want wants sorted done answer answered know confirm confirmed confirmation paid pay send "
    "sent due deadline please resolved fixed finished finalised submit submitted sign signed decision "
    "decide urgent urgently latest must cancel order placed booked hear response like accept get"
)
"""What ties a deadline after it to the message."""

FITS = _words("works work suit suits best fine good ideal great okay ok perfect convenient better call ring phone")
"""What ties the time before it to the call back: "Tuesday at ten would be best"."""

TOPICS = _words(
    "about regarding concerning appointment appointments meeting booking bookings order delivery "
    "deliveries statement bill letter email invoice invoices payment prescription table room shift "
    "reservation viewing event contract quote policy claim insurance account report form application"
)
"""What a call is about: a time after it is its own, save a deadline, which is the call's."""

OTHER = _words(
    "cancellation vacancy slot go went says sent called rang phoned spoke tried was were had did didn't "
    "left said got came arrived happened since ago last yesterday delivered deliver arrive arrives flight "
    "train lands land holiday leaving leave closes opens party wedding interview change moved move "
    "scheduled supposed meant starts starting begins started exam surgery operation lesson class court "
    "collect pick visit come coming see meet attend fly travel expires expired emailed conference session "
    "course dated reserved been arriving received moving travelling traveling going goes birthday ends "
    "ended procedure scan test checkup check-up rescheduled reschedule closed message expecting "
    "completion dropped drop service mot dinner tickets ticket show concert match game when"
)
"""What ties the time after it to something else than the call back."""

PAST = _words("last yesterday ago past previous")
GREETINGS = _words("good nice lovely great happy wonderful pleasant")
FILLERS = _words(
    "please thanks thank you bye goodbye cheers um uh er so ideally preferably or and if possible that's "
    "when hopefully sometime okay ok right yeah yes well you very much many again kindly would be but "
    "just maybe perhaps possibly convenient for me"
)
"""What says nothing beside a bare time."""
