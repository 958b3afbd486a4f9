"""Telling an admin that somebody has asked for more calls than anybody needs: a stolen link, or a stuck key."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog

from phonebot.domain.office import Notices, Office
from phonebot.domain.texting import TextPurpose
from phonebot.mail.dates import Dates
from phonebot.mail.digest_mail import FOOTER
from phonebot.mail.letter import Letter, rendered
from phonebot.services.office.people import staff, the_office
from phonebot.services.staff.mailroom import Mailroom, text_staff

log = structlog.get_logger(__name__)


def warn_of_cap(room: Mailroom, payload: Mapping[str, Any], now: datetime) -> None:
    """Tell the admin `person` that the calls of `capped` were stopped; `key` names the mail.

    Raise MailTrouble where that fails; as MailRefused where there is no way to reach them.
    """
    log.error("callback-capped", by=payload["capped"])
    with room.database.write() as session:
        book = the_office(session)
        admin = next((person for person in staff(book) if person.id == payload["person"]), None)
        if admin is None:
            return
        capped = book.person(str(payload["capped"]))
        name = capped.name if capped else str(payload["capped"])
        if admin.phone and (admin.notices is Notices.TEXT or not admin.email):
            text_staff(session, admin, cap_words(name), TextPurpose.WARNING, now)
            return
    room.post(admin, cap_letter(admin.name, name, book.office, now), str(payload["key"]), now)


def cap_words(name: str) -> str:
    """What happened and what to look at, in one text message."""
    return (
        f"Calls by {name} were stopped: too many were asked for. If {name} did not click, change their links' secret."
    )


def cap_letter(reader: str, name: str, office: Office, now: datetime) -> Letter:
    """The same as a mail."""
    heading = f"Calls by {name} were stopped"
    what = (
        f"More calls were asked for in the name of {name} than one person needs, so no more are made for now. "
        f"If {name} did not ask for them, somebody else has a link from one of their digests: a new SECRET_KEY makes "
        "every link sent so far useless."
    )
    preamble = f"{reader}, {office.name}, {Dates(office.hours.zone, now).at(now)}. {what}"
    return rendered("notice", heading, heading=heading, preamble=preamble, items=[], footer=FOOTER)
