"""The last resort: with the database away, or worse, a caller can still leave a message, and it comes in once."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
import requests
from sqlalchemy import make_url, text

from phonebot.app import create_app
from phonebot.simulator.twiml import read_document
from phonebot.simulator.verbs import Record, Say
from phonebot.store.database import Database
from tests.calling import form_of, left_by_callers, posts, rows, worker_goes_on
from tests.offices import RECEPTION_PHONE
from tests.running import Phonebot, running


@contextmanager
def instead(phonebot: Phonebot, app: Any) -> Iterator[None]:
    """Another application answers for a while."""
    there = phonebot.app.wsgi_app
    phonebot.app.wsgi_app = app  # type: ignore[method-assign]  # Flask's own way to put something before an app
    try:
        yield
    finally:
        phonebot.app.wsgi_app = there  # type: ignore[method-assign]  # as above


@contextmanager
def database_gone(phonebot: Phonebot) -> Iterator[None]:
    """The application finds no database where it should be: no server at the port, a folder in the file's place."""
    (phonebot.folder / "no-file").mkdir(exist_ok=True)
    sqlite = phonebot.settings.database_url.get_secret_value().startswith("sqlite")
    dead = f"sqlite:///{phonebot.folder / 'no-file'}" if sqlite else "postgresql+psycopg://postgres@127.0.0.1:1/gone"
    database = Database(dead)
    try:
        with instead(phonebot, create_app(phonebot.settings, database, clock=phonebot.clock).wsgi_app):
            yield
    finally:
        database.close()


@contextmanager
def database_locked(phonebot: Phonebot) -> Iterator[None]:
    """Somebody else holds the database and does not let go."""
    url = make_url(phonebot.settings.database_url.get_secret_value())
    if url.get_backend_name() == "sqlite":
        held = sqlite3.connect(url.database or "", isolation_level=None)
        held.execute("BEGIN EXCLUSIVE")
        yield
        held.execute("ROLLBACK")
        held.close()
    else:
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address) as connection:
            connection.execute("LOCK TABLE calls, messages IN ACCESS EXCLUSIVE MODE")
            yield
            connection.rollback()


def spooled(phonebot: Phonebot) -> list[str]:
    """The kinds of the webhooks that wait in the spool."""
    files = sorted(phonebot.settings.spool_dir.glob("*"))
    return [json.loads(line)["kind"] for file in files for line in file.read_text().splitlines()]


def test_with_the_database_gone_a_whole_call_is_taken_and_comes_in_once(phonebot: Phonebot) -> None:
    with database_gone(phonebot):
        live = phonebot.rings().hears("wrong at our end", "message", "recorded").hears_tone()
        live.records(12, "#").hears("saved").hears_goodbye()
        phonebot.rings(caller="+447700900144").hears_tone().records(5, "hangup")
        phonebot.rings(caller="+447700900145").hears_tone().hangs_up()
    assert phonebot.calls() == []
    assert {"voice", "last", "recording", "status"} <= set(spooled(phonebot))
    worker_goes_on(phonebot)
    assert [(one.state, one.mailbox, one.caller_id) for one in phonebot.messages()] == [
        ("new", "sue", "+447700900143"),
        ("new", "sue", "+447700900144"),
        ("missed", "sue", "+447700900145"),
    ]
    assert sorted((one.state, one.seconds) for one in phonebot.recordings() if one.state != "absent") == [
        ("fetched", 5), ("fetched", 12),
    ]  # fmt: skip
    assert spooled(phonebot) == []
    before = rows(phonebot)
    worker_goes_on(phonebot)
    assert rows(phonebot) == before


def test_a_turn_that_fails_mid_call_keeps_what_was_said_in_it(phonebot: Phonebot) -> None:
    live = phonebot.rings().says("Julie Smith, from Hartwell Dental.").presses("1")
    with database_gone(phonebot):
        live.says("Last month's invoice.").hears("wrong").hears_tone().records(9, "#").hears_goodbye()
    worker_goes_on(phonebot)
    message = phonebot.the_message()
    assert (message.name, message.number) == ("Julie Smith", "+447700900143")
    assert (message.business, message.window_said) == ("Last month's invoice.", None)
    assert (message.state, message.complete) == ("new", False)
    assert [(one.state, one.seconds, one.message_id) for one in phonebot.recordings()] == [("fetched", 9, message.id)]


def test_what_was_said_to_a_server_that_was_down_is_kept_by_the_fallback(phonebot: Phonebot) -> None:
    phonebot.network.expects_status(503)
    live = phonebot.rings().says("Julie Smith").presses("1")
    with instead(phonebot, without(phonebot.app.wsgi_app, "/twilio/voice/turn")):
        live.says("Last month's invoice.").hears("wrong").hears_tone().hangs_up()
    worker_goes_on(phonebot)
    message = phonebot.the_message()
    assert (message.name, message.business, message.state) == ("Julie Smith", "Last month's invoice.", "new")


