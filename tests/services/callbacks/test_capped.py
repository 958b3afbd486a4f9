"""Telling an admin that somebody's calls were stopped."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from phonebot.domain.outbox import JobKind
from phonebot.mail import MailRefused
from phonebot.services.callbacks.capped import cap_letter, warn_of_cap
from phonebot.services.callbacks.returning import BURST
from phonebot.services.messages.happenings import NotPossible
from phonebot.services.staff.mailroom import Mailroom
from phonebot.store.database import Database
from phonebot.store.media_database import DatabaseMedia
from phonebot.store.tables import TextRow
from tests.dialog.offices import OFFICE
from tests.offices import OFFICE_TOML, SUE_PHONE
from tests.returning import Returning, returning
from tests.running import TUESDAY

BY_TEXT = OFFICE_TOML.replace("admin = true", 'admin = true\nnotices = "text"').replace(
    'countries = ["GB", "IE"]', 'countries = ["GB", "IE"]\ntext_number = "+447700900150"'
)

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def office(tmp_path: Path, database: Database) -> Iterator[Returning]:
    """An office whose admin is told by text, in which Tom has clicked too often."""
    with returning(tmp_path, database, office=BY_TEXT) as one:
        capped(one)
        yield one


def capped(office: Returning) -> None:
    """Tom clicks once too often."""
    for _ in range(BURST):
        office.clicks(office.message(), "tom")
    with pytest.raises(NotPossible):
        office.clicks(office.message(), "tom")


def warns(office: Returning) -> None:
    """The warning is given."""
    room = Mailroom.of(office.settings, office.database, DatabaseMedia())
    (job,) = office.jobs(JobKind.WARN_OF_CAP)
    warn_of_cap(room, job.payload, office.clock())


def test_the_admin_is_told_by_text_where_they_chose_so(office: Returning) -> None:
    warns(office)
    with office.database.read() as session:
        text = session.scalars(select(TextRow)).one()

    assert (text.number, text.person_id) == (SUE_PHONE, "sue")
    assert "Tom Hart" in text.words
    assert len(text.words) <= 160


def test_where_no_mail_can_be_sent_that_is_said(tmp_path: Path, database: Database) -> None:
    with returning(tmp_path, database) as office:
        capped(office)
        with pytest.raises(MailRefused):
            warns(office)


@pytest.mark.usefixtures("database_kind")
def test_the_letter_says_who_and_what_to_do() -> None:
    letter = cap_letter("Sue Cohen", "Tom <Hart>", OFFICE, TUESDAY)

    assert "SECRET_KEY" in letter.text
    assert "Tom <Hart>" in letter.text
    assert "Tom &lt;Hart&gt;" in letter.html
