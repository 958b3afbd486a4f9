"""A message as the page of a link shows it: read in whole, on either database, and changed by nothing."""

from datetime import timedelta
from pathlib import Path

import pytest

from phonebot.domain.digest import Act
from phonebot.domain.office import RECEPTION
from phonebot.services.messages import acting
from phonebot.services.messages.intake import take_in
from phonebot.services.messages.page import HasLeft, Shown, page_of
from phonebot.services.messages.reading import NoMessage
from phonebot.services.staff.links import Link
from phonebot.store.database import Database
from tests.left_messages import leave, load_office
from tests.running import TUESDAY

LATER = TUESDAY + timedelta(hours=1)


@pytest.fixture
def message(database: Database, tmp_path: Path) -> int:
    """The row of a message of Julie's to Sue, taken in."""
    load_office(database, tmp_path)
    number = leave(database)
    take_in(database, TUESDAY)
    return number


def shown(database: Database, message: int, act: Act = Act.SAID, person: str = "sue") -> Shown:
    return page_of(database, Link(message, person, act), LATER)


def test_what_is_owed_is_shown_in_full_with_how_much_has_happened_to_it(database: Database, message: int) -> None:
    page = shown(database, message)

    assert (page.reader.id, page.owner, page.who) == ("sue", "Sue Cohen", ("Julie Smith", "Hartwell Dental"))
    assert page.owed is not None
    assert page.owed.business == "last month's invoice"
    assert (page.events, page.holding, page.why_not, page.settled, page.recorded) == (1, False, None, "", False)
    assert shown(database, message, person="tom").holding


def test_why_an_act_is_not_possible_is_known_before_anybody_tries(database: Database, message: int) -> None:
    acting.take_on(database, message, "tom", None, TUESDAY)

    assert shown(database, message, Act.ACCEPT).why_not == "Tom Hart has accepted this call already"
    assert shown(database, message, Act.ACCEPT, "tom").why_not is None
    assert shown(database, message, Act.TRIED).why_not is None


def test_it_may_be_passed_to_everybody_but_whoever_has_it(database: Database, message: int) -> None:
    assert [one.id for one in shown(database, message).colleagues] == ["tom", RECEPTION]
    acting.pass_on(database, message, "sue", RECEPTION, TUESDAY)
    assert [one.id for one in shown(database, message).colleagues] == ["tom", "sue"]


def test_a_page_is_for_somebody_of_the_office_and_about_a_message_that_is_there(
    database: Database, message: int
) -> None:
    with pytest.raises(HasLeft):
        shown(database, message, person="tim")
    with pytest.raises(NoMessage):
        shown(database, message + 1000)
