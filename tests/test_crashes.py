"""Killed at any point and started again: nothing that was answered is lost, and nothing is there twice."""

import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copy, rmtree
from typing import Any

import pytest

from phonebot.domain.recording import RecordingState
from phonebot.services.failpoints import SPOOL_APPENDED, WEB_FAILPOINTS, WORKER_FAILPOINTS
from phonebot.services.office.loading import load
from phonebot.simulator import Mischief, Network
from phonebot.store.database import Database
from tests.calling import worker_goes_on
from tests.crashing import COUNTED, Server, drained
from tests.offices import OFFICE_TOML, RECEPTION_PHONE, SUE_LINE
from tests.running import ACCOUNT, TOKEN, Clock, Phonebot, running, settings_for


@contextmanager
def crashing(folder: Path, template: Path) -> Iterator[tuple[Server, Network, Database]]:
    """A phonebot whose server is a process to be killed, on a database of its own with the office loaded."""
    copy(template, folder / "phonebot.db")
    url = f"sqlite:///{folder / 'phonebot.db'}"
    database = Database(url)
    (folder / "office.toml").write_text(OFFICE_TOML, encoding="utf-8")
    load(database, folder / "office.toml", Clock()())
    with Server(lambda public: settings_for(folder, url, public, "http://127.0.0.1:9")) as server:
        yield server, Network(server.url, ACCOUNT, TOKEN, now=Clock(), timeout=60), database
    database.close()


def whole_call(network: Network) -> str:
    """A call that passes every point of the server: turns, a transfer taken, a recording, a hang-up. Gives its sid."""
    network.phone(RECEPTION_PHONE).answers("1", talks_for=30)
    live = network.phone("+447700900143").dials(SUE_LINE)
    live.says("Julie Smith, from Hartwell Dental.").presses("1").says("The invoice").says("Thursday").records(6, "0")
    live.is_joined().hangs_up()
    return live.sid


GIVEN = ("sue", "new", 1, "Julie Smith", "Hartwell Dental", "+447700900143", "The invoice", "Thursday")


def is_whole(database: Database, sid: str) -> None:
    """The call left one message with everything in it, one recording tied to it, and one job to fetch it."""
    connection = sqlite3.connect(database.engine.url.database or "")
    wanted = "SELECT mailbox, state, complete, name, company, number, business, window_said FROM messages"
    assert connection.execute(wanted + " WHERE call_sid = ?", [sid]).fetchall() == [GIVEN]
    tied = "SELECT r.seconds, r.purpose FROM recordings r JOIN messages m ON m.id = r.message_id WHERE m.call_sid = ?"
    assert connection.execute(tied, [sid]).fetchall() == [(6.0, "message")]
    jobs = "SELECT count(*) FROM outbox o JOIN recordings r ON o.key = 'fetch:' || r.sid WHERE r.call_sid = ?"
    assert connection.execute(jobs, [sid]).fetchall() == [(1,)]
    transfers = "SELECT count(*), count(accepted_at) FROM transfers WHERE call_sid = ?"
    assert connection.execute(transfers, [sid]).fetchall() == [(1, 1)]
    connection.close()


def killed_in_a_call(folder: Path, template: Path, failpoints: list[str]) -> list[str]:
    """Have a call for each failpoint, with the server killed at it; those points that the call does not reach."""
    missed = []
    with crashing(folder, template) as (server, network, database):
        for failpoint in failpoints:
            before = server.deaths
            server.start(failpoint, Clock())
            sid = whole_call(network)
            is_whole(database, sid)
            if server.deaths == before:
                missed.append(failpoint)
        assert network.breaches == []
    return missed


