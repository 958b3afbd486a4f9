"""Accepting a call: somebody takes on the caller's window, or sets one. It writes the one promise of a call."""

from datetime import date, datetime

from phonebot.domain.away import speaking_status
from phonebot.domain.commitment import Basis, Commitment
from phonebot.domain.history import Event, EventKind
from phonebot.domain.message import State
from phonebot.domain.office import Office, OfficeBook, Person
from phonebot.domain.outbox import JobKind
from phonebot.domain.speaking import windows_for
from phonebot.domain.spoken import Prompt
from phonebot.domain.status import AwayStatus, Presence
from phonebot.domain.window import Part, Window, understand
from phonebot.domain.window_fit import Misfit, fit
from phonebot.prompts import Prompts, data_folder
from phonebot.services.messages.happenings import happen, life_called
from phonebot.services.office.people import person_called, the_office
from phonebot.store import outbox
from phonebot.store.commitments import Promised, keep_accepted, standing_promise
from phonebot.store.database import Database, Session
from phonebot.store.history import Life
from phonebot.store.messages import KeptMessage, message_numbered
from phonebot.store.statuses import statuses_of

WHY = {
    Misfit.CLOSED: "the office is closed then",
    Misfit.AWAY: "whoever accepts is away then",
    Misfit.PAST: "that time has gone by",
}


class NotAcceptable(ValueError):
    """A call that cannot be accepted like that. The text says why and what to do, in one line."""


def accept(database: Database, reference: str, by: str, window: str | None, now: datetime) -> Commitment:
    """Write the commitment to call: `by` (a person's id) calls in the caller's window, or in `window` (words).

    Accepted again by the same person, the later one stands. The caller is told where they agreed to texts. Raises
    NoMessage, Nobody, NoOffice, NotPossible or NotAcceptable.
    """
    with database.write() as session:
        book = the_office(session)
        life = life_called(session, reference, now)
        person = person_called(book, by)
        return accept_locked(session, book, life, person, window, now)


def accept_locked(
    session: Session, book: OfficeBook, life: Life, person: Person, window: str | None, now: datetime
) -> Commitment:
    """As `accept`, of a message that is locked already."""
    kept = message_numbered(session, life.number)
    assert kept is not None  # what has a life is listed
    _refuse_if_taken(standing_promise(session, life.number), person, book)
    meant = _meant(kept, window, book.office, now)
    statuses = statuses_of(session, [person.id], now)
    parts = _that_can_be_had(meant, book.office, _away_until(person, statuses, book.office, now), now)
    due = _due(meant, parts)
    words = _words(person, meant.parts if meant.end else (Part(None, book.office.hours.local(due)),), book.office)
    rests_on = {"message": kept.message.ref, "accepted_by": person.id}
    before = standing_promise(session, life.number)
    if before is not None and (before.commitment.due, before.commitment.words) == (due, words):
        # Accepted twice alike is once: the caller need not be told again.
        return before.commitment
    made = Commitment(Basis.ACCEPTED, person.id, due, words, rests_on, now)
    number = keep_accepted(session, life.number, made, meant.parts)
    happen(session, life, Event(EventKind.ACCEPTED, now, person.id, {"commitment": number}), book)
    outbox.put(session, JobKind.TELL_ACCEPTED, f"accepted:{number}", {"commitment": number}, due_at=now, now=now)
    return made


def _refuse_if_taken(before: Promised | None, person: Person, book: OfficeBook) -> None:
    if before is not None and before.commitment.owner != person.id:
        owner = book.person(before.commitment.owner)
        due = book.office.hours.local(before.commitment.due)
        name = owner.name if owner else before.commitment.owner
        raise NotAcceptable(f"{name} has accepted this call already, for {due:%A} {due.day} {due:%B} by {due:%H:%M}")


def _meant(kept: KeptMessage, window: str | None, office: Office, now: datetime) -> Window:
    """The window set in words, else the caller's own."""
    if kept.message.state is State.MISSED:
        raise NotAcceptable("this is a missed call: its caller left nothing, and asked for nothing")
    if kept.message.answers.number is None and kept.message.caller_id is None:
        raise NotAcceptable("its caller withheld their number and left none, so there is nothing to ring")
    if window is None:
        parts = kept.message.answers.window_parts
        if not parts:
            raise NotAcceptable('the caller gave no time that was understood: say one, as in "Thursday after ten"')
        return Window(parts, kept.message.answers.window_said or "", sure=True)
    meant = understand(window, office.hours.local(now), office.hours.zone)
    if not meant.parts or not meant.sure:
        raise NotAcceptable(f'{window[:60]!r} is not clear enough to promise: say it as in "Thursday after ten"')
    return meant


def _away_until(person: Person, statuses: list[AwayStatus], office: Office, now: datetime) -> datetime | None:
    """When whoever accepts expects to be back, if they are away and have said so."""
    status = speaking_status([one for one in statuses if one.person == person.id], office.hours, now)
    away = status is not None and status.presence is Presence.AWAY
    return status.back.at if away and status is not None and status.back is not None else None


def _that_can_be_had(meant: Window, office: Office, away_until: datetime | None, now: datetime) -> tuple[Part, ...]:
    fitted = fit(meant, hours=office.hours, away_until=away_until, now=now)
    if not fitted.parts:
        why = WHY[fitted.misfit] if fitted.misfit else "no such time is left"
        raise NotAcceptable(f'{why}: say another time, as in "Thursday after ten"')
    return fitted.parts


def _due(meant: Window, parts: tuple[Part, ...]) -> datetime:
    """The last instant at which the promise is kept. Where the caller left it open, the first chance counts."""
    last = parts[0] if meant.end is None else parts[-1]
    assert last.end is not None  # what is cut to opening hours has an end
    return last.end


def _words(person: Person, parts: tuple[Part, ...], office: Office) -> str:
    """What the caller may now be told. Days are named in full, since the words are kept and may be said later."""
    window = windows_for(office.language).window(parts, date.min)
    prompts = Prompts.load(data_folder("prompts"), office.language.partition("-")[0])
    return prompts.speak(Prompt("commit-call", {"person": person.first_name, "window": window}))
