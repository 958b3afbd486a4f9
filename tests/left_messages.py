"""Messages as callers leave them, put into a database directly, for tests of what becomes of them."""

from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from phonebot.domain.message import State
from phonebot.services.office.loading import load
from phonebot.store.database import Database
from phonebot.store.tables import CallRow, MessageRow
from tests.offices import JULIE, OFFICE_TOML, SUE_LINE
from tests.running import TUESDAY

CALLS = count(1)


def load_office(database: Database, folder: Path, text: str = OFFICE_TOML, now: datetime = TUESDAY) -> None:
    """Load the sample office, or another one."""
    path = folder / "office.toml"
    path.write_text(text, encoding="utf-8")
    load(database, path, now)


def leave(
    database: Database, *, mailbox: str = "sue", number: str | None = JULIE, at: datetime = TUESDAY, **more: Any
) -> int:
    """A message whose call is over, just before anybody takes it in; its row's number. `more` are its columns."""
    sid = f"CA{next(CALLS):032x}"
    call = {"sid": sid, "line": SUE_LINE, "caller": number or "anonymous", "dialogue": {}, "turn": 5}
    message = {
        "call_sid": sid,
        "mailbox": mailbox,
        "state": State.NEW,
        "complete": True,
        "received_at": at,
        "caller_id": number,
        "name": "Julie Smith",
        "company": "Hartwell Dental",
        "number": number,
        "business": "last month's invoice",
        "window_said": "tomorrow after three",
        "window_parts": [["2026-11-25T15:00:00+00:00", "2026-11-25T17:30:00+00:00"]],
    } | more
    with database.write() as session:
        session.execute(insert(CallRow).values(**call, started_at=at, touched_at=at, ended_at=at))
        return session.execute(insert(MessageRow).values(**message).returning(MessageRow.id)).scalar_one()
