"""The pages of links: looking changes nothing, pressing the button acts once, and nobody acts who should not."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from phonebot.domain.callback import Gathered
from phonebot.domain.digest import Act
from phonebot.domain.history import CALLER, EventKind
from phonebot.domain.message import State
from phonebot.domain.outbox import JobKind
from phonebot.services.messages import acting
from phonebot.services.office.statuses import Note, set_status
from phonebot.services.staff.links import GOOD_FOR
from phonebot.store.commitments import standing_promise
from phonebot.store.database import Database
from tests.left_messages import load_office
from tests.offices import JULIE, OFFICE_TOML
from tests.running import TUESDAY
from tests.services.messages.test_afterwards import joined
from tests.services.owing import jobs_of
from tests.web.pages import Page, Reading, happened, page_on, record

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def page(database: Database, tmp_path: Path) -> Page:
    """The pages, in the sample office."""
    load_office(database, tmp_path)
    return page_on(database)


@pytest.fixture
def number(page: Page) -> int:
    """A message of Julie's to Sue, whom Tom covers."""
    return page.left()


@pytest.fixture
def asked_what_happened(page: Page, number: int) -> int:
    """A message about which Sue was joined, and pressed no key."""
    joined(page.database, number)
    return number


@pytest.mark.parametrize("act", list(Act))
def test_fault_63_whoever_follows_a_link_changes_nothing(page: Page, number: int, act: Act) -> None:
    record(page, number)
    joined(page.database, number)
    before = page.rows()
    address = page.address(number, act)

    assert page.client.get(address).status_code == 200
    assert page.client.head(address).status_code == 200
    assert page.client.get(f"{address}/audio").status_code == 200
    for method in ("put", "delete", "patch"):
        assert getattr(page.client, method)(address).status_code == 405
    assert page.rows() == before


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.HEAR])
def test_each_page_says_who_and_asks_with_one_button(page: Page, asked_what_happened: int, act: Act) -> None:
    read = Reading.of(page.opens(asked_what_happened, act))

    assert (read.tags.count("form"), read.tags.count("button"), read.tags.count("h1")) == (1, 1, 1)
    assert "Julie Smith" in read.words
    assert "+44 7700 900143" in read.words
    assert "last month's invoice" in read.words
    assert "Wednesday 25 Nov 15:00–17:30" in read.words


@pytest.mark.parametrize(
    ("act", "form", "shows", "state"),
    [
        (Act.CALL, {}, "0101 rings now", State.CLAIMED),
        (Act.ACCEPT, {}, "by Wednesday 25 Nov 17:30", State.JOINED_UNCONFIRMED),
        (Act.ACCEPT, {"window": "Thursday after ten"}, "by Thursday 26 Nov 17:30", State.JOINED_UNCONFIRMED),
        (Act.SAID, {}, "said to be returned", State.SAID_RETURNED),
        (Act.TRIED, {"choice": "busy"}, "engaged", State.JOINED_UNCONFIRMED),
        (Act.PASS, {"choice": "tom"}, "on the list of Tom Hart now", State.JOINED_UNCONFIRMED),
        (Act.SPOKE, {}, "said to be returned", State.SAID_RETURNED),
        (Act.LEFT_WORD, {}, "left word", State.ATTEMPTED),
        (Act.WRONG_NUMBER, {}, "a wrong number", State.ATTEMPTED),
    ],
)
def test_the_button_does_it_once_and_shows_what_came_of_it(
    page: Page, asked_what_happened: int, act: Act, form: dict[str, str], shows: str, state: State
) -> None:
    number = asked_what_happened
    fields = Reading.of(page.opens(number, act)).fields | form
    address = page.address(number, act)
    first = page.client.post(address, data=fields)
    done = page.rows()
    second = page.client.post(address, data=fields)

    assert (first.status_code, second.status_code) == (200, 200)
    assert shows in Reading.of(first).words
    assert "button" not in Reading.of(first).tags
    assert page.state(number) is state
    assert "Done already" in Reading.of(second).words
    assert page.rows() == done


def test_a_page_opened_anew_lets_a_second_try_be_noted(page: Page, number: int) -> None:
    page.presses(number, Act.TRIED)
    again = page.presses(number, Act.TRIED, choice="left-word")

    assert "Noted: left word" in Reading.of(again).words


@pytest.mark.parametrize("seen", ["", "-1", "x", "９", "9" * 400])
def test_a_form_that_does_not_say_when_it_was_opened_is_taken_all_the_same(page: Page, number: int, seen: str) -> None:
    address = page.address(number, Act.TRIED)

    assert "Noted: no answer" in page.client.post(address, data={"seen": seen, "choice": "nonsense"}).text


