"""An engine in a process of its own answers, and when it hangs, dies or bloats nothing else does."""

import os
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import psutil
import pytest

from phonebot.domain.transcript import Span
from phonebot.simulator.audio import silence
from phonebot.speech.child import ChildTranscriber, Limits
from phonebot.speech.errors import EngineFailed, NotReady, SpeechTrouble

ENGINES = "tests.speech.little_engines:makes"
SHORT = Limits(start=20, load=20, each=2, per_second=0)
LONG = Limits(start=20, load=20, each=20, per_second=0)

Make = Callable[..., ChildTranscriber]


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Makes transcribers, and closes them."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    made: list[ChildTranscriber] = []

    def make(limits: Limits = LONG, factory: str = ENGINES, **ways: str) -> ChildTranscriber:
        made.append(ChildTranscriber(factory, ways, limits))
        return made[-1]

    yield make
    for one in made:
        one.close()


def trouble_of(transcriber: ChildTranscriber, name: str) -> SpeechTrouble:
    with pytest.raises(SpeechTrouble) as caught:
        transcriber.transcribe(Path(name))
    assert "\n" not in str(caught.value)
    return caught.value


def number_of(transcriber: ChildTranscriber) -> int:
    """The process's number."""
    return int(transcriber.transcribe(Path("tells_of_itself")).text.split()[0])


def eventually(holds: Callable[[], bool], seconds: float = 5) -> bool:
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    return holds()


def is_gone(number: int) -> bool:
    """Whether a process has ended with all its threads, though nobody may have asked yet how."""
    try:
        threads = list(Path(f"/proc/{number}/task").iterdir())
        return psutil.Process(number).status() == psutil.STATUS_ZOMBIE and len(threads) == 1
    except (FileNotFoundError, psutil.NoSuchProcess):
        return True


def test_it_says_what_the_engine_says_with_its_doubts(child: Make) -> None:
    heard = child(greeting="ça va").transcribe(Path("/var/one.wav"), ["Sue Cohen", "Łukasz"])
    assert heard.text == "/var/one.wav Sue Cohen,Łukasz ça va 1"
    assert heard.doubtful == (Span(0, 4), Span(5, 9))


def test_one_process_serves_recording_after_recording(child: Make) -> None:
    transcriber = child()
    transcriber.start()
    assert [transcriber.transcribe(Path("/one.wav")).text[-1] for _ in range(3)] == ["1", "2", "3"]


def test_a_path_means_the_same_there_as_here(child: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    transcriber = child()
    transcriber.start()
    monkeypatch.chdir(tmp_path)
    assert transcriber.transcribe(Path("one.wav")).text.startswith(f"{tmp_path}/one.wav")


@pytest.mark.parametrize("way", ["hangs", "hangs_deaf"])
def test_a_hanging_engine_is_ended_and_another_started(child: Make, way: str) -> None:
    transcriber = child(SHORT)
    first = number_of(transcriber)
    before = time.monotonic()
    trouble = trouble_of(transcriber, way)
    assert trouble.retryable
    assert "2 seconds" in str(trouble)
    assert time.monotonic() - before < 10
    assert is_gone(first)
    assert number_of(transcriber) != first


@pytest.mark.parametrize(
    ("way", "says"), [("exits", "code 3"), ("crashes", "SIGSEGV"), ("is_killed", "SIGKILL"), ("mumbles", "no answer")]
)
def test_a_dying_engine_is_trouble_worth_another_try(child: Make, way: str, says: str) -> None:
    transcriber = child()
    trouble = trouble_of(transcriber, way)
    assert trouble.retryable
    assert says in str(trouble)
    assert transcriber.transcribe(Path("/one.wav")).text.endswith("1")


def test_one_that_died_while_nobody_asked_is_not_noticed(child: Make) -> None:
    transcriber = child()
    first = number_of(transcriber)
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: is_gone(first))
    assert transcriber.transcribe(Path("/one.wav")).text.endswith("1")


