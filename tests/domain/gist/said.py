"""What the tests of the gist are about: when a recording was made, and a form filled in then."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from phonebot.domain.message import Answers
from phonebot.domain.window import understand

ZONE = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 24, 14, 30, tzinfo=ZONE)
"""A Tuesday afternoon."""

NUMBER = "+447700900123"


def answers(form: dict[str, Any]) -> Answers:
    """The form by its keys: name, company, number, business, and when the call is wanted, understood as in a call."""
    when = form.get("when")
    parts = understand(when, NOW, ZONE).parts if when else ()
    return Answers(form.get("name"), form.get("company"), form.get("number"), form.get("business"), when, parts)