@pytest.mark.parametrize("act", [Act.CALL, Act.SAID, Act.PASS])
def test_fault_47_the_second_of_two_colleagues_sees_who_has_it(page: Page, number: int, act: Act) -> None:
    opened = Reading.of(page.opens(number, act)).fields
    page.presses(number, Act.CALL, "tom")
    refused = page.client.post(page.address(number, act), data=opened | {"choice": "office"})

    assert refused.status_code == 409
    assert "Tom Hart has it in hand." in Reading.of(refused).words
    assert len(jobs_of(page.database, JobKind.CALL)) == 1
    reopened = Reading.of(page.opens(number, act))
    assert "Tom Hart has it in hand." in reopened.words
    assert "button" not in reopened.tags


def test_fault_55_what_nobody_has_in_hand_any_more_may_be_called_again(page: Page, number: int) -> None:
    page.presses(number, Act.CALL, "tom")
    page.clock.goes_on(hours=2)

    assert page.presses(number, Act.CALL).status_code == 200


@pytest.mark.parametrize("spoil", [lambda token: token[:-1], lambda token: "x" + token, lambda token: "A" * 5000])
def test_a_forged_link_does_nothing_and_says_so_kindly(page: Page, number: int, spoil: Any) -> None:
    address = "/do/" + spoil(page.address(number, Act.SAID).removeprefix("/do/"))
    before = page.rows()

    for response in (page.client.get(address), page.client.post(address)):
        assert response.status_code == 404
        assert "newest list" in Reading.of(response).words
    assert page.client.get(f"{address}/audio").status_code == 404
    assert page.rows() == before


def test_an_old_link_does_nothing(page: Page, number: int) -> None:
    address = page.address(number, Act.SAID)
    page.clock.goes_on(days=GOOD_FOR.days, seconds=1)

    assert page.client.post(address).status_code == 404
    assert page.state(number) is State.NEW


def test_a_link_to_a_message_that_is_not_there_is_as_a_forged_one(page: Page) -> None:
    assert page.opens(4711, Act.SAID).status_code == 404


def test_the_links_of_somebody_who_has_left_do_nothing(page: Page, number: int, tmp_path: Path) -> None:
    record(page, number)
    before, _, after = OFFICE_TOML.partition('[[people]]\nid = "tom"')
    office = before + after[after.index("[[people]]") :].replace('cover = "tom"\n', "")
    office = office[: office.index('[[lines]]\nnumber = "+442079460102"')]
    load_office(page.database, tmp_path, office)

    for response in (page.opens(number, Act.SAID, "tom"), page.client.post(page.address(number, Act.SAID, "tom"))):
        assert response.status_code == 403
        assert "has left the office" in Reading.of(response).words
    assert page.client.get(page.address(number, Act.HEAR, "tom") + "/audio").status_code == 403
    assert page.state(number) is State.NEW


def test_whatever_is_pressed_is_done_by_whom_the_link_names(page: Page, number: int) -> None:
    page.presses(number, Act.TRIED, "tom")

    assert "Holding call Tuesday 10:42 by Tom Hart: no answer" in Reading.of(page.opens(number, Act.CALL)).words


def test_a_colleague_reads_whose_call_theirs_would_hold(page: Page, number: int) -> None:
    assert "Sue Cohen owes this call. Yours is a holding call" in Reading.of(page.opens(number, Act.CALL, "tom")).words
    assert "holds it" not in Reading.of(page.opens(number, Act.CALL)).words


def test_what_nobody_could_ring_has_no_button_and_says_why(page: Page) -> None:
    read = Reading.of(page.opens(page.left(number=None), Act.CALL))

    assert "It cannot be called from here" in read.words
    assert "button" not in read.tags


def test_somebody_without_a_phone_reads_that_none_could_ring(page: Page, number: int, tmp_path: Path) -> None:
    load_office(page.database, tmp_path, OFFICE_TOML.replace('phone = "+447700900101"\n', ""))
    opened = page.opens(number, Act.CALL)

    assert "no telephone of yours" in Reading.of(opened).words
    assert page.client.post(page.address(number, Act.CALL)).status_code == 409


