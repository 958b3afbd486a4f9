"""Times of day as callers say them: "half four", "ten to five", "3pm", "fourteen hundred"."""

from phonebot.domain.window.pieces import Clock
from phonebot.domain.window.rule import Found, Rule, rule

_HALF = r"(?:(?: oclock)? ?(?:in the )?(?P<half>am|pm))"
_HOUR = r"(?:2[0-4]|1\d|0?\d)"
_MINUTE = r"[0-5]\d"
_NOON = {"noon": "pm", "midday": "pm", "midnight": "am"}
_TURNS = "noon|midday|midnight"
_TO = {"to", "before", "of", "til", "till"}
_HOURS_ON_A_FACE = 12


def _clock(hour: int, minute: int, half: str | None) -> Clock | None:
    """A time of day, where a clock can show it and "pm" can be said of it."""
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    if half and 1 <= hour <= _HOURS_ON_A_FACE:
        return Clock(hour, minute, half)
    return Clock(hour, minute, "24" if not 1 <= hour <= _HOURS_ON_A_FACE else "")


def _figures(found: Found) -> Clock | None:
    clock = _clock(int(found["hour"]), int(found["minute"]), found["half"])
    if clock is not None and len(found["hour"]) > 1 and found["hour"][0] == "0" and not clock.half:
        return Clock(clock.hour, clock.minute, "am")
    return clock


def _run_together(found: Found) -> Clock | None:
    """Three or four figures; 2016 and its like may be a year, and are a time only where that is said."""
    figures = found["figures"]
    if figures[:2] in {"19", "20"} and len(figures) == 4 and not (found["half"] or found["hours"]):
        return None
    return _clock(int(figures[:-2]), int(figures[-2:]), found["half"])


def _hour(found: Found) -> Clock | None:
    return _clock(int(found["hour"]), 0, found["half"])


def _from_the_hour(found: Found) -> Clock | None:
    """Minutes past or to an hour; "half four" is half past it."""
    turn, half = found["turn"], found["half"]
    hour, half = (12, _NOON[turn]) if turn else (int(found["hour"]), half)
    minutes = {"half": 30, "quarter": 15}.get(found["amount"]) or int(found["amount"])
    if minutes >= 60:
        return None
    past = int(found["past"] or 0)
    if found["way"] in _TO and past >= minutes:
        minutes = past - minutes
    elif found["way"] in _TO:
        hour, minutes = hour - 1 or 12, 60 + past - minutes
        if hour == 11 and half:
            half = "am" if half == "pm" else "pm"
    return _clock(hour, minutes, half)


def _turn(found: Found) -> Clock:
    return Clock(12, 0, _NOON[found["turn"]])


RULES: tuple[Rule, ...] = (
    rule(rf"(?P<hour>{_HOUR}):(?P<minute>{_MINUTE})(?::\d\d)?{_HALF}?(?: oclock| hours| hrs)?", _figures),
    rule(rf"(?P<hour>{_HOUR}) (?P<minute>{_MINUTE})(?! ?(?:days?|min|hours?|/)){_HALF}?", _figures),
    rule(rf"(?P<figures>\d{{3,4}})(?P<hours> ?(?:hours|hrs))?{_HALF}?", _run_together),
    rule(rf"(?P<hour>{_HOUR}) (?:hundred|100)(?: hours| hrs)?(?P<half>(?!))?", _hour),
    rule(rf"(?P<hour>{_HOUR})(?: ish)?{_HALF}?(?: oclock)?(?: sharp| exactly| precisely| ish)?(?: on the dot)?", _hour),
    rule(
        rf"(?:a )?(?P<amount>half|quarter|{_MINUTE}|\d)(?: minutes?| mins?)? (?P<way>past|after)"
        rf" (?:(?P<hour>{_HOUR})(?::00|(?!:))(?: oclock)?|(?P<turn>{_TURNS})){_HALF}?(?: oclock)?",
        _from_the_hour,
    ),
    rule(
        rf"(?<!from )(?<!between )(?:a )?(?P<amount>quarter|(?:{_MINUTE}|\d)(?= min)|20|25|(?:5|10)(?= of \d))"
        rf"(?: minutes?| mins?)? (?P<way>to|before|of|til"
        rf"|till)"
        rf" (?:(?P<hour>{_HOUR})(?:[ :](?P<past>{_MINUTE}))?(?: oclock)?|(?P<turn>{_TURNS})){_HALF}?(?: oclock)?",
        _from_the_hour,
    ),
    rule(
        rf"(?<!from )(?<!between )(?P<amount>10|15) (?P<way>to) (?:(?P<hour>(?!))|(?P<turn>{_TURNS})){_HALF}?",
        _from_the_hour,
    ),
    rule(rf"(?P<amount>half)(?P<way>)(?P<turn>(?!))? (?P<hour>{_HOUR})(?: ish)?{_HALF}?", _from_the_hour),
    rule(rf"(?:the |12 (?:oclock )?|exactly )?(?P<turn>{_TURNS})(?: ish)?", _turn),
    rule(r"(?P<hour>[1-5])(?: oclock)? (?:at )?midnight", lambda found: Clock(int(found["hour"]), 0, "am")),
    rule(r"mid day", lambda _: Clock(12, 0, "pm")),
)