def test_an_engine_has_memory_for_its_work_and_no_more(child: Make) -> None:
    transcriber = child()
    assert int(transcriber.transcribe(Path("has_plenty")).text) > 1_000_000_000
    trouble = trouble_of(transcriber, "bloats")
    assert trouble.retryable
    assert "MemoryError" in str(trouble)
    assert transcriber.transcribe(Path("/one.wav")).text.endswith("1")


def test_words_without_end_are_not_taken_in(child: Make) -> None:
    assert trouble_of(child(), "is_long").retryable


def test_what_an_engine_prints_is_not_its_answer(child: Make) -> None:
    assert child().transcribe(Path("chatters")).text == "the answer"


def test_trouble_crosses_as_it_is(child: Make) -> None:
    trouble = trouble_of(child(), "is_sorry")
    assert (str(trouble), trouble.retryable) == ("it is no recording", False)


def test_of_any_other_exception_only_its_name_crosses(child: Make) -> None:
    trouble = trouble_of(child(), "stumbles")
    assert "KeyError" in str(trouble)
    assert "07700" not in str(trouble)
    assert trouble.retryable


@pytest.mark.parametrize("way", ["is_cut_off", "is_sorry", "stumbles", "exits", "crashes"])
def test_an_engine_that_cannot_be_made_is_waited_for_since_no_recording_is_at_fault(child: Make, way: str) -> None:
    transcriber = child(does=way)
    with pytest.raises(NotReady):
        transcriber.start()
    assert isinstance(trouble_of(transcriber, "/one.wav"), NotReady)


def test_an_engine_that_takes_too_long_to_make_is_ended(child: Make) -> None:
    with pytest.raises(SpeechTrouble, match="1 seconds"):
        child(Limits(start=1), does="hangs").start()


def test_a_factory_that_is_not_there_is_trouble(child: Make) -> None:
    with pytest.raises(SpeechTrouble, match="ModuleNotFoundError"):
        child(factory="phonebot.nowhere:makes").start()


def test_it_stands_back_for_callers_and_leaves_no_core(child: Make) -> None:
    _, nice, core, killed_first, threads = child().transcribe(Path("tells_of_itself")).text.split()
    assert int(nice) == min(os.nice(0) + 5, 19)
    assert (core, killed_first, threads) == ("0", "1000", "1")


def test_being_told_to_stop_loses_no_words(child: Make) -> None:
    transcriber = child()
    number = number_of(transcriber)
    assert os.getpgid(number) != os.getpgid(0)
    with ThreadPoolExecutor(1) as thread:
        heard = thread.submit(transcriber.transcribe, Path("takes_its_time"))
        time.sleep(0.1)
        for signalled in (signal.SIGTERM, signal.SIGINT):
            os.kill(number, signalled)
        assert heard.result(10).text == "in the end"


def test_threads_wait_for_one_another(child: Make) -> None:
    transcriber = child()
    with ThreadPoolExecutor(4) as threads:
        heard = list(threads.map(lambda at: transcriber.transcribe(Path(f"/{at}.wav")).text, range(8)))
    assert [text.split(".")[0] for text in heard] == [f"/{at}" for at in range(8)]
    assert sorted(int(text.split()[-1]) for text in heard) == list(range(1, 9))


