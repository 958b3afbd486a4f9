"""The spool: what was appended is replayed, once it can be, whatever happened in between."""

import json
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phonebot.services.calls.spool import CURRENT, UNREADABLE, drain_spool, spool_append
from phonebot.services.failpoints import SPOOL_APPENDED, SPOOL_CLAIMED, SPOOL_REPLAYED

Record = dict[str, Any]


def drained(folder: Path) -> list[Record]:
    seen: list[Record] = []
    assert drain_spool(folder, seen.append) == len(seen)
    return seen


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_records_are_replayed_in_order_and_the_file_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    for number in range(3):
        spool_append(folder, {"n": number})
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / CURRENT).stat().st_mode & 0o777 == 0o600
    assert drained(folder) == [{"n": 0}, {"n": 1}, {"n": 2}]
    assert left(folder) == []
    assert drained(folder) == []


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert drained(tmp_path / "none") == []


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.text(max_size=5), st.text(st.characters(), max_size=40), max_size=3))
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, record: Record) -> None:
    folder = tmp_path_factory.mktemp("spool")
    odd = {**record, "odd": "\ud800\x00\u202e\n😀"}
    spool_append(folder, odd)
    assert drained(folder) == [odd]


def test_what_json_does_not_know_is_kept_in_words(tmp_path: Path) -> None:
    spool_append(tmp_path, {"body": b"\xff"})
    assert drained(tmp_path) == [{"body": "b'\\xff'"}]


def test_a_line_cut_off_by_a_crash_spoils_neither_the_one_before_nor_the_one_after(tmp_path: Path) -> None:
    spool_append(tmp_path, {"n": 1})
    with (tmp_path / CURRENT).open("ab") as file:
        file.write(b'{"n": 2, "From": "+4477')
    spool_append(tmp_path, {"n": 3})
    assert drained(tmp_path) == [{"n": 1}, {"n": 3}]
    assert left(tmp_path) == [UNREADABLE]
    assert (tmp_path / UNREADABLE).stat().st_mode & 0o777 == 0o600


def test_a_record_that_fails_stays_and_the_others_go_in(tmp_path: Path) -> None:
    for number in range(4):
        spool_append(tmp_path, {"n": number})

    def replay(record: Record) -> None:
        if record["n"] == 1:
            raise ConnectionError

    assert drain_spool(tmp_path, replay) == 3
    spool_append(tmp_path, {"n": 4})
    assert drained(tmp_path) == [{"n": 1}, {"n": 4}]


def test_a_database_that_stays_away_is_not_asked_for_every_record(tmp_path: Path) -> None:
    for number in range(20):
        spool_append(tmp_path, {"n": number})
    asked = []

    def replay(record: Record) -> None:
        asked.append(record)
        raise ConnectionError

    assert drain_spool(tmp_path, replay) == 0
    assert len(asked) == 3
    assert sorted(record["n"] for record in drained(tmp_path)) == list(range(20))


def test_many_writers_and_two_drainers_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    seen: list[int] = []

    def write(first: int) -> None:
        for number in range(first, first + 25):
            spool_append(tmp_path, {"n": number})

    def drain() -> None:
        for _ in range(40):
            drain_spool(tmp_path, lambda record: seen.append(record["n"]))

    writing = [threading.Thread(target=write, args=(first,)) for first in (0, 25, 50, 75)]
    draining = [threading.Thread(target=drain) for _ in range(2)]
    for thread in writing + draining:
        thread.start()
    for thread in writing + draining:
        thread.join()
    drain_spool(tmp_path, lambda record: seen.append(record["n"]))
    assert sorted(seen) == list(range(100))


@pytest.mark.parametrize("point", [SPOOL_APPENDED, SPOOL_CLAIMED, SPOOL_REPLAYED])
def test_a_process_killed_at_any_point_loses_nothing(tmp_path: Path, point: str) -> None:
    def die(reached: str) -> None:
        if reached == point:
            os.kill(os.getpid(), signal.SIGKILL)

    def work() -> None:
        for number in range(3):
            spool_append(tmp_path, {"n": number}, die)
        drain_spool(tmp_path, lambda record: None, die)

    assert killed(work)
    assert {"n": 0} in drained(tmp_path)
    assert left(tmp_path) == []


def killed(work: Callable[[], None]) -> bool:
    """Whether a child doing this was killed by SIGKILL."""
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_a_full_disk_is_said_and_leaves_no_half_line(tmp_path: Path) -> None:
    spool_append(tmp_path, {"n": 1})

    def work() -> None:
        import resource  # noqa: PLC0415 - only the child limits itself

        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        try:
            spool_append(tmp_path, {"n": "x" * 500})
        except OSError:
            os.kill(os.getpid(), signal.SIGKILL)

    assert killed(work)
    assert json.loads((tmp_path / CURRENT).read_text()) == {"n": 1}
