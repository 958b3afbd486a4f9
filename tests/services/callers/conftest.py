"""A phonebot that texts, for the tests of telling callers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import Phonebot
from tests.texting import texting


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    """SQLite, except in tests that want both: the rows are read and written in tests of the store."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def phonebot(tmp_path: Path, database_url: str) -> Iterator[Phonebot]:
    with texting(tmp_path, database_url) as one:
        yield one
