"""What every use case of returning a call works with: signed links, and a try held while more of it is learnt."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import structlog
from itsdangerous import BadSignature, URLSafeSerializer

from phonebot.config import Settings
from phonebot.domain.callback import Gathered, evidence_of, merged, outcome_of
from phonebot.domain.history import Event, EventKind
from phonebot.services.house import House
from phonebot.services.messages.happenings import NotPossible, happen
from phonebot.store.attempts import Attempt, attempt_numbered, keep_gathered, message_of
from phonebot.store.database import Session
from phonebot.store.history import Life, lock_life

LONGEST_TOKEN: Final = 100

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class CallLinks:
    """Addresses of one try, which nobody could guess. How long they work is for the try itself to say."""

    serializer: URLSafeSerializer

    @classmethod
    def signed_with(cls, secret: str) -> "CallLinks":
        """Links signed with the application's secret."""
        return cls(URLSafeSerializer(secret, salt="callback"))

    def token(self, attempt: int) -> str:
        """The part of an address that names a try."""
        token = self.serializer.dumps(attempt)
        return token if isinstance(token, str) else token.decode("ascii")

    def attempt(self, token: str) -> int | None:
        """The try behind a token, or None when it is forged."""
        try:
            number = self.serializer.loads(token[:LONGEST_TOKEN])
        except BadSignature:
            return None
        return number if isinstance(number, int) else None


@dataclass(frozen=True, slots=True)
class CallDesk:
    """From where calls are returned: the house, the links, and how many seconds joined count as having talked."""

    house: House
    links: CallLinks
    joined_seconds: int

    @classmethod
    def of(cls, house: House, settings: Settings) -> "CallDesk":
        """The desk of a house, by the settings."""
        links = CallLinks.signed_with(settings.secret_key.get_secret_value())
        return cls(house, links, settings.joined_seconds)

    def address(self, page: str, attempt: int, tried: int | None = None) -> str:
        """Where Twilio asks for a page of a try, or tells of it; `tried` is how often staff have been asked."""
        base = f"{self.house.public_url}/twilio/callback/{page}?job={self.links.token(attempt)}"
        return base if tried is None else f"{base}&tried={tried}"


@dataclass(frozen=True, slots=True)
class Held:
    """A try and the life of its message, locked until the transaction ends."""

    life: Life
    attempt: Attempt


def hold(session: Session, number: int, now: datetime) -> Held | None:
    """Lock the message that a try is about, and read the try as it is then; None: there is no such try."""
    message = message_of(session, number)
    life = None if message is None else lock_life(session, message, now)
    attempt = None if life is None else attempt_numbered(session, number)
    return None if life is None or attempt is None else Held(life, attempt)


def learn(session: Session, held: Held, told: Gathered, least_seconds: int, now: datetime) -> Held:
    """Add what was told of a try to what is known of it; what that changes goes on record."""
    gathered = merged(held.attempt.gathered, told)
    if gathered == held.attempt.gathered:
        return held
    before = held.attempt
    after = replace(
        before,
        gathered=gathered,
        outcome=outcome_of(gathered, least_seconds),
        evidence=evidence_of(gathered, least_seconds),
    )
    keep_gathered(session, after, now)
    if (after.outcome, after.evidence) == (before.outcome, before.evidence):
        return Held(held.life, after)
    return Held(_on_record(session, held.life, after, now), after)


def _on_record(session: Session, life: Life, attempt: Attempt, now: datetime) -> Life:
    """What a try has come to, as an event; a message that turned out to hold nothing keeps it in the try alone."""
    log.info("callback", attempt=attempt.number, outcome=attempt.outcome, evidence=attempt.evidence.word)
    try:
        return happen(session, life, attempted(attempt, now))
    except NotPossible as why:
        log.warning("callback-not-on-record", attempt=attempt.number, why=str(why))
        return life


def attempted(attempt: Attempt, now: datetime, refused: str | None = None) -> Event:
    """The event of a try as it is known by now; `refused` is why nothing was dialled, in a word."""
    detail = {
        "attempt": attempt.number,
        "outcome": attempt.outcome.value if attempt.outcome else None,
        "evidence": attempt.evidence.word,
        "holding": attempt.holding,
    }
    return Event(EventKind.ATTEMPTED, now, attempt.by, detail | ({"refused": refused} if refused else {}))
