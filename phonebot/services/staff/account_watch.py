"""Seeing that Twilio still takes our account and token, and telling an admin once a day while it does not."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import structlog

from phonebot.domain.office import Office
from phonebot.domain.outbox import JobKind
from phonebot.mail.dates import Dates
from phonebot.mail.letter import Letter, rendered
from phonebot.services.office.people import staff
from phonebot.services.staff.mailroom import Mailroom
from phonebot.store import outbox
from phonebot.store.database import Database
from phonebot.store.offices import load_office
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.errors import Unauthorised

ACTIVE: Final = "active"
REFUSED: Final = "refused"

log = structlog.get_logger(__name__)


def watch_account(database: Database, twilio: TwilioClient, now: datetime) -> bool:
    """Ask Twilio how the account stands; say whether well. Where it is not, tell the admins, once a day.

    For every few minutes: a client that was refused asks again only after a while, and until then this costs nothing.
    Raise TwilioError where Twilio cannot be asked, which passes.
    """
    try:
        status = twilio.account_is_well()
    except Unauthorised:
        status = REFUSED
    if status == ACTIVE:
        return True
    with database.write() as session:
        book = load_office(session)
        day = now.date() if book is None else book.office.hours.local(now).date()
        for admin in staff(book) if book else ():
            if admin.admin:
                key = f"account:{day.isoformat()}:{admin.id}"
                payload = {"person": admin.id, "account": status, "key": key}
                outbox.put(session, JobKind.WARN_OF_ACCOUNT, key, payload, due_at=now, now=now)
    return False


def warn_of_account(room: Mailroom, payload: Mapping[str, Any], now: datetime) -> None:
    """Tell the admin `person` how the `account` stands, by mail, since no text can be sent; `key` names the mail.

    Raise MailTrouble where that fails; as MailRefused where there is no way to reach them.
    """
    with room.database.read() as session:
        book = load_office(session)
    admin = next((person for person in staff(book) if person.id == payload["person"]), None) if book else None
    if book is None or admin is None:
        return
    room.post(admin, account_letter(admin.name, str(payload["account"]), book.office, now), str(payload["key"]), now)
    log.info("account-warning-sent", person=admin.id)


def account_letter(reader: str, status: str, office: Office, now: datetime) -> Letter:
    """What is the matter, what goes on all the same, and what to do."""
    heading = "Twilio no longer does what phonebot asks of it"
    why = (
        "Twilio refuses the account or its token. Put TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN right, and start "
        "phonebot again."
        if status == REFUSED
        else f"Twilio says that the account is {status}. The Twilio console says why."
    )
    what = "Until that is put right, no call can be returned by phonebot, no text is sent and no recording is fetched."
    preamble = f"{reader}, {office.name}, {Dates(office.hours.zone, now).at(now)}. {why} {what} Nothing is lost by it."
    footer = "`phonebot doctor` says when all is well again."
    return rendered("notice", heading, heading=heading, preamble=preamble, items=[], footer=footer)
