"""What may be kept no longer is gone, here and at Twilio; what is owed has no age; the record still counts."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from phonebot.domain.history import Event, EventKind
from phonebot.domain.message import State
from phonebot.domain.transcript import Span, Transcript
from phonebot.services.messages.forgetting import NotANumber, forget, forget_old
from phonebot.services.messages.happenings import happen, locked
from phonebot.services.office.people import Nobody
from phonebot.store.database import Database
from phonebot.store.history import histories
from phonebot.store.tables import MessageRow, TextRow, WebhookRow
from phonebot.store.transcripts import save_transcript
from tests.calling import leaves_message, rows, worker_goes_on
from tests.left_messages import leave, load_office
from tests.offices import JULIE
from tests.running import TUESDAY, Phonebot, running

OF_JULIE = ("447700900143", "Julie", "Hartwell", "invoice", "Thursday after three", "leaking radiator")
DAY = timedelta(days=1)


@pytest.fixture
def phonebot(tmp_path: Path, database_url: str) -> Iterator[Phonebot]:
    """A phonebot with one message, its recording, and what that says."""
    with running(tmp_path, database_url) as one:
        leaves_message(one.rings())
        worker_goes_on(one)
        (recording,) = one.recordings()
        said = Transcript("It is about the leaking radiator and invoice 4417.", (Span(45, 49),))
        with one.database.write() as session:
            assert save_transcript(session, recording.sid, said, one.clock())
        yield one


def everything_kept(phonebot: Phonebot) -> str:
    """Every row of every table as text."""
    return repr(rows(phonebot))


def audio_files(phonebot: Phonebot) -> list[Path]:
    return [path for path in phonebot.settings.media_dir.rglob("*.wav") if path.is_file()]


def withdraw(database: Database, number: int) -> None:
    with database.write() as session:
        life = locked(session, number, "that", TUESDAY)
        happen(session, life, Event(EventKind.SETTLED, TUESDAY, "sue", {"how": "withdrawn"}))


def test_a_caller_who_asks_to_be_forgotten_is_found_nowhere_any_more(phonebot: Phonebot) -> None:
    assert all(word in everything_kept(phonebot) for word in OF_JULIE)
    (sid,) = phonebot.network.recordings
    assert audio_files(phonebot)

    done = forget(phonebot.database, "07700 900143", "sue", phonebot.clock())
    worker_goes_on(phonebot)

    assert (done.messages, done.withdrawn) == (1, 1)
    kept = everything_kept(phonebot)
    assert not [word for word in OF_JULIE if word in kept]
    assert not audio_files(phonebot)
    assert phonebot.network.archive.kept[sid].status == "deleted"


def test_the_record_still_counts_whoever_was_forgotten(phonebot: Phonebot) -> None:
    forget(phonebot.database, JULIE, "sue", phonebot.clock())
    message = phonebot.the_message()
    assert (message.state, message.owner) == (State.WITHDRAWN, "sue")
    with phonebot.database.read() as session:
        kinds = [event.kind for event in histories(session, [message.id])[message.id]]
    assert kinds[-2:] == [EventKind.SETTLED, EventKind.FORGOTTEN]


def test_webhooks_that_come_late_bring_nobody_back(phonebot: Phonebot) -> None:
    forget(phonebot.database, JULIE, "sue", phonebot.clock())
    phonebot.network.replay(phonebot.calls()[0].sid)
    worker_goes_on(phonebot)
    with phonebot.database.read() as session:
        assert set(session.scalars(select(WebhookRow.posted))) == {None}
    assert "Julie" not in everything_kept(phonebot)


def test_forgetting_twice_is_once(phonebot: Phonebot) -> None:
    forget(phonebot.database, JULIE, "sue", phonebot.clock())
    assert forget(phonebot.database, JULIE, "sue", phonebot.clock()).messages == 0


@pytest.mark.parametrize(("number", "by", "trouble"), [("12", "sue", NotANumber), (JULIE, "nobody", Nobody)])
def test_a_mistake_changes_nothing(phonebot: Phonebot, number: str, by: str, trouble: type[Exception]) -> None:
    before = everything_kept(phonebot)
    with pytest.raises(trouble):
        forget(phonebot.database, number, by, phonebot.clock())
    assert everything_kept(phonebot) == before


def test_audio_goes_first_and_words_later_counted_from_when_it_was_settled(phonebot: Phonebot) -> None:
    number = phonebot.the_message().id
    phonebot.clock.goes_on(days=400)
    assert forget_old(phonebot.database, 90, 365, phonebot.clock()) == 0  # it is still owed
    with phonebot.database.write() as session:
        life = locked(session, number, "that", phonebot.clock())
        happen(session, life, Event(EventKind.SETTLED, phonebot.clock(), "sue", {"how": "withdrawn"}))

    phonebot.clock.goes_on(days=91)
    assert forget_old(phonebot.database, 90, 365, phonebot.clock()) == 1
    worker_goes_on(phonebot)
    assert not audio_files(phonebot)
    assert phonebot.the_message().name == "Julie Smith"
    assert "leaking radiator" in everything_kept(phonebot)

    phonebot.clock.goes_on(days=275)
    assert forget_old(phonebot.database, 90, 365, phonebot.clock()) == 1
    assert not [word for word in OF_JULIE if word in everything_kept(phonebot)]
    assert forget_old(phonebot.database, 90, 365, phonebot.clock()) == 0


def test_nothing_owed_is_lost_by_its_age(database: Database, tmp_path: Path) -> None:
    """Invariant 3: no retention rule removes a message that has not been settled."""
    load_office(database, tmp_path)
    owed, settled = leave(database), leave(database)
    withdraw(database, owed + 1)
    assert settled == owed + 1
    with database.write() as session:
        locked(session, owed, "that", TUESDAY)
    forget_old(database, 1, 1, TUESDAY + 5000 * DAY)
    with database.read() as session:
        names = list(session.scalars(select(MessageRow.name).order_by(MessageRow.id)))
    assert names == ["Julie Smith", None]


def test_more_than_a_page_is_forgotten_at_once(database: Database, tmp_path: Path) -> None:
    load_office(database, tmp_path)
    for _ in range(205):
        withdraw(database, leave(database))
    assert forget_old(database, 1, 1, TUESDAY + 5 * DAY) == 205


@pytest.mark.parametrize(("state", "left"), [("handed-over", ""), ("delivered", ""), ("waiting", "Julie Smith rang")])
def test_texts_to_staff_about_whoever_is_forgotten_are_blank_once_sent(
    database: Database, tmp_path: Path, state: str, left: str
) -> None:
    load_office(database, tmp_path)
    leave(database)
    text = {"purpose": "notice", "person_id": "sue", "number": "+447700900101", "words": "Julie Smith rang"}
    with database.write() as session:
        session.add(TextRow(**text, state=state, made_at=TUESDAY, changed_at=TUESDAY))
    forget(database, JULIE, "sue", TUESDAY + timedelta(hours=1))
    with database.read() as session:
        assert list(session.scalars(select(TextRow.words))) == [left]
