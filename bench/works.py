"""What is done on a database with few messages and on one with many: calls, claims, lists and looks."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from bench.inside import Inside
from bench.posts import ASKED, Call, asked_call, short_call, whole_call
from phonebot.domain.message import State
from phonebot.services.messages.intake import take_in
from phonebot.services.office.people import person_called, the_office
from phonebot.services.staff.digests import digest_of
from phonebot.services.staff.notices import announce
from phonebot.services.staff.recipients import roll_call
from phonebot.store import attempts, outbox, texts, verdicts
from phonebot.store.backlog import dead_since, oldest_due
from phonebot.store.commitments import promises_due
from phonebot.store.database import Session
from phonebot.store.digest_jobs import open_digests, put_off
from phonebot.store.drafts import silent_calls
from phonebot.store.forgetting import with_audio, with_words
from phonebot.store.history import in_state, owed_by, to_take_in
from phonebot.store.listed_calls import going_on_since
from phonebot.store.messages import BEGINNING, message_page

PAGE: Final = 500
REPEATED: Final = 20
"""How often what takes no time is done in one round."""

STRANGER: Final = "+447700900900"
"""A number to whom nothing is owed, so that whatever looks for it looks to the end."""

LEASE: Final = timedelta(minutes=5)
MONTH, YEAR = timedelta(days=30), timedelta(days=365)

Work = Callable[[Inside, int], int]
"""Does something of a numbered round, and says how often."""

Look = Callable[[Session, datetime], object]
"""Reads something as of an instant."""

WORKERS_LOOKS: Final[dict[str, Look]] = {
    "messages to take in": lambda session, _now: to_take_in(session, 100),
    "tries going on": lambda session, _now: attempts.going_on(session, 200),
    "claims that may have lapsed": lambda session, _now: in_state(session, State.CLAIMED, 200),
    "digests waiting": lambda session, _now: open_digests(session),
    "jobs put off": put_off,
    "drafts gone silent": lambda session, now: silent_calls(session, now - timedelta(hours=1), 100),
    "calls going on": lambda session, now: going_on_since(session, now - timedelta(hours=4), 100),
    "audio to let go": lambda session, now: with_audio(session, now - 2 * YEAR, now - YEAR, 200),
    "words to let go": lambda session, now: with_words(session, now - YEAR, 200),
    "the oldest job due": lambda session, _now: oldest_due(session),
    "jobs given up": lambda session, now: dead_since(session, now - MONTH),
}
"""What the worker looks for every so often, and mostly finds nothing."""

TEXTS_LOOKS: Final[dict[str, Look]] = {
    "the last text to them": lambda session, _now: texts.newest_text_to(session, ASKED),
    "texts from them of late": lambda session, now: texts.received_since(session, ASKED, now - timedelta(hours=1)),
    "what is owed to them": lambda session, _now: texts.newest_owed_to(session, STRANGER),
    "the question they were texted": lambda session, _now: verdicts.asked_by_text(session, ASKED),
    "the question to text next": lambda session, _now: verdicts.oldest_to_ask_by_text(session, ASKED),
    "texts nobody has seen": lambda session, _now: texts.unseen_texts(session, ["sue"], 100, strays=True),
    "calls somebody made today": lambda session, now: attempts.made_since(session, "sue", now - timedelta(hours=12)),
}
"""What a text that comes in is held against, and a call that is asked for."""


def works() -> dict[str, Work]:
    """All of it by name. The order matters: what is to be taken in must have been left by then."""
    return {
        "a turn": lambda app, number: _posted(app, [whole_call("rows", number, call) for call in range(6)]),
        "a turn of a call asked about an earlier one": lambda app, number: _posted(
            app, [asked_call("rows", "asked", number, call) for call in range(4)]
        ),
        "a call of four turns, taken in and announced": _taken_in,
        "a claim, and the job done": _claims,
        "messages owed by somebody, 500 of them": _look(lambda session, _now: owed_by(session, "sue", PAGE)),
        "promises due, 120 of them": _look(lambda session, now: promises_due(session, now + MONTH, PAGE)),
        "all the worker looks for": _looks(WORKERS_LOOKS),
        "what a text or a call back is held against": _looks(TEXTS_LOOKS),
        "a digest read, 500 owed": lambda app, _number: _read(app, _digest),
        **{f"{name}, {PAGE} messages": _list(mailbox, state) for name, (mailbox, state) in LISTS.items()},
    }


LISTS: Final[dict[str, tuple[str | None, State | None]]] = {
    "list": (None, None),
    "list of a mailbox": ("sue", None),
    "list in a state": (None, State.RETURNED),
    "list in a state nothing is in": (None, State.MISSED),
}


def _posted(app: Inside, calls: list[Call]) -> int:
    for call in calls:
        for post in call:
            app.post(post)
    return sum(map(len, calls))


def _taken_in(app: Inside, number: int) -> int:
    """Short calls, whose messages the worker takes in; for each it finds whom to tell, as the job it put would."""
    now = datetime.now(UTC)
    calls = [short_call("rows", "short", number, call) for call in range(4)]
    # What the turns before have left is taken in first, so that each round has these calls' messages only.
    take_in(app.database, now)
    _posted(app, calls)
    with app.database.read() as session:
        left = to_take_in(session, PAGE)
    taken = take_in(app.database, now)
    assert taken == len(left) == len(calls)
    for message in left:
        announce(app.database, message, now)
    return taken


def _claims(app: Inside, _number: int) -> int:
    """Claim what the turns have put there, and add as many again, so that each round finds some."""
    claimed = 0
    now = datetime.now(UTC)
    for number in range(20):
        with app.database.write() as session:
            outbox.put(session, "bench", f"bench:{now}:{number}", {}, due_at=now, now=now)
        with app.database.write() as session:
            job = outbox.claim(session, now, LEASE)
            assert job is not None
            claimed += outbox.done(session, job, now)
    return claimed


def _digest(session: Session, now: datetime) -> object:
    """Everything that Sue's digest shows, in order."""
    book = the_office(session)
    found = digest_of(session, roll_call(session, book, now), person_called(book, "sue"), now)
    assert len(found.owed) >= PAGE
    return found


def _list(mailbox: str | None, state: State | None) -> Work:
    look: Look = lambda session, _now: message_page(session, BEGINNING, PAGE, mailbox=mailbox, state=state)  # noqa: E731 - two lines say no more
    return lambda app, _number: _read(app, look)


def _look(look: Look) -> Work:
    return lambda app, _number: sum(_read(app, look) for _ in range(REPEATED))


def _looks(looks: dict[str, Look]) -> Work:
    def work(app: Inside, _number: int) -> int:
        for _ in range(REPEATED):
            for look in looks.values():
                _read(app, look)
        return REPEATED

    return work


def _read(app: Inside, look: Look) -> int:
    """Read once, in a transaction of its own."""
    with app.database.read() as session:
        look(session, datetime.now(UTC))
    return 1