def test_closing_ends_it_in_the_midst_of_a_recording_with_all_it_started(child: Make, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    transcriber = child(notes=str(notes))
    first = number_of(transcriber)
    with ThreadPoolExecutor(1) as thread:
        heard = thread.submit(transcriber.transcribe, Path("starts_another"))
        assert eventually(lambda: notes.exists() and bool(notes.read_text()))
        transcriber.close()
        assert isinstance(trouble := heard.exception(5), NotReady)
        assert str(trouble) == "the worker was told to stop"
    assert eventually(lambda: is_gone(first))
    assert eventually(lambda: is_gone(int(notes.read_text())))


def test_closing_while_it_starts_ends_that(child: Make) -> None:
    transcriber = child(does="hangs")
    with ThreadPoolExecutor(1) as thread:
        started = thread.submit(transcriber.start)
        time.sleep(0.2)
        transcriber.close()
        assert isinstance(started.exception(5), NotReady)


def test_a_closed_one_hears_no_more_and_may_be_closed_again(child: Make) -> None:
    transcriber = child()
    transcriber.close()
    trouble = trouble_of(transcriber, "/one.wav")
    assert isinstance(trouble, NotReady)
    assert "told to stop" in str(trouble)
    transcriber.close()


def test_it_ends_with_a_worker_that_is_killed_even_in_the_midst_of_a_recording(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    notes = tmp_path / "notes"
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    program = (
        "import sys; from pathlib import Path; from phonebot.speech.child import ChildTranscriber\n"
        f"ChildTranscriber({ENGINES!r}, {{'notes': sys.argv[1]}}).transcribe(Path('works_on'))"
    )
    worker = subprocess.Popen([sys.executable, "-c", program, str(notes)])
    try:
        assert eventually(lambda: notes.exists() and bool(notes.read_text()), 20)
        number = int(notes.read_text())
        assert not is_gone(number)
    finally:
        worker.kill()
        worker.wait()
    assert eventually(lambda: is_gone(number))


@pytest.mark.parametrize(("seconds", "limit"), [(0.5, 63), (10, 120), (60, 270)])
def test_a_recording_has_time_after_its_length_and_never_more_than_a_job_has(
    tmp_path: Path, seconds: float, limit: float
) -> None:
    path = tmp_path / "one.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(int(seconds * 16_000)))
    assert Limits().of(path) == pytest.approx(limit)


def test_a_recording_whose_process_had_to_be_started_has_what_that_left(child: Make) -> None:
    transcriber = child(Limits(load=20, each=20, whole=2), does="takes_its_time")
    before = time.monotonic()
    assert trouble_of(transcriber, "hangs").retryable
    assert time.monotonic() - before < 10


def test_a_recording_does_not_wait_for_ever_for_a_model_that_is_being_fetched(child: Make) -> None:
    transcriber = child(Limits(start=20, load=0.2), does="hangs")
    with ThreadPoolExecutor(1) as thread:
        started = thread.submit(transcriber.start)
        time.sleep(0.2)
        trouble = trouble_of(transcriber, "/one.wav")
        assert isinstance(trouble, NotReady)
        assert trouble.retryable
        assert "not ready" in str(trouble)
        assert not started.done()
        transcriber.close()


def test_an_engine_that_takes_too_long_to_make_is_waited_for(child: Make) -> None:
    assert isinstance(trouble_of(child(Limits(load=3), does="hangs"), "/one.wav"), NotReady)


@pytest.mark.parametrize(
    ("way", "failed"), [("crashes", True), ("bloats", True), ("stumbles", True), ("is_sorry", False)]
)
def test_what_an_engine_that_was_ready_fails_at_is_told_from_what_it_says_itself(
    child: Make, way: str, failed: bool
) -> None:
    assert isinstance(trouble_of(child(), way), EngineFailed) is failed


def test_an_engine_in_its_process_knows_no_secret_but_its_own(child: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["TWILIO_AUTH_TOKEN", "TWILIO_AUTH_TOKEN_PREVIOUS", "SECRET_KEY", "DATABASE_URL", "SMTP_URL"]
    secret = [f"{name}{ending}" for name in names for ending in ("", "_FILE")]
    for name in [*secret, "OPENAI_API_KEY"]:
        monkeypatch.setenv(name, "a secret for tests")
    known = child().transcribe(Path("names_its_variables")).text.split()
    assert not set(secret) & set(known)
    assert {"OPENAI_API_KEY", "PATH"} <= set(known)


def test_a_recording_whose_name_is_not_utf8_has_time_after_its_length(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.wav")
    path.write_bytes(silence(10))
    assert Limits().of(path) == pytest.approx(120, abs=1)


def test_what_is_no_recording_has_the_least_time(tmp_path: Path) -> None:
    path = tmp_path / "one.wav"
    path.write_bytes(b"<html>")
    assert Limits().of(path) == Limits().of(tmp_path / "none.wav") == Limits().each


def test_it_may_be_used_in_a_with_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    transcriber: AbstractContextManager[ChildTranscriber] = ChildTranscriber(ENGINES, {}, LONG)
    with transcriber as opened:
        number = number_of(opened)
    assert eventually(lambda: is_gone(number))
