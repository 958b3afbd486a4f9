"""Messages out of the database as a digest shows them: what is owed, and what has come off the list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from phonebot.domain.callback import Outcome
from phonebot.domain.commitment import Basis, Fate
from phonebot.domain.digest import Accepted, Asked, CallerText, Done, Owed, Try
from phonebot.domain.gist import gist_of
from phonebot.domain.history import Event, Standing, standing_of
from phonebot.domain.holding import holding_call_wanted
from phonebot.domain.message import State
from phonebot.domain.office import OfficeBook
from phonebot.domain.recording import Purpose
from phonebot.domain.reference import reference_of
from phonebot.domain.reply import Reply
from phonebot.domain.yardstick import Within, overdue, parse_within
from phonebot.mail.wording import caller_words, outcome_words, who_of, who_recorded
from phonebot.services.callbacks.returning import WHY, target_refused
from phonebot.services.staff.recipients import RollCall, name_of
from phonebot.store.attempts import Attempt, attempts_of
from phonebot.store.database import Session
from phonebot.store.digests import (
    Heard,
    OwedMessage,
    SettledMessage,
    Word,
    all_heard,
    owed_messages,
    words_of,
)
from phonebot.store.history import histories, standings
from phonebot.store.texts import ReceivedText, callers_named, unseen_texts
from phonebot.store.transcripts import KeptTranscript, transcripts_of

AT_ONCE: Final = 1000
"""Messages read by one statement: PostgreSQL takes 65,535 values in one, SQLite 32,766."""

MOST_TEXTS: Final = 50
"""Texts that came in, in one digest; what more there are is in the next one."""

TALKED: Final = frozenset({Outcome.REACHED, Outcome.JOINED, Outcome.LEFT_WORD})


@dataclass(frozen=True, slots=True)
class _Kept:
    """All that the rows hold about messages, by the message's row."""

    events: dict[int, list[Event]]
    words: dict[int, list[Word]]
    attempts: dict[int, list[Attempt]]
    recordings: dict[tuple[int, Purpose], Heard]
    transcripts: dict[int, KeptTranscript]


def owed_items(session: Session, book: OfficeBook, numbers: Sequence[int], now: datetime) -> list[Owed]:
    """These messages as a digest at `now` (aware) shows them, those of them that are owed. A few statements in all."""
    within = parse_within(book.office.return_within)
    items: list[Owed] = []
    for begin in range(0, len(numbers), AT_ONCE):
        some = numbers[begin : begin + AT_ONCE]
        messages = owed_messages(session, some)
        kept = _Kept(
            histories(session, [message.number for message in messages]),
            words_of(session, some),
            attempts_of(session, some),
            all_heard(session, some),
            transcripts_of(session, some),
        )
        items += [_owed(message, kept, book, within, now) for message in messages]
    return items


def _owed(message: OwedMessage, kept: _Kept, book: OfficeBook, within: Within, now: datetime) -> Owed:
    number, answers, office = message.number, message.answers, book.office
    events = kept.events.get(number, [])
    standing = _at(standing_of(events, message.mailbox), now)
    words, attempts = kept.words.get(number, []), kept.attempts.get(number, [])
    accepted = _accepted(words, book, now)
    recording, name = (kept.recordings.get((number, each)) for each in (Purpose.MESSAGE, Purpose.NAME))
    heard = kept.transcripts.get(number)
    transcript = heard.transcript if heard else None
    return Owed(
        number=number,
        ref=reference_of(number),
        owner=message.owner,
        owner_name=name_of(book, message.owner),
        state=standing.state,
        received_at=message.received_at,
        name=answers.name,
        company=answers.company,
        phone=answers.number,
        caller_id=message.caller_id,
        business=answers.business,
        window_said=answers.window_said,
        window_parts=answers.window_parts,
        complete=message.complete,
        recording_seconds=recording.seconds if recording else None,
        cut_off=recording is not None and recording.cut_off,
        name_seconds=name.seconds if name else None,
        transcript=transcript,
        hearing=heard.hearing if heard else None,
        gist=who_recorded(
            gist_of(answers, transcript, message.received_at, office.hours.zone, office.region, message.caller_id),
            recorded=name is not None,
        ),
        told=_told(words),
        tries=tuple(_try(attempt, book) for attempt in attempts),
        accepted=accepted,
        claimed_by=name_of(book, standing.claim.by) if standing.claim else None,
        passed_by=name_of(book, standing.passed_by) if standing.passed_by else None,
        may_be_called=_why_not_called(answers.number or message.caller_id, book),
        asks_what_happened=_asks(standing, attempts),
        asked=_asked(events, words, book),
        denied_at=standing.denied_at if standing.verdict is False else None,
        overdue=accepted is None and overdue(message.received_at, now, within, office.hours),
    )


def _at(standing: Standing, now: datetime) -> Standing:
    """The standing without a claim that has run out and that nobody has put on record as released yet."""
    lapsed = standing.claim is not None and standing.claim.until <= now
    return replace(standing, claim=None) if lapsed else standing