def test_the_server_killed_after_each_named_commit_loses_nothing_that_was_answered(
    tmp_path: Path, sqlite_template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    points = [point for point in WEB_FAILPOINTS if point != SPOOL_APPENDED]
    assert killed_in_a_call(tmp_path, sqlite_template, points) == []
    with capsys.disabled():
        print(f"\nserver killed after {len(points)} named commits: {', '.join(points)}")  # noqa: T201 - asked for


def test_the_server_killed_before_each_of_its_commits_loses_nothing_that_was_answered(
    tmp_path: Path, sqlite_template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    points = [f"{COUNTED}{number}" for number in range(1, 15)]
    missed = killed_in_a_call(tmp_path, sqlite_template, points)
    assert missed == points[len(points) - len(missed) :], "the later ones only: a call has so many commits"
    assert len(points) - len(missed) >= 9
    with capsys.disabled():
        print(f"\nserver killed before {len(points) - len(missed)} commits of one call")  # noqa: T201 - asked for


def work_of_every_kind(phonebot: Phonebot) -> None:
    """Work for every point of the worker: a recording made again, one in the spool, and one nobody told us of."""
    live = phonebot.rings().says("Julie Smith").presses("1").says("The invoice").says("Thursday").records(4)
    live.presses("2").presses("5").presses("2").records(6).says("yes").hears_goodbye()
    phonebot.network.expects_status(503)
    reached = phonebot.app.wsgi_app
    phonebot.app.wsgi_app = _only(reached, "/fallback")  # type: ignore[method-assign]  # Flask's own way to put something before an app
    phonebot.rings(caller="+447700900144").hears_tone().records(5, "hangup")
    phonebot.app.wsgi_app = reached  # type: ignore[method-assign]  # as above
    live = phonebot.rings(caller="+447700900145").presses("*")
    phonebot.app.wsgi_app = _only(reached, "/nothing")  # type: ignore[method-assign]  # as above
    live.records(7, "hangup")
    phonebot.app.wsgi_app = reached  # type: ignore[method-assign]  # as above


def _only(app: Any, ending: str) -> Callable[..., Any]:
    """The application, but nothing except addresses with this ending is reached."""

    def passing(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        if environ["PATH_INFO"].endswith(ending):
            return app(environ, start_response)
        start_response("503 Service Unavailable", [("Content-Length", "0")])
        return [b""]

    return passing


def killed_at_work(folder: Path, url: str, failpoint: str) -> bool:
    """Kill a worker at a point, let another finish, and look for everything once; whether the point was reached."""
    with running(folder, url, mischief=Mischief()) as phonebot:
        work_of_every_kind(phonebot)
        killed = False
        for _ in range(4):
            if not killed:
                killed = drained(phonebot.settings, failpoint, phonebot.clock)
            phonebot.clock.goes_on(minutes=6)
        worker_goes_on(phonebot, minutes=6)
        everything_is_there_once(phonebot)
        return killed


def everything_is_there_once(phonebot: Phonebot) -> None:
    """Three messages with their recordings' files, one recording deleted here and at Twilio, nothing half-written."""
    assert sorted((one.state, one.caller_id) for one in phonebot.messages()) == [
        ("new", "+447700900143"),
        ("new", "+447700900144"),
        ("new", "+447700900145"),
    ]
    recordings = [one for one in phonebot.recordings() if one.state != RecordingState.ABSENT]
    assert Counter(one.state for one in recordings) == {"fetched": 3, "deleted": 1}
    paths = {phonebot.settings.media_dir / (one.path or "") for one in recordings if one.state == "fetched"}
    assert {path for path in phonebot.settings.media_dir.rglob("*") if path.is_file()} == paths
    at_twilio = Counter(kept.status for kept in phonebot.network.archive.kept.values())
    assert at_twilio == {"completed": 3, "deleted": 1}
    assert list(phonebot.settings.spool_dir.glob("*")) == []


def killed_one_by_one(folder: Path, template: Path, failpoints: list[str]) -> list[str]:
    """Kill a worker at each point, each with a phonebot of its own; those points that were not reached."""
    missed = []
    for failpoint in failpoints:
        place = folder / "one"
        place.mkdir()
        copy(template, place / "phonebot.db")
        if not killed_at_work(place, f"sqlite:///{place / 'phonebot.db'}", failpoint):
            missed.append(failpoint)
        rmtree(place)
    return missed


def test_the_worker_killed_at_each_named_point_loses_and_doubles_nothing(
    tmp_path: Path, sqlite_template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    points = [point for point in WORKER_FAILPOINTS if point != SPOOL_APPENDED]
    assert killed_one_by_one(tmp_path, sqlite_template, points) == []
    with capsys.disabled():
        print(f"\nworker killed at {len(points)} named points: {', '.join(points)}")  # noqa: T201 - asked for


def test_the_worker_killed_before_each_commit_and_rename_loses_and_doubles_nothing(
    tmp_path: Path, sqlite_template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    points = [f"{COUNTED}{number}" for number in range(2, 38, 12)]
    missed = killed_one_by_one(tmp_path, sqlite_template, points)
    assert len(points) - len(missed) >= 2
    with capsys.disabled():
        print(f"\nworker killed before {len(points) - len(missed)} commits and renames")  # noqa: T201 - asked for


@pytest.mark.soak
def test_killed_a_thousand_times_at_random_nothing_is_lost_or_doubled(tmp_path: Path, sqlite_template: Path) -> None:
    dice = random.Random(7)
    for batch in range(25):
        place = tmp_path / str(batch)
        place.mkdir()
        points = [f"{COUNTED}{dice.randint(1, 15)}" for _ in range(30)]
        killed_in_a_call(place, sqlite_template, points)
        killed_one_by_one(place, sqlite_template, [f"{COUNTED}{dice.randint(1, 40)}" for _ in range(10)])
