"""Parts of the day and instants as callers say them: "first thing", "lunchtime", "as soon as he is out"."""

from datetime import datetime, time, timedelta

from phonebot.domain.window.pieces import Instant, Stretch
from phonebot.domain.window.rule import Build, Found, Rule, rule


def _moment(found: Found) -> Instant:
    return Instant(found.now, None)


def _whenever_they_can(found: Found) -> Instant:
    """When somebody else is free says nothing against any time from now on, but is not a time either."""
    return Instant(found.now, None, sure=False, loose=True)


def _any_moment(found: Found) -> Instant:
    return Instant(found.now, None, loose=True)


_MORNING, _AFTERNOON = (time(8), time(10), time(12)), (time(12), time(14), time(18))
_EVENING, _NIGHT = (time(18), time(18), time(21)), (time(20), time(22), time(0))
_EARLY_EVENING = (time(16), time(18))
_LUNCH, _TEA = (time(12), time(13), time(14)), (time(16), time(17), time(18))
_NAMED_PARTS: dict[str, tuple[time, time, time]] = {
    "morning": _MORNING,
    "am": _MORNING,
    "forenoon": _MORNING,
    "afternoon": _AFTERNOON,
    "pm": _AFTERNOON,
    "evening": _EVENING,
    "dinner": _EVENING,
    "dinnertime": _EVENING,
    "night": _NIGHT,
    "nighttime": _NIGHT,
    "lunch": _LUNCH,
    "lunchtime": _LUNCH,
    "tea": _TEA,
    "teatime": _TEA,
    "daytime": (time(8), time(13), time(18)),
}
"""When each part of the day begins, when its late half does, and its end.

Some begin the evening at four and some at six: six is evening to both, and "early evening" is what lies between.
"""

_PART = "|".join(sorted(_NAMED_PARTS, key=len, reverse=True))
_WIDER: dict[str, tuple[time, time]] = {
    "after lunch": (time(13), time(17)),
    "before work": (time(7), time(9)),
    "after work": (time(17), time(21)),
    "after school": (time(15), time(21)),
    "before school": (time(7), time(9)),
    "after hours": (time(17), time(21)),
    "after tea": (time(18), time(21)),
    "after dinner": (time(19), time(21)),
}
_EACH = {"every", "each", "any", "most", "1", "some"}
_HOURS_OF_WORK = (time(9), time(17))
_FIRST_THING = (time(8), time(10))
_LAST_THING = (time(16), time(18))


def early_half(name: str) -> tuple[time, time] | None:
    """The early half of a part of the day; None for what is no such part."""
    if name not in _NAMED_PARTS:
        return None
    start, middle, _ = _NAMED_PARTS[name]
    return _EARLY_EVENING if name == "evening" else (start, middle)


def late_from(name: str) -> time | None:
    """When the late half of a part of the day begins; None for what is no such part."""
    return _NAMED_PARTS[name][1] if name in _NAMED_PARTS else None


def _part(found: Found) -> Stretch:
    """A part of the day; its early and its late half where one is named."""
    name, edge, lead = found["part"].removesuffix("s"), found["edge"], found["lead"]
    start, middle, end = _NAMED_PARTS[name.replace(" ", "")]
    if edge.startswith(("early", "earl", "beginning", "start")):
        start, end = early_half(name.replace(" ", "")) or (start, middle)
    elif edge.startswith(("late", "end", "towards")):
        start = middle
    today = 1 if lead in {"next", "the next", "following", "the following"} else 0 if lead else None
    each = lead in _EACH or (found["part"].endswith("s") and not lead)
    lead = "" if lead in _EACH or lead == "all" else lead
    return Stretch(name, start, end, 0 if found["day"] else today, each=each)


def _mid_part(found: Found) -> Stretch:
    middle = _NAMED_PARTS[found["part"].removesuffix("s")][1]
    return Stretch(found["part"], middle, time(middle.hour + 1), 0 if found["lead"] else None)


def _tonight(found: Found) -> Stretch:
    start = time(21) if found["edge"].startswith("late") else time(20)
    return Stretch("night", start, time(22) if found["edge"].startswith("early") else time(0), 0)


def _of_the_day(start: time, end: time, name: str, *, today: int | None = None) -> Build:
    return lambda _: Stretch(name, start, end, today)


def _wider(found: Found) -> Stretch | None:
    name = f"{found['way']} {found['what'].removesuffix('time').strip()}"
    hours = _WIDER.get(name)
    return None if hours is None else Stretch(name, *hours)


def _rest_of_today(found: Found) -> Instant:
    midnight = datetime.combine(found.today + timedelta(days=1), time(0), tzinfo=found.now.tzinfo)
    return Instant(found.now, midnight - found.now)


def _later_today(found: Found) -> Instant:
    """From noon on, or from now if it is past noon."""
    start = max(found.now, found.now.replace(hour=12, minute=0, second=0, microsecond=0))
    return Instant(start, _rest_of_today(found).at + (_rest_of_today(found).lasts or timedelta(0)) - start)


