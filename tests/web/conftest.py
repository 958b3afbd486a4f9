"""A whole phonebot for each test that asks, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import Phonebot, running


@pytest.fixture
def phonebot(tmp_path: Path, database_url: str) -> Iterator[Phonebot]:
    with running(tmp_path, database_url) as one:
        yield one
