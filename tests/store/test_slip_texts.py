"""What callers were told of calls that were not made, as it went out."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from phonebot.domain.commitment import Basis, Commitment
from phonebot.domain.texting import TextPurpose, TextState
from phonebot.store.commitments import keep_accepted
from phonebot.store.database import Database
from phonebot.store.slip_texts import slip_texts
from phonebot.store.tables import TextRow
from tests.left_messages import leave, load_office
from tests.running import TUESDAY

HOUR = timedelta(hours=1)


@pytest.fixture
def number(database: Database, tmp_path: Path) -> int:
    """A message for Sue."""
    load_office(database, tmp_path)
    return leave(database)


def promised(database: Database, number: int, hours: int) -> int:
    """Sue has taken the call on, to be made within so many hours; the promise's row."""
    made = Commitment(Basis.ACCEPTED, "sue", TUESDAY + hours * HOUR, "Sue will call.", {}, TUESDAY)
    with database.write() as session:
        return keep_accepted(session, number, made, ())


def texted(database: Database, number: int, hours: int, state: TextState, purpose: str = TextPurpose.SLIP) -> None:
    """A text to the caller went so many hours later, and came as far as that."""
    at = TUESDAY + hours * HOUR
    row = {"purpose": purpose, "message_id": number, "number": "+447700900143", "words": f"hour {hours}"}
    with database.write() as session:
        session.execute(insert(TextRow).values(**row, state=state, made_at=at, sending_at=at, changed_at=at))


def test_each_slip_is_told_with_the_promise_that_was_not_kept(database: Database, number: int) -> None:
    first, second = promised(database, number, 1), promised(database, number, 5)
    texted(database, number, 2, TextState.DELIVERED)
    texted(database, number, 6, TextState.HANDED_OVER)
    with database.read() as session:
        told = slip_texts(session, [number])
        assert [(one.commitment, one.words, one.told_at) for one in told] == [
            (first, "hour 2", TUESDAY + 2 * HOUR),
            (second, "hour 6", TUESDAY + 6 * HOUR),
        ]
        assert slip_texts(session, []) == []


@pytest.mark.parametrize(
    ("state", "purpose"),
    [
        *((state, TextPurpose.SLIP) for state in TextState if state.lost or state is TextState.WAITING),
        (TextState.DELIVERED, TextPurpose.ACCEPTED),
        (TextState.DELIVERED, TextPurpose.VERDICT),
    ],
)
def test_what_did_not_arrive_or_is_no_slip_was_not_told(
    database: Database, number: int, state: TextState, purpose: TextPurpose
) -> None:
    promised(database, number, 1)
    texted(database, number, 2, state, purpose)
    with database.read() as session:
        assert slip_texts(session, [number]) == []
