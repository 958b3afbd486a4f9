"""A model named in the settings is fetched once, whole, with a bar on a terminal, and needs no network after that."""

import os
import pty
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.speech.pretend_hub import FILES, PretendHub

NOWHERE = "http://127.0.0.1:9"
PROGRAM = """
import sys
from phonebot.speech import hub
from phonebot.speech.errors import SpeechTrouble
try:
    print(getattr(hub, sys.argv[1])(sys.argv[2]).folder)
except SpeechTrouble as trouble:
    print("worth another try:" if trouble.retryable else "mistake:", trouble)
"""


@pytest.fixture
def hub() -> Iterator[PretendHub]:
    with PretendHub().serving() as pretended:
        yield pretended


class Machine:
    """A machine with a folder for models. Each asking is a process, since the hub's library reads variables once."""

    def __init__(self, hub: PretendHub, folder: Path) -> None:
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "TQDM_"))}
        self._environ = {**ours, "HF_ENDPOINT": hub.url, "HF_HOME": str(folder)}

    def asks(self, way: str, name: str = "small.en", **environ: str) -> str:
        """The folder, or what the trouble is."""
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM, way, name],
            env=self._environ | environ,
            capture_output=True,
            text=True,
            check=True,
        )
        assert "%" not in run.stderr
        return run.stdout.strip()

    def shows(self, name: str = "small.en") -> str:
        """What a terminal shows while a model is fetched."""
        ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (24, 80))
        program = [sys.executable, "-c", PROGRAM, "fetched", name]
        with subprocess.Popen(program, env=self._environ, stdout=subprocess.DEVNULL, stderr=theirs) as process:
            os.close(theirs)
            shown = b""
            while piece := _read(ours):
                shown += piece
        os.close(ours)
        assert process.returncode == 0
        return shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:
        # So a terminal says that nobody has it open any more.
        return b""


@pytest.fixture
def machine(hub: PretendHub, tmp_path: Path) -> Machine:
    return Machine(hub, tmp_path)


def test_a_model_is_fetched_once_and_then_found_without_the_network(hub: PretendHub, machine: Machine) -> None:
    folder = Path(machine.asks("fetched"))
    assert (folder / "model.bin").read_bytes() == FILES["model.bin"]
    assert hub.sent() == {"model.bin", "config.json", "tokenizer.json", "vocabulary.txt"}
    hub.asked.clear()
    assert machine.asks("fetched") == str(folder)
    assert not hub.asked
    assert machine.asks("found", HF_ENDPOINT=NOWHERE) == str(folder)


def test_a_fetch_that_breaks_off_goes_on_where_it_was(hub: PretendHub, machine: Machine) -> None:
    hub.breaks_off["model.bin"] = 1
    folder = Path(machine.asks("fetched", "Systran/faster-whisper-small.en"))
    assert (folder / "model.bin").read_bytes() == FILES["model.bin"]


def test_what_comes_damaged_is_fetched_again(hub: PretendHub, machine: Machine) -> None:
    hub.damages["model.bin"] = 1
    folder = Path(machine.asks("fetched"))
    assert (folder / "model.bin").read_bytes() == FILES["model.bin"]
    assert hub.asked["GET model.bin"] == 2


def test_what_always_comes_damaged_is_trouble_and_is_not_kept(
    hub: PretendHub, machine: Machine, tmp_path: Path
) -> None:
    hub.damages["model.bin"] = 99
    assert machine.asks("fetched").startswith("worth another try: the model small.en came damaged")
    assert list(tmp_path.rglob("config.json"))
    assert not list(tmp_path.rglob("model.bin"))


def test_a_terminal_shows_how_far_it_is(machine: Machine) -> None:
    shown = machine.shows()
    assert "100%" in shown
    assert "920kB" in shown


@pytest.mark.parametrize(
    ("name", "environ", "says"),
    [
        ("small.en", {"HF_ENDPOINT": NOWHERE}, "worth another try: the model small.en is not here yet"),
        ("small.en", {"HF_HUB_OFFLINE": "1"}, "worth another try: the model small.en is not here yet"),
        ("somebody/anything", {}, "mistake: PHONEBOT_SPEECH_MODEL: somebody/anything is no folder"),
    ],
)
def test_what_cannot_be_fetched_is_said_in_a_line(
    machine: Machine, name: str, environ: dict[str, str], says: str
) -> None:
    said = machine.asks("fetched", name, **environ)
    assert said.startswith(says)
    assert "\n" not in said


def test_a_place_at_the_hub_without_a_model_is_a_mistake(hub: PretendHub, machine: Machine) -> None:
    del hub.files["tokenizer.json"]
    assert machine.asks("fetched").endswith("has no tokenizer.json: it is no model that faster-whisper can load")
