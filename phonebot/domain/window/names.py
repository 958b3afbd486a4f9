"""The names that days, months and numbers go by in the one form, as patterns for the rules."""

from datetime import date

from phonebot.domain.window.rule import Found

_DAY_STEMS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH_STEMS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAY = (
    r"(?:mondays?|mon|tuesdays?|tues|tue|wednesdays?|weds|wed|thursdays?|thurs|thur|thu|fridays?|fri"
    r"|saturdays?|sundays?|(?<!the )(?<!i )(?<!he )(?<!she )(?<!we )(?<!they )(?:sat|sun))"
)
MONTH = (
    r"(?:january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug|september|sept|sep"
    r"|october|oct|november|nov|december|dec)"
)
ORDINAL = r"\d{1,2}(?:st|nd|rd|th)"
FIGURE = r"\d{1,2}"
NOT_A_TIME = (
    r"(?! ?(?:am|pm|oclock|ish|:\d|- \d|to \d|\d|hours?|hrs?|minutes?|mins?|days?|weeks?|months?|past|hundred))"
)
YEAR = r"(?:(?: ,)? (?:in |of )?(?P<year>20\d\d)(?! (?:hours|hrs)))?"
NEXT = "next|following|upcoming|coming"


def weekday_of(word: str) -> int:
    """0 for Monday to 6 for Sunday."""
    return _DAY_STEMS.index(word[:3])


def month_number(word: str) -> int:
    """1 for January to 12."""
    return _MONTH_STEMS.index(word[:3]) + 1


def figure(word: str) -> int:
    """The number of "5" or "5th"."""
    return int(word.rstrip("stndrh"))


def year_from(found: Found) -> date:
    """The day from which on something is looked for: today, or the first of a year that is named."""
    year = found["year"]
    return date(int(year), 1, 1) if year else found.today