_EDGE = (
    r"(?:(?P<edge>early(?: on)?|earlier|earlyish|late|later(?: on)?|(?:the )?(?:end|start|beginning) of|late on"
    r"|towards the end of)"
    r"(?: ish)? ?)?(?:in |on )?"
)
_WHOS = r"(?:he|she|they|[a-z]+) ?(?:is|are|s|re|has|have|gets|get|can|comes|come)?"
_FREE = (
    r"(?:(?:back (?:from|in)|out of|off|done with|finished with|finished) (?:(?:his|her|their|the|a|that) )?\w+"
    r"|free|back|available|out|done|finished|in|through|ready|able to|got (?:a )?(?:time|minute|moment)"
    r"|gets? (?:back|in|a chance|a moment|a minute|time)|can)"
)
RULES: tuple[Rule, ...] = (
    rule(r"all day(?: long)?|the whole day|any time of day|any time of the day", _of_the_day(time(0), time(0), "day")),
    rule(
        rf"{_EDGE}(?P<lead>this(?: very)?|the next|next|the following|following|today|the same|every|each|any|most"
        rf"|all|1(?! in)|some)? ?(?:in )?(?:the )?(?P<part>(?:{_PART})s?)(?: time| ish)?"
        r"(?P<day> today)?",
        _part,
    ),
    rule(r"(?:in the )?(?P<lead>this )?(?:mid|middle of the) (?P<part>morning|afternoon|evening)", _mid_part),
    rule(
        r"(?:in the )?(?:mid|middle of the|middle of) (?:today|the day|day)", _of_the_day(time(10), time(14), "midday")
    ),
    rule(r"mid today|middle of today", _of_the_day(time(10), time(14), "midday", today=0)),
    rule(r"(?P<edge>late|later|early|earlier)? ?(?:on )?(?:tonight|tonite|tonights)", _tonight),
    rule(
        r"(?:the )?(?:very )?(?:1st|first) thing(?: in the morning)?|bright and early|as early as (?:possible"
        r"|you can)|(?:the )?earlier the better|at opening(?: time)?|when you open",
        _of_the_day(*_FIRST_THING, "morning"),
    ),
    rule(r"early (?:in|on in) the day|early doors|earlier in the day", _of_the_day(time(0), time(12), "morning")),
    rule(
        r"(?:at )?(?:the )?(?:end of (?:the )?(?:working |business |work )?day|eod|close of (?:play|business)|cob)"
        r"|last thing|as late as (?:possible|you can)|(?:the )?later the better|late(?:r)? in the day|end of today",
        _of_the_day(*_LAST_THING, "end of the day"),
    ),
    rule(
        r"(?:during |in |within )?(?:the |your |normal |usual )*(?:office|working|business|work|opening) hours"
        r"|9 - 5|(?:during|in) the day(?: time)?",
        _of_the_day(*_HOURS_OF_WORK, "working day"),
    ),
    rule(
        r"(?:straight |just |right |any ?time |some ?time )?(?P<way>after|before) (?:my "
        r"|the )?(?P<what>lunch(?: ?time)?|work|school|hours|tea(?: ?time)?|dinner(?: ?time)?)(?! (?:at|on|until"
        r"|from))",
        _wider,
    ),
    rule(
        r"(?:right )?now|(?:at )?this (?:very )?(?:time|moment|minute|instant)|at the (?:present time|moment"
        r"|minute)|immediately|just now|at present|atm|presently",
        _moment,
    ),
    rule(
        r"as soon as (?:possible|you can|you like|they can|he can|she can|is possible)|asap|straight ?away"
        r"|right away|at once|as soon as|whenever possible|the sooner the better|sooner the better|any minute",
        _any_moment,
    ),
    rule(
        r"any ?times?(?: at all| you like| is fine| works| suits| that suits| will do| really| is good)?"
        r"|when ?ever(?: you like| you can| suits| is convenient)?"
        r"|i do ?nt mind|i dont mind|doesnt matter|does not matter|it doesnt matter|up to (?:you|him|her|them)"
        r"|i am easy|im easy|im flexible|no preference|not fussed|not bothered|all the time",
        _any_moment,
    ),
    rule(
        rf"(?:as soon as|when|whenever|once|the moment|the minute) (?!i |im |ive |we |my |its ){_WHOS} ?{_FREE}",
        _whenever_they_can,
    ),
    rule(
        r"after (?:his|her|their|the|that|this) (?:meeting|call|appointment|lunch|break|conference|holiday)s?",
        _whenever_they_can,
    ),
    rule(
        r"(?:very |pretty |quite )?(?:soon|shortly)|in a (?:bit|while|moment|minute|sec|second|mo)|in a little while",
        _whenever_they_can,
    ),
    rule(r"(?:some ?time )?later (?:on |in )?today", _later_today),
    rule(
        r"rest (?:of )?(?:the |my |this |current )?day|rest of today|(?:the )?(?:rest"
        r"|remainder) of (?:the |my |this |current |the current )?day",
        _rest_of_today,
    ),
)