def _told(words: Iterable[Word]) -> tuple[tuple[datetime, str], ...]:
    """What the caller was told, in the order of telling."""
    told = [(word.told_at, word.words) for word in words if word.told_at is not None]
    return tuple(sorted(told, key=lambda each: each[0]))


def _accepted(words: Iterable[Word], book: OfficeBook, now: datetime) -> Accepted | None:
    """Who has taken the call on last, while that stands, or has let it slip and nobody has taken it on since."""
    last = next((word for word in reversed(list(words)) if word.basis is Basis.ACCEPTED), None)
    if last is None or last.fate not in {None, Fate.SLIPPED}:
        return None
    slipped = last.fate is Fate.SLIPPED or last.due < now
    return Accepted(name_of(book, last.owner), last.owner, last.due, slipped)


def _asked(events: Sequence[Event], words: Iterable[Word], book: OfficeBook) -> Asked | None:
    """Who is asked to ring the caller in place of whoever let the call slip, while that is still wanted."""
    wanted = holding_call_wanted(events)
    if wanted is None:
        return None
    promises = (word for word in words if word.basis is Basis.ACCEPTED)
    slipped = next((word for word in promises if word.number == wanted.detail["commitment"]), None)
    if slipped is None:
        return None
    of = str(wanted.detail["of"])
    return Asked(name_of(book, of), of, name_of(book, slipped.owner), slipped.owner, slipped.due)


def _try(attempt: Attempt, book: OfficeBook) -> Try:
    outcome = attempt.outcome.value if attempt.outcome else ""
    return Try(attempt.made_at, name_of(book, attempt.by), outcome, attempt.holding, attempt.note)


def _asks(standing: Standing, attempts: Iterable[Attempt]) -> bool:
    """Whether both sides were joined, and nobody has said what happened; neither on the call nor in a digest."""
    mine = [attempt for attempt in attempts if not attempt.holding and attempt.outcome is not None]
    unanswered = bool(mine) and mine[-1].outcome is Outcome.JOINED and mine[-1].answered_in_digest is None
    return unanswered and standing.state in {State.JOINED_UNCONFIRMED, State.REOPENED}


def _why_not_called(number: str | None, book: OfficeBook) -> str | None:
    """Why that number cannot be rung from here, in words; None where it can."""
    refused = target_refused(book, number, None)
    return None if refused is None else WHY[refused]


def done_items(session: Session, book: OfficeBook, settled: Sequence[SettledMessage]) -> list[tuple[str, Done]]:
    """Messages that have been returned, each with the id of who did it; `helped` where that is not who owed it."""
    returned = [message for message in settled if message.state is State.RETURNED]
    stood = standings(session, [(message.number, message.mailbox) for message in returned])
    return [_done(message, stood[message.number], book) for message in returned]


def _done(message: SettledMessage, standing: Standing, book: OfficeBook) -> tuple[str, Done]:
    by = _returned_by(standing) or message.owner
    evidence = "the caller says so" if standing.verdict else outcome_words(Outcome.REACHED)
    who = caller_words(message.name, message.company)
    helped = standing.holding(by)
    return by, Done(reference_of(message.number), who, message.settled_at, evidence, name_of(book, by), helped)


def _returned_by(standing: Standing) -> str | None:
    """Who got back to the caller, as far as is known: by the proof, else by the last word or the last try of staff."""
    if standing.reached is not None:
        return standing.reached.by
    last = max((tried for tried in standing.tries.values() if not tried.holding), key=lambda one: one.at, default=None)
    return standing.said_by or (last.by if last else None)


def held_items(owed: Iterable[Owed], since: datetime) -> list[Done]:
    """The holding calls since an instant by which somebody's callers were spoken to; the messages are owed still."""
    return [
        Done(
            ref=each.ref,
            who=", ".join(who_of(each)),
            at=one.at,
            evidence=f"holding call, {outcome_words(one.outcome)}",
            by=one.by,
            helped=True,
        )
        for each in owed
        for one in each.tries
        if one.holding and one.at > since and one.outcome in TALKED
    ]


def text_items(session: Session, roll: RollCall, reader: str, now: datetime) -> tuple[CallerText, ...]:
    """The texts that came in by `now` (aware), that this person (an id) should read and nobody has been shown."""
    strays = roll.is_reception(reader)
    unseen = unseen_texts(session, roll.texts_of(reader), MOST_TEXTS, strays=strays)
    texts = [text for text in unseen if text.received_at <= now]
    named = callers_named(session, {text.message for text in texts if text.message is not None}) if texts else {}
    return tuple(_caller_text(text, named) for text in texts)


def _caller_text(text: ReceivedText, named: Mapping[int, tuple[str | None, str | None]]) -> CallerText:
    name, company = (None, None) if text.message is None else named.get(text.message, (None, None))
    return CallerText(
        sid=text.sid,
        at=text.received_at,
        phone=text.phone or "",
        words=text.words,
        ref=None if text.message is None else reference_of(text.message),
        name=name,
        company=company,
        no_more_texts=text.meaning is Reply.STOP_IN_WORDS,
    )
