"""What telling staff works with, and how a letter or a short text leaves for one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from phonebot.config import Settings
from phonebot.domain.digest import Act, Owed
from phonebot.domain.office import Person
from phonebot.domain.texting import TextPurpose
from phonebot.mail import Attachment, Mail, MailDoor, MailRefused, MailTrouble
from phonebot.mail.letter import Letter
from phonebot.services.callers.texts import queue_text
from phonebot.services.failpoints import MAIL_SENT, Reached, pass_by
from phonebot.services.staff.links import Links
from phonebot.store.database import Database, Session
from phonebot.store.digest_jobs import bring_forward, put_off
from phonebot.store.media import Media

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Mailroom:
    """The database, the door out for mail, and what letters need. `attach`: recordings go with the letter."""

    database: Database
    door: MailDoor
    links: Links
    media: Media
    public_url: str
    attach: bool = False
    reached: Reached = pass_by

    @classmethod
    def of(cls, settings: Settings, database: Database, media: Media, reached: Reached = pass_by) -> "Mailroom":
        """The mailroom of a phonebot with these settings."""
        links = Links.signed_with(settings.secret_key.get_secret_value())
        attach = settings.recordings_in_mail == "attached"
        return cls(database, MailDoor(settings), links, media, settings.public_url, attach, reached)

    def link(self, person: Person, now: datetime) -> Callable[[Owed, Act], str]:
        """Gives the addresses of a letter to that person."""
        return self.links.writer(self.public_url, person.id, now)

    def post(
        self, person: Person, letter: Letter, key: str, now: datetime, attachments: tuple[Attachment, ...] = ()
    ) -> None:
        """Send a letter by mail. Raise MailTrouble; as MailRefused where no mail can be sent to that person at all."""
        if not self.door.open:
            raise MailRefused("mail is not set up (SMTP_URL)")
        if not person.email:
            raise MailRefused("they have no email address and want no text messages")
        self.door.send(Mail(person.email, letter.subject, letter.text, letter.html, key, attachments), now)
        self.reached(MAIL_SENT)


def text_staff(session: Session, person: Person, words: str, purpose: TextPurpose, now: datetime) -> None:
    """Put a text message to one of the staff into the outbox. Raise MailRefused where their phone may not be texted."""
    text = queue_text(
        session,
        purpose=purpose,
        number=person.phone,
        words=words,
        message=None,
        person=person.id,
        now=now,
        due_at=now,
    )
    if text is None:
        raise MailRefused("their phone may not be sent text messages")


class DoorWatch:
    """Looks whether mail can be sent again after it could not, so that nothing waits longer than it must.

    One that is asked to come back later by a server that is up keeps to its own waits.
    """

    def __init__(self, room: Mailroom) -> None:
        self._room = room
        self._was_shut = True

    def look(self, now: datetime) -> int:
        """If jobs wait because mail could not be sent, and now it can, make them due; say how many those were."""
        with self._room.database.read() as session:
            waiting = put_off(session, now)
        if not waiting or not self._room.door.open:
            return 0
        try:
            self._room.door.check()
        except MailTrouble:
            self._was_shut = True
            return 0
        if not self._was_shut:
            return 0
        self._was_shut = False
        with self._room.database.write() as session:
            bring_forward(session, waiting, now)
        log.info("mail-again", waiting=len(waiting))
        return len(waiting)
