"""A post office and a mailroom for the tests of telling staff."""

from collections.abc import Iterator

import pytest

from phonebot.store.database import Database
from tests.mail.post_office import PostOffice
from tests.services.owing import Desk, open_office


@pytest.fixture
def post() -> Iterator[PostOffice]:
    """A post office that is open."""
    with PostOffice() as office:
        yield office


@pytest.fixture
def desk(database: Database, post: PostOffice) -> Desk:
    """The small office at its mailroom."""
    open_office(database)
    return Desk.at(database, post)
