"""The demonstration: it shows what happens, on any day, and fails when something is not as it should be."""

import io
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from phonebot.app import make_worker
from phonebot.cli.demo_clock import TUESDAY, DemoClock, day_of_the_show
from phonebot.cli.demo_show import NotAsItShould, Show
from phonebot.cli.own_phonebot import OwnPhonebot, logging_to, own_phonebot
from phonebot.services.statuses import Note, set_status
from phonebot.simulator import Delays, Mischief
from tests.cli.processes import PHONEBOT, bare_environment, run_phonebot

A_TUESDAY = date(2026, 11, 24)


@contextmanager
def show_on(folder: Path, day: date, delays: Delays | None = None) -> Iterator[Show]:
    """A show that is about to begin on that day, on a screen that is only text."""
    clock = DemoClock(datetime.combine(day, time(), UTC))
    screen = Console(file=io.StringIO(), width=100)
    with logging_to(folder / "log"), own_phonebot(folder, {}, clock=clock, delays=delays) as own:
        yield Show(own, make_worker(own.settings, own.database, clock=clock), clock, screen, day)


def text_of(show: Show) -> str:
    """What has been shown so far."""
    assert isinstance(show.console.file, io.StringIO)
    return show.console.file.getvalue()


def test_the_demonstration_needs_nothing_shows_everything_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = run_phonebot(tmp_path, "demo", "--once")
    assert (done.returncode, done.stderr) == (0, "")
    shown = done.stdout
    assert re.search(r"10:42:\d\d +Line +.*Tuesday", shown)
    assert re.search(r"10:4\d:\d\d +Julie +Julie Smith", shown)
    assert all(word in shown for word in ("Hartwell Dental", "8 s, ", "Omar Haddad", "Reception", "Wednesday"))
    assert [each.name for each in tmp_path.rglob("*")] == ["temporary"]


def test_the_demonstration_stays_up_to_be_rung_until_it_is_stopped(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*PHONEBOT, "demo"], cwd=tmp_path, env=bare_environment(tmp_path), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    shown = ""
    for line in process.stdout:
        shown += line
        if "Ctrl-C" in line:
            break
    exports = dict(re.findall(r"export (\w+)=(\S+)", shown))
    assert requests.get(f"{exports['PUBLIC_URL']}/ready", timeout=5).status_code == 200
    script = tmp_path / "turns"
    script.write_text("Julie Smith\n1\nThe invoice\nAny time\n/record 6\nyes\n")
    rung = run_phonebot(tmp_path, "call", "sue", "--script", str(script), **exports)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert (rung.returncode, rung.stderr, process.returncode) == (0, "", 0)
    assert "6 s, " in rung.stdout
    assert not list((tmp_path / "temporary").iterdir())


@pytest.mark.parametrize("day", [date(2026, 3, 31), date(2027, 1, 5)], ids=str)
def test_the_show_can_play_on_any_tuesday_of_the_year(tmp_path: Path, day: date) -> None:
    with show_on(tmp_path, day) as show:
        show.play()
        assert f"Tuesday {day.day} {day:%B} {day.year}, 10:42" in text_of(show)


def still_away_the_day_after(own: OwnPhonebot) -> None:
    """Somebody has said where Sue is on Wednesday too."""
    set_status(own.database, "sue", Note("in meetings", from_="2026-11-25T08:00"), datetime(2026, 11, 23, tzinfo=UTC))


def no_news_of_the_end(own: OwnPhonebot) -> None:
    """The network never tells that a caller has hung up."""
    own.network.post.mischief = Mischief(drop={"status"})


@pytest.mark.parametrize("spoil", [still_away_the_day_after, no_news_of_the_end])
def test_the_show_fails_when_something_is_not_as_it_should_be(
    tmp_path: Path, spoil: Callable[[OwnPhonebot], None]
) -> None:
    with show_on(tmp_path, A_TUESDAY) as show:
        spoil(show.own)
        with pytest.raises(NotAsItShould):
            show.play()


def test_the_show_fails_when_the_recording_never_comes(tmp_path: Path) -> None:
    with show_on(tmp_path, A_TUESDAY, Delays(refused_fetches=50)) as show, pytest.raises(NotAsItShould):
        show.play()


@given(st.dates(min_value=date(2000, 1, 1)))
def test_the_show_plays_on_a_tuesday_not_long_ago_whose_wednesday_is_over(today: date) -> None:
    day = day_of_the_show(today)
    assert day.weekday() == TUESDAY
    assert timedelta(days=2) <= today - day <= timedelta(days=8)


def test_the_clock_stands_until_it_is_let_go() -> None:
    clock = DemoClock(datetime(2020, 1, 7, tzinfo=UTC))
    clock.goes_on(timedelta(seconds=3))
    assert clock() == clock() == datetime(2020, 1, 7, 0, 0, 3, tzinfo=UTC)
    clock.let_go()
    assert abs(clock() - datetime.now(UTC)) < timedelta(minutes=1)
