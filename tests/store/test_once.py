"""Inserting once."""

from datetime import UTC, datetime
from typing import Any

import pytest

from phonebot.store.database import Database
from phonebot.store.once import insert_once
from phonebot.store.tables import Base, CallRow, WebhookRow

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
CALL: dict[str, Any] = {
    "sid": "CA1",
    "line": "",
    "caller": None,
    "dialogue": {},
    "turn": 0,
    "started_at": NOW,
    "touched_at": NOW,
}
WEBHOOK: dict[str, Any] = {
    "call_sid": "CA1",
    "kind": "turn",
    "key": "0",
    "received_at": NOW,
    "posted": {},
    "answer": None,
}


@pytest.mark.parametrize(("table", "row"), [(CallRow, CALL), (WebhookRow, WEBHOOK)])
def test_the_first_insertion_is_told_from_the_second(
    database: Database, table: type[Base], row: dict[str, Any]
) -> None:
    with database.write() as session:
        inserted = [insert_once(session, table, **row) for _ in range(3)]

    assert inserted == [True, False, False]
