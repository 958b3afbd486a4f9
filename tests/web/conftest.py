"""A whole phonebot for each test that asks, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from tests.running import Phonebot, running


@pytest.fixture(autouse=True)
def _plain_logs() -> Iterator[None]:
    """Logs a line at a time: drawing tracebacks as tables, structlog's way in a terminal, takes seconds each."""
    structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.JSONRenderer()])
    yield
    structlog.reset_defaults()


@pytest.fixture
def phonebot(tmp_path: Path, database_url: str) -> Iterator[Phonebot]:
    with running(tmp_path, database_url) as one:
        yield one