def without(app: Any, path: str, times: int = 1000) -> Callable[..., Any]:
    """The application, but so many requests to a path are lost on the way."""
    left = [times]

    def passing(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        if environ["PATH_INFO"] == path and left[0] > 0:
            left[0] -= 1
            start_response("503 Service Unavailable", [("Content-Length", "0")])
            return [b""]
        return app(environ, start_response)

    return passing


def test_a_hang_up_that_cannot_be_stored_is_listed_once_the_worker_can(phonebot: Phonebot) -> None:
    live = phonebot.rings().says("Julie Smith")
    with database_gone(phonebot):
        live.hangs_up()
    assert phonebot.the_message().state == "draft"
    phonebot.worker.drain()
    assert (phonebot.the_message().state, phonebot.the_message().name) == ("new", "Julie Smith")


def test_a_phone_that_is_rung_while_the_database_is_away_is_let_go_and_not_joined(phonebot: Phonebot) -> None:
    phonebot.network.phone(RECEPTION_PHONE).answers("1")
    live = phonebot.rings().presses("0").hears("reception")
    with database_gone(phonebot):
        live.hears("wrong").hears_tone().records(7, "#").hears_goodbye()
    worker_goes_on(phonebot)
    assert [(one.state, one.mailbox) for one in phonebot.messages()] == [("new", "sue")]


def test_a_locked_database_is_not_waited_for_longer_than_a_caller_would(phonebot: Phonebot) -> None:
    live = phonebot.rings().says("Julie Smith").presses("1")
    with database_locked(phonebot):
        live.says("The invoice").hears("wrong").hears_tone()
    assert max(delivery.answer.seconds for delivery in phonebot.network.deliveries) < 10
    live.records(6, "#").hears_goodbye()
    worker_goes_on(phonebot)
    sounds = [("fetched", "message")]
    assert left_by_callers(phonebot) == [
        (live.sid, "sue", "new", False, "Julie Smith", None, "+447700900143", "The invoice", None, sounds)
    ]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("table", ["calls", "messages", "webhooks", "office", "recordings", "outbox"])
def test_with_any_table_missing_the_caller_is_heard_and_comes_in_when_it_is_back(
    phonebot: Phonebot, table: str
) -> None:
    rename = "ALTER TABLE {} RENAME TO {}"
    with phonebot.database.engine.begin() as connection:
        connection.execute(text("PRAGMA legacy_alter_table=ON"))
        connection.execute(text(rename.format(table, "mislaid")))
    live = phonebot.rings()
    if table in {"recordings", "outbox"}:
        live = live.presses("*")
    live.hears_tone().records(8, "#").hears_tone().hangs_up() if table in {"recordings", "outbox"} else live.records(8)
    with phonebot.database.engine.begin() as connection:
        connection.execute(text("PRAGMA legacy_alter_table=ON"))
        connection.execute(text(rename.format("mislaid", table)))
    worker_goes_on(phonebot)
    assert [one.state for one in phonebot.messages()] == ["new"]
    assert [one.state for one in phonebot.recordings() if one.state != "absent"] == ["fetched"]


@pytest.mark.parametrize("error", ["11200", "11205", "11217", "12100", ""])
def test_the_fallback_needs_no_database_and_still_records(phonebot: Phonebot, error: str) -> None:
    with database_gone(phonebot):
        form = form_of(ErrorCode=error, ErrorUrl=phonebot.settings.public_url + "/twilio/voice", CallStatus="ringing")
        answer = posts(phonebot, "/twilio/voice/fallback", form)
    said, tone = read_document(answer.content, answer.headers["Content-Type"])
    assert isinstance(said, Say)
    assert isinstance(tone, Record)
    assert "recorded" in said.words
    assert tone.status_url.endswith("#rc=2&rp=ct,5xx")
    assert spooled(phonebot) == ["voice"]
    phonebot.worker.drain()
    assert [(one.sid, one.line) for one in phonebot.calls()] == [("CA" + "7" * 32, "+442079460100")]


def test_with_nowhere_to_write_the_caller_is_still_answered(tmp_path: Path, database_url: str) -> None:
    (tmp_path / "spool").write_text("a file where a folder should be")
    with running(tmp_path, database_url) as phonebot:
        phonebot.network.expects_status(500)
        with database_gone(phonebot):
            live = phonebot.rings().hears("wrong").hears_tone().records(11, "#").hears_goodbye()
            hung_up = phonebot.rings().hears_tone().hangs_up()
        told = [
            one for one in phonebot.network.deliveries if one.webhook.kind == "recording" and one.answer.status == 500
        ]
        assert len(told) == 6, "each of the two is tried three times"
        (tmp_path / "spool").unlink()
        # Nothing of it was stored, but Twilio has the sound and knows who rang, and the worker asks for both.
        worker_goes_on(phonebot, minutes=6)
        assert [(one.call_sid, one.state) for one in phonebot.messages()] == [
            (live.sid, "new"),
            (hung_up.sid, "missed"),
        ]
        assert [(one.state, one.seconds) for one in phonebot.recordings()] == [("fetched", 11)]


@pytest.mark.parametrize("lost", [1, 2])
def test_a_recording_webhook_is_tried_again_until_it_is_heard(phonebot: Phonebot, lost: int) -> None:
    live = phonebot.rings().presses("*")
    with instead(phonebot, without(phonebot.app.wsgi_app, "/twilio/recording", times=lost)):
        live.records(6, "hangup")
    tried = [one.answer.status for one in phonebot.network.deliveries if one.webhook.kind == "recording"]
    assert tried == [503] * lost + [204]
    assert [one.state for one in phonebot.recordings()] == ["announced"]


def test_the_process_lives_while_the_database_is_away_and_says_that_it_is_not_ready(phonebot: Phonebot) -> None:
    url = phonebot.settings.public_url
    assert requests.get(f"{url}/ready", timeout=20).status_code == 200
    with database_gone(phonebot):
        assert requests.get(f"{url}/health", timeout=20).status_code == 200
        assert requests.get(f"{url}/ready", timeout=20).status_code == 503
