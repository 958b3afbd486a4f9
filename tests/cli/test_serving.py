"""The two processes, as a host starts and stops them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import requests
from structlog.testing import capture_logs

from phonebot.cli.serving import warm
from phonebot.simulator import Network
from phonebot.simulator.signing import signature
from phonebot.speech.errors import NotReady
from tests.cli.conftest import CommandLine
from tests.offices import JULIE, SUE_LINE
from tests.running import ACCOUNT, TOKEN

PATIENCE_SECONDS = 60
CALL = "CA" + "5" * 32


@pytest.fixture
def database_kind() -> str:
    """How processes start and stop is the same on both databases."""
    return "sqlite"


@pytest.fixture
def environ(loaded: CommandLine, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Everything a host would set, with a network outside that has nothing to tell."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with Network("http://127.0.0.1:9", ACCOUNT, TOKEN) as network:
        yield {
            **os.environ,
            "DATABASE_URL": loaded.database_url,
            "PORT": str(port),
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "SECRET_KEY": "a secret for tests",
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_API_URL": network.serve_rest(),
            "MEDIA_DIR": str(tmp_path / "media"),
            "PHONEBOT_SPOOL_DIR": str(tmp_path / "spool"),
            "HOME": str(tmp_path),
        }


class Process:
    """A command that runs until it is told to stop, and the lines it has logged."""

    def __init__(self, name: str, environ: dict[str, str], folder: Path) -> None:
        self._log = folder / f"{name}.log"
        with self._log.open("wb") as log:
            begin = "from phonebot.cli import main; main()"
            self._process = subprocess.Popen([sys.executable, "-c", begin, name], env=environ, cwd=folder, stderr=log)

    def wait_for(self, event: str) -> None:
        """Wait until a line says so."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not any(line["event"].startswith(event) for line in self.lines()):
            assert self._process.poll() is None, self._log.read_text()
            assert time.monotonic() < until, self._log.read_text()
            time.sleep(0.05)

    def lines(self) -> list[dict[str, Any]]:
        """What was logged so far; every whole line is JSON."""
        return [json.loads(line) for line in self._log.read_text().splitlines(keepends=True) if line.endswith("\n")]

    def stops(self) -> int:
        """Tell it to stop, and return its exit code."""
        self._process.send_signal(signal.SIGTERM)
        try:
            return self._process.wait(PATIENCE_SECONDS)
        finally:
            self._process.kill()


def post(base: str, path: str, **more: str) -> requests.Response:
    """A webhook as Twilio signs it."""
    fields = {"CallSid": CALL, "AccountSid": ACCOUNT, "From": JULIE, "To": SUE_LINE, "CallStatus": "ringing", **more}
    signed = signature(TOKEN, base + path, fields.items())
    return requests.post(base + path, data=fields, headers={"X-Twilio-Signature": signed}, timeout=PATIENCE_SECONDS)


def test_the_web_process_answers_a_signed_call_logs_nobodys_data_and_stops_when_told(
    environ: dict[str, str], tmp_path: Path
) -> None:
    web, base = Process("serve", environ, tmp_path), environ["PUBLIC_URL"]
    try:
        web.wait_for("Booting worker")
        assert requests.get(f"{base}/ready", timeout=PATIENCE_SECONDS).text == "ready\n"
        answer = post(base, "/twilio/voice")
        assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (200, "text/xml")
        assert "Sue Cohen" in answer.text
        unsigned = requests.post(f"{base}/twilio/voice", data={"From": JULIE}, timeout=PATIENCE_SECONDS)
        assert unsigned.status_code == 403
        assert post(base, "/twilio/recording", RecordingStatus="unheard-of").status_code == 204
        web.wait_for("recording-webhook-without-news")
    finally:
        code = web.stops()
    assert code == 0
    named = {line["event"]: line.get("call_sid") for line in web.lines()}
    assert named["recording-webhook-without-news"] == CALL
    assert named["signature-refused"] is None
    assert all({"event", "level", "timestamp"} <= line.keys() for line in web.lines())
    assert JULIE not in (tmp_path / "serve.log").read_text()
    assert not any(tmp_path.glob(".gunicorn/*"))


def test_a_fault_in_a_webhook_is_logged_by_its_place_and_the_caller_can_still_record(
    environ: dict[str, str], tmp_path: Path
) -> None:
    base = environ["PUBLIC_URL"]
    # A database without the office: the call cannot be answered as it should.
    bare = tmp_path / "bare.db"
    bare.touch()
    web = Process("serve", environ | {"DATABASE_URL": f"sqlite:///{bare}"}, tmp_path)
    try:
        web.wait_for("Booting worker")
        assert requests.get(f"{base}/ready", timeout=PATIENCE_SECONDS).status_code == 503
        assert "<Record" in post(base, "/twilio/voice").text
    finally:
        assert web.stops() == 0
    (line,) = [line for line in web.lines() if line["event"] == "webhook-failed"]
    assert line["call_sid"] == CALL
    assert any(place.startswith("OperationalError at ") for place in line["exception"])
    assert "SELECT" not in (tmp_path / "serve.log").read_text()
    assert any(line["event"] == "not-ready" for line in web.lines())


def test_the_worker_stops_when_told(environ: dict[str, str], tmp_path: Path) -> None:
    worker = Process("worker", environ, tmp_path)
    try:
        worker.wait_for("worker-started")
    finally:
        code = worker.stops()
    assert code == 0
    assert worker.lines()[-1]["event"] == "worker-stopped"


def test_draining_ends_by_itself_when_nothing_is_due(environ: dict[str, str], loaded: CommandLine) -> None:
    assert loaded.says("worker", "--drain", **environ) == ""


def test_draining_needs_a_database_that_is_ready(environ: dict[str, str], loaded: CommandLine, tmp_path: Path) -> None:
    bare = f"sqlite:///{tmp_path / 'bare.db'}"
    assert "phonebot migrate" in loaded.refuses("worker", "--drain", **environ | {"DATABASE_URL": bare})


def test_a_worker_that_is_to_listen_with_an_engine_nobody_knows_says_so_in_a_line(
    loaded: CommandLine, environ: dict[str, str]
) -> None:
    assert "telepathy" in loaded.refuses("worker", "--drain", **environ | {"PHONEBOT_SPEECH": "telepathy"})


def test_an_engine_that_cannot_be_made_ready_is_tried_until_it_can_be() -> None:
    tries: list[str] = []

    class Late:
        def start(self) -> None:
            tries.append("tried")
            if len(tries) < 3:
                raise NotReady("no network")

    with capture_logs() as logs:
        warm(Late(), Event(), wait=0.01)
    assert len(tries) == 3
    assert [line["event"] for line in logs] == ["speech-trouble"] * 2


def test_an_engine_that_cannot_be_made_ready_keeps_nobody_from_stopping() -> None:
    stop = Event()

    class Never:
        def start(self) -> None:
            stop.set()
            raise NotReady("the worker was told to stop")

    with capture_logs() as logs:
        warm(Never(), stop)
    assert logs == []


@pytest.mark.parametrize("module", ["phonebot.app", "phonebot.cli.serving", "phonebot.cli.messages"])
def test_nothing_that_hears_words_is_loaded_where_none_are_heard(module: str) -> None:
    engines = ("faster_whisper", "ctranslate2", "speech_recognition", "phonebot.speech.engine", "phonebot.speech.child")
    look = f"import sys, {module}; print([name for name in {engines} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, timeout=60, check=True)
    assert loaded.stdout == "[]\n"
