"""Warning staff of accepted calls: their own or a colleague's that is nearly due, or one they are to make instead."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog

from phonebot.domain.callback import RANG_THE_CALLER
from phonebot.domain.office import Notices, Person
from phonebot.domain.texting import TextPurpose
from phonebot.mail.warning_mail import Alarm, Warned, warning_letter, warning_text
from phonebot.services.office.people import the_office
from phonebot.services.staff.digest_items import owed_items
from phonebot.services.staff.mailroom import Mailroom, text_staff
from phonebot.services.staff.recipients import RollCall, name_of, roll_call
from phonebot.store.commitments import Promised, promise_numbered, standing_promise
from phonebot.store.database import Session
from phonebot.store.digest_jobs import finish
from phonebot.store.history import lock_life

log = structlog.get_logger(__name__)


def send_warning(room: Mailroom, payload: Mapping[str, Any], now: datetime) -> None:
    """Warn one person, as they chose to be told of things, unless there is nothing to warn of any more.

    Raise MailTrouble where that fails; as MailRefused where there is no way to reach them.
    """
    with room.database.write() as session:
        book = the_office(session)
        called = roll_call(session, book, now)
        reader = called.present(str(payload["person"]))
        warned = None if reader is None else _warned(session, called, reader, int(payload["commitment"]), now)
        if reader is None or warned is None:
            return
        # A warning is no notice of something new: whoever wants none of those is warned all the same.
        if reader.phone and (reader.notices is Notices.TEXT or not reader.email):
            text_staff(session, reader, warning_text(warned, book.office, now), TextPurpose.WARNING, now)
            finish(session, str(payload["key"]), now)
            return
    letter = warning_letter(warned, book.office, room.link(reader, now), now)
    room.post(reader, letter, str(payload["key"]), now)
    log.info("warning-sent", person=reader.id, alarm=warned.alarm.name.lower())


def _warned(session: Session, called: RollCall, reader: Person, commitment: int, now: datetime) -> Warned | None:
    """What that person is to be warned of; None where the call has been made, or nobody waits for it any more."""
    promised = promise_numbered(session, commitment)
    items = [] if promised is None else owed_items(session, called.book, [promised.message], now)
    if promised is None or not items:
        return None
    standing = standing_promise(session, promised.message)
    stands = standing is not None and standing.number == commitment
    if not stands and not _still_missed(session, promised, standing, now):
        return None
    if stands and promised.commitment.due < now:
        # It has slipped, and what follows from that is on its way.
        return None
    own = Alarm.OWN if promised.commitment.owner == reader.id else Alarm.COLLEAGUES
    promised_by = name_of(called.book, promised.commitment.owner)
    alarm = own if stands else Alarm.MISSED
    return Warned(alarm, reader.name, items[0], promised_by, promised.commitment.due)


def _still_missed(session: Session, promised: Promised, later: Promised | None, now: datetime) -> bool:
    """Whether the call was missed, nobody has taken it on anew, and nobody has rung the caller since."""
    life = lock_life(session, promised.message, now)
    if life is None or later is not None or life.standing.slips == 0:
        return False
    due = promised.commitment.due
    return not any(tried.at > due and tried.outcome in RANG_THE_CALLER for tried in life.standing.tries.values())