def test_the_words_that_the_caller_may_be_told_are_shown_once_somebody_accepts(
    page: Page, number: int, tmp_path: Path
) -> None:
    shown = Reading.of(page.presses(number, Act.ACCEPT)).words

    with page.database.read() as session:
        promise = standing_promise(session, number)
    assert promise is not None
    assert f"The caller may be told: “{promise.commitment.words}”" in shown
    texting = OFFICE_TOML.replace("[reception]", 'text_number = "+447700900999"\n\n[reception]')
    load_office(page.database, tmp_path, texting)
    assert (
        f"if they agreed to texts: “{promise.commitment.words}”" in Reading.of(page.presses(number, Act.ACCEPT)).words
    )


@pytest.mark.parametrize(
    ("window", "why"),
    [
        ("when the cows come home", "not clear"),
        ("Saturday", "closed"),
        ('"><script>alert(1)</script>', "not clear"),
        ("x" * 100_000, "not clear"),
    ],
)
def test_a_time_that_cannot_be_had_is_refused_and_asked_for_again(
    page: Page, number: int, window: str, why: str
) -> None:
    refused = page.presses(number, Act.ACCEPT, window=window)
    read = Reading.of(refused)

    assert refused.status_code == 409
    assert why in read.words
    assert read.fields["window"][:200] == window[: len(read.fields["window"].rstrip("…"))] + "…" * (len(window) > 200)
    assert (read.tags.count("button"), read.tags.count("script")) == (1, 0)
    assert page.state(number) is not State.CLAIMED


def test_a_caller_without_a_time_is_not_accepted_without_one(page: Page) -> None:
    any_time = page.left(window_said="whenever", window_parts=[])

    assert "Say when" in Reading.of(page.opens(any_time, Act.ACCEPT)).words
    assert page.presses(any_time, Act.ACCEPT).status_code == 409
    assert page.presses(any_time, Act.ACCEPT, window="Thursday after ten").status_code == 200


def test_a_message_is_offered_to_everybody_but_its_owner_and_says_who_is_away(page: Page, number: int) -> None:
    set_status(page.database, "tom", Note("travelling until Friday"), TUESDAY)
    read = Reading.of(page.opens(number, Act.PASS))

    assert read.choices == ["tom", "office"]
    assert "Tom Hart (away now)" in read.words


@pytest.mark.parametrize("choice", ["", "tim", "x" * 10_000])
def test_a_message_goes_to_nobody_who_is_not_there(page: Page, number: int, choice: str) -> None:
    refused = page.presses(number, Act.PASS, choice=choice)

    assert refused.status_code == 409
    assert Reading.of(refused).choices == ["tom", "office"]


@pytest.mark.parametrize(
    ("how", "shows"),
    [(State.WITHDRAWN, "Withdrawn by its caller, Tuesday 10:42"), (State.RETURNED, "the caller says so")],
)
def test_what_is_settled_shows_how_and_lets_nothing_be_done(page: Page, number: int, how: State, shows: str) -> None:
    if how is State.WITHDRAWN:
        acting.close(page.database, number, "tom", how, TUESDAY)
    else:
        happened(page, number, EventKind.VERDICT, CALLER, reached=True)
    opened, pressed = page.opens(number, Act.SAID), page.client.post(page.address(number, Act.SAID))

    assert (opened.status_code, pressed.status_code) == (200, 409)
    for read in (Reading.of(opened), Reading.of(pressed)):
        assert shows in read.words
        assert "button" not in read.tags


def test_who_reached_the_caller_is_shown_once_it_is_returned(page: Page, number: int) -> None:
    told = Gathered(staff="completed", pressed=True, caller="completed", dial="completed", seconds=60)
    joined(page.database, number, told=told)
    happened(page, number, EventKind.ATTEMPTED, "sue", attempt=1, outcome="reached", evidence="spoke", holding=False)

    assert "Returned: Sue Cohen spoke to them, Tuesday 10:42." in Reading.of(page.opens(number, Act.CALL)).words


def test_a_reopened_message_says_that_only_reaching_them_settles_it(page: Page, number: int) -> None:
    page.presses(number, Act.SAID)
    happened(page, number, EventKind.ASKED, "phonebot")
    happened(page, number, EventKind.VERDICT, CALLER, reached=False)
    read = Reading.of(page.opens(number, Act.SAID))

    assert "only reaching them settles it" in read.words
    assert "button" not in read.tags


def test_the_page_says_the_time_of_the_offices_clocks(page: Page) -> None:
    summer = datetime(2026, 7, 1, 9, 0, tzinfo=TUESDAY.tzinfo)
    number = page.left(at=summer, number=JULIE)
    page.clock.now = summer + timedelta(minutes=5)

    assert "rang Wednesday 10:00" in Reading.of(page.opens(number, Act.TRIED)).words
