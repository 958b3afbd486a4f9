"""Two colleagues at the same message at the same moment: one rings the caller, the other hears who has it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest

from phonebot.app import create_app
from phonebot.domain.callback import Outcome
from phonebot.domain.digest import Act
from phonebot.domain.message import State
from phonebot.domain.reference import reference_of
from phonebot.services.callbacks.returning import return_call
from phonebot.services.messages.happenings import NotPossible
from phonebot.simulator import Served
from phonebot.store.database import Database
from tests.calls.telling import Telling, telling
from tests.offices import JULIE, SUE_PHONE, TOM_PHONE
from tests.web.pages import Reading

Found = TypeVar("Found")
NAMES = {"sue": "Sue Cohen", "tom": "Tom Hart"}
PHONES = {"sue": SUE_PHONE, "tom": TOM_PHONE}


@pytest.fixture
def story(tmp_path: Path, database_url: str) -> Iterator[Telling]:
    """A message for Sue that cannot wait, of which her cover Tom has had a notice as well."""
    with telling(tmp_path, database_url) as one:
        one.it_is("10:00")
        one.leaves_a_message(when="Before eleven this morning.")
        one.stands(State.NEW, ("sue", "Urgent"), ("tom", "Urgent"))
        one.caller_answers()
        one.picks_up("sue")
        one.picks_up("tom")
        yield one


def at_once(*acts: Callable[[], Found]) -> list[Found]:
    """What comes of acts that are begun at the same moment."""
    together = Barrier(len(acts))

    def act(one: Callable[[], Found]) -> Found:
        together.wait(5)
        return one()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


def one_call_comes_of_it(story: Telling, winner: str) -> None:
    """The winner's phone rings, and then Julie's, and no other; what is on record is one try that was dialled."""
    story.expects_ringing(PHONES[winner], JULIE)
    story.works()
    assert [story.calls_to(PHONES[who]) for who in PHONES] == [int(who == winner) for who in PHONES]
    assert story.calls_to(JULIE) == 1
    (tried,) = story.standing().tries.values()
    assert (tried.by, tried.outcome, tried.holding) == (winner, Outcome.REACHED, winner != "sue")
    assert story.state() is (State.RETURNED if winner == "sue" else State.HELD)


def test_of_two_who_press_call_now_one_wins_and_the_other_is_told_who(story: Telling) -> None:
    links = {who: story.link(who, Act.CALL) for who in NAMES}
    _pressed_at_once(story, links)


def test_of_two_at_two_web_processes_one_wins_and_the_other_is_told_who(story: Telling, database_url: str) -> None:
    database = Database(database_url)
    other = create_app(story.phonebot.settings, database, clock=story.phonebot.clock)
    with Served(other) as served:
        links = {who: story.link(who, Act.CALL) for who in NAMES}
        links["tom"] = links["tom"].replace(story.phonebot.settings.public_url, served.url)
        _pressed_at_once(story, links)
    database.close()


def _pressed_at_once(story: Telling, links: dict[str, str]) -> None:
    pages: dict[str, Reading] = dict(
        zip(links, at_once(*(lambda link=link: story.presses(link) for link in links.values())), strict=True)
    )
    won = [who for who, page in pages.items() if "rings now" in page.words]
    assert len(won) == 1, {who: page.words for who, page in pages.items()}
    (winner,) = won
    (loser,) = {"sue", "tom"} - {winner}
    assert f"{NAMES[winner]} has it in hand" in pages[loser].words
    one_call_comes_of_it(story, winner)


def test_one_who_presses_twice_at_once_is_rung_once(story: Telling) -> None:
    link = story.link("sue", Act.CALL)
    pages = at_once(*(lambda: story.presses(link) for _ in range(2)))
    assert all("rings now" in page.words or "asked for already" in page.words for page in pages)
    one_call_comes_of_it(story, "sue")


def test_of_two_return_commands_at_once_one_is_refused(story: Telling, database_url: str) -> None:
    databases = {who: Database(database_url) for who in NAMES}

    def returns(who: str) -> str:
        try:
            return_call(databases[who], reference_of(1), who, 50, story.phonebot.clock())
        except NotPossible as why:
            return str(why)
        return ""

    refusals = dict(zip(NAMES, at_once(*(lambda who=who: returns(who) for who in NAMES)), strict=True))
    (winner,) = (who for who, why in refusals.items() if not why)
    (why,) = (why for why in refusals.values() if why)
    assert why == f"{NAMES[winner]} has it in hand"
    one_call_comes_of_it(story, winner)
    for database in databases.values():
        database.close()
