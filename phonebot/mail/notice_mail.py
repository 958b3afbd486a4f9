"""The short notice of new messages, as a mail and as a text message."""

from collections.abc import Sequence
from datetime import datetime

from phonebot.domain.digest import Owed, is_urgent
from phonebot.domain.office import Office
from phonebot.mail.dates import Dates
from phonebot.mail.digest_mail import FOOTER
from phonebot.mail.item import LinkTo, Reader, item_of
from phonebot.mail.letter import Letter, rendered
from phonebot.mail.short_text import fitted
from phonebot.mail.wording import who_of


def notice_letter(
    owed: Sequence[Owed], office: Office, person_name: str, link: LinkTo, *, now: datetime, next_at: datetime | None
) -> Letter:
    """A notice of one message or of several that piled up, to one reader, whose next digest is due at `next_at`.

    Whose they are is said where they are not the reader's own. `owed` holds one at least.
    """
    dates = Dates(office.hours.zone, now)
    reader = Reader(person_name, next_at, dates)
    heading = _heading(owed, reader)
    return rendered(
        "notice",
        _subject(heading, owed),
        heading=heading,
        preamble=f"{person_name}, {office.name}, {dates.at(now)}",
        items=[item_of(each, reader, link) for each in owed],
        footer=FOOTER,
    )


def notice_text(
    owed: Sequence[Owed], office: Office, person_name: str, *, now: datetime, next_at: datetime | None
) -> str:
    """The same as a text message in two segments at most; of one message also what it is about."""
    reader = Reader(person_name, next_at, Dates(office.hours.zone, now, short=True))
    return fitted(f"{_kind(owed[0])} message." if len(owed) == 1 else f"{len(owed)} new messages.", owed, reader)


def _kind(owed: Owed) -> str:
    """Whether it is new, or one whose caller says that nobody got back to them."""
    return "Reopened" if owed.reopened else "New"


def _heading(owed: Sequence[Owed], reader: Reader) -> str:
    """How many, urgent or not, and for whom."""
    urgent = sum(is_urgent(each, reader.dates.now, reader.next_at) for each in owed)
    owners = {each.owner_name for each in owed} - {reader.name}
    whose = f" for {owners.pop()}" if len(owners) == 1 and all(o.owner_name != reader.name for o in owed) else ""
    if len(owed) == 1:
        return f"{'Urgent' if urgent and not owed[0].reopened else _kind(owed[0])} message{whose}"
    if urgent == len(owed):
        return f"{len(owed)} urgent messages{whose}"
    return f"{len(owed)} new messages{whose}" + (f", {urgent} of them urgent" if urgent else "")


def _subject(heading: str, owed: Sequence[Owed]) -> str:
    """The heading, with who rang where it is of one message."""
    return heading if len(owed) > 1 else f"{heading}: {', '.join(who_of(owed[0], 60))}"
