"""Twice is once: whatever repeats, races, comes late or never, one call is one call and leaves one message."""

from collections.abc import Callable
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from phonebot.domain.outbox import JobKind
from phonebot.simulator import Mischief
from tests.calling import (
    for_the_cover,
    form_of,
    leaves_message,
    left_by_callers,
    posts,
    rows,
    second_thoughts,
    worker_goes_on,
)
from tests.offices import RECEPTION_PHONE
from tests.running import Phonebot, running


def taken_by_reception(phonebot: Phonebot) -> None:
    """A caller is put through, after saying who they are."""
    phonebot.network.phone(RECEPTION_PHONE).answers("1")
    phonebot.rings(caller="+447700900144").says("Ann Lee").presses("0").is_joined().waits()


def all_the_calls(phonebot: Phonebot) -> None:
    """Every call of the comparison, one after another, and then the worker's part."""
    second_thoughts(phonebot)
    for_the_cover(phonebot)
    taken_by_reception(phonebot)
    phonebot.rings(caller="+447700900145").stays_silent().hangs_up()
    worker_goes_on(phonebot)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> dict[str, object]:
    """The rows that the same calls leave on a network that does nothing amiss."""
    folder = tmp_path_factory.mktemp("undisturbed")
    copy(sqlite_template, folder / "phonebot.db")
    with running(folder, f"sqlite:///{folder / 'phonebot.db'}") as phonebot:
        all_the_calls(phonebot)
        return {"rows": rows(phonebot), "left": left_by_callers(phonebot)}


@pytest.mark.parametrize(
    "mischief",
    [
        Mischief(repeat=1),
        Mischief(repeat=2, likely=0.4),
        Mischief(parallel=1),
        Mischief(parallel=3, likely=0.3),
        Mischief(reorder=True),
        Mischief(recording_first=True, repeat=1),
        Mischief(reorder=True, parallel=1, likely=0.6),
    ],
    ids=["twice", "thrice at times", "at once", "four at once at times", "late", "recordings first", "everything"],
)
def test_twice_is_once(tmp_path: Path, database_url: str, mischief: Mischief, undisturbed: dict[str, object]) -> None:
    with running(tmp_path, database_url, mischief=mischief) as phonebot:
        all_the_calls(phonebot)
        now = rows(phonebot)
        for table, before in undisturbed["rows"].items():  # type: ignore[attr-defined]  # a dictionary of rows
            assert now[table] == before, table
        assert not phonebot.worker.drain()


@pytest.mark.parametrize("dropped", ["recording", "status"])
def test_a_webhook_that_never_comes_costs_time_and_nothing_else(
    tmp_path: Path, database_url: str, dropped: str, undisturbed: dict[str, object]
) -> None:
    with running(tmp_path, database_url, mischief=Mischief(drop=[dropped])) as phonebot:
        all_the_calls(phonebot)
        worker_goes_on(phonebot, minutes=20)
        assert left_by_callers(phonebot) == undisturbed["left"]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("chance", [0.2, 0.5, 0.8])
def test_whichever_webhooks_are_lost_the_same_is_left(
    tmp_path: Path, database_url: str, chance: float, undisturbed: dict[str, object]
) -> None:
    mischief = Mischief(drop=["status", "recording"], likely=chance, repeat=1)
    with running(tmp_path, database_url, mischief=mischief) as phonebot:
        all_the_calls(phonebot)
        worker_goes_on(phonebot, minutes=20)
        assert left_by_callers(phonebot) == undisturbed["left"]


def test_a_call_whose_end_nobody_tells_is_closed_once_twilio_is_asked(tmp_path: Path, database_url: str) -> None:
    with running(tmp_path, database_url, mischief=Mischief(drop=["status"])) as phonebot:
        phonebot.rings().says("Julie Smith").hangs_up()
        assert phonebot.the_message().state == "draft"
        phonebot.clock.goes_on(minutes=2)
        phonebot.worker.drain()
        assert phonebot.the_message().state == "new"


def test_a_call_nobody_ends_is_closed_after_five_silent_minutes_and_not_before(
    tmp_path: Path, database_url: str
) -> None:
    with running(tmp_path, database_url) as phonebot:
        # To the network it still goes on.
        live = phonebot.rings().says("Julie Smith").presses("1")
        phonebot.clock.goes_on(minutes=4, seconds=59)
        phonebot.worker.drain()
        assert phonebot.the_message().state == "draft"
        phonebot.clock.goes_on(seconds=31)
        phonebot.worker.drain()
        message = phonebot.the_message()
        assert (message.state, message.complete, message.name) == ("new", False, "Julie Smith")
        live.hangs_up()


def test_a_recording_whose_action_is_lost_is_kept_by_its_webhook(tmp_path: Path, database_url: str) -> None:
    with running(tmp_path, database_url) as phonebot:
        live = phonebot.rings().presses("*").hears_tone()
        phonebot.app.wsgi_app = _without(phonebot.app.wsgi_app, "/twilio/voice")  # type: ignore[method-assign]  # Flask's own way to put something before an app
        phonebot.network.expects_status(503)
        live.records(8, "hangup")
        worker_goes_on(phonebot)
        message = phonebot.the_message()
        assert (message.state, message.name) == ("new", None)
        (recording,) = phonebot.recordings()
        assert (recording.state, recording.message_id, recording.purpose) == ("fetched", message.id, "message")


def _without(app: Any, path: str) -> Any:
    """The application, but requests below a path are lost on the way."""

    def passing(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        if environ["PATH_INFO"].startswith(path):
            start_response("503 Service Unavailable", [("Content-Length", "0")])
            return [b""]
        return app(environ, start_response)

    return passing


@pytest.mark.parametrize("first", ["action", "webhook"])
def test_a_recording_announced_in_either_order_is_attached_once(phonebot: Phonebot, first: str) -> None:
    live = phonebot.rings().presses("*")
    sid = "RE" + "5" * 32
    action = ("/twilio/voice/turn?n=2", form_of(live.sid, RecordingSid=sid, RecordingDuration="9", Digits="#"))
    webhook = (
        "/twilio/recording",
        form_of(live.sid, RecordingSid=sid, RecordingDuration="9", RecordingStatus="completed"),
    )
    told = [action, webhook] if first == "action" else [webhook, action]
    for path, form in [*told, *told]:
        assert posts(phonebot, path, form).ok
    (recording,) = phonebot.recordings()
    assert (recording.message_id, recording.seconds, recording.state) == (phonebot.the_message().id, 9, "announced")
    assert len(rows(phonebot)["outbox"]) == 1
    live.hangs_up()


def test_the_same_turn_gets_the_same_answer_whatever_it_brings_the_second_time(phonebot: Phonebot) -> None:
    live = phonebot.rings()
    first = posts(phonebot, "/twilio/voice/turn?n=1", form_of(live.sid, SpeechResult="Julie Smith"))
    again = posts(phonebot, "/twilio/voice/turn?n=1", form_of(live.sid, SpeechResult="Somebody Else"))
    begun_again = posts(phonebot, "/twilio/voice", form_of(live.sid))
    assert again.content == first.content
    assert b"who&#39;s calling" in begun_again.content.lower() or b"who's calling" in begun_again.content.lower()
    assert phonebot.the_message().name == "Julie Smith"
    assert len(phonebot.calls()) == 1
    live.hangs_up()


def test_a_captured_call_replayed_a_day_later_changes_nothing(phonebot: Phonebot) -> None:
    all_the_calls(phonebot)
    before = rows(phonebot)
    phonebot.clock.goes_on(days=1)
    for sid in list(phonebot.network.calls):
        phonebot.network.replay(sid)
    assert rows(phonebot) == before
    worker_goes_on(phonebot)
    after = rows(phonebot)
    # A day has its digests, whoever replays what.
    after["outbox"] = [job for job in after["outbox"] if job["kind"] != JobKind.DIGEST]
    assert after == before


def test_a_status_never_takes_a_call_back_that_is_over(phonebot: Phonebot) -> None:
    live = leaves_message(phonebot.rings())
    before = left_by_callers(phonebot)
    for status in ("in-progress", "ringing", "queued", "completed", "failed", "unheard-of"):
        assert posts(phonebot, "/twilio/status", form_of(live.sid, CallStatus=status)).status_code == 204
    assert left_by_callers(phonebot) == before
    assert phonebot.calls()[0].ended_at is not None


def test_the_first_answer_lost_the_call_goes_on_from_the_fallback_and_is_one_call(
    tmp_path: Path, database_url: str
) -> None:
    with running(tmp_path, database_url, mischief=Mischief(lose_answers=True)) as phonebot:
        live = phonebot.rings().hears("wrong", "message").hears_tone()
        live.says("This is Julie Smith, please ring me about the invoice").hears("saved").hears_goodbye()
        worker_goes_on(phonebot)
        message = phonebot.the_message()
        assert (len(phonebot.calls()), message.state, message.mailbox) == (1, "new", "sue")
        assert [one.state for one in phonebot.recordings()] == ["fetched"]


def test_a_turn_of_a_call_we_never_heard_of_begins_the_call(phonebot: Phonebot) -> None:
    answer = posts(phonebot, "/twilio/voice/turn?n=4", form_of(SpeechResult="Thursday"))
    assert b"calling" in answer.content
    assert len(phonebot.calls()) == 1
    assert posts(phonebot, "/twilio/status", form_of(CallStatus="completed")).status_code == 204
    assert phonebot.the_message().state == "missed"


def test_a_call_from_a_number_that_no_line_has_is_taken_for_the_office(phonebot: Phonebot) -> None:
    phonebot.rings(line="+442079460177").hears("Cohen and Hart").hangs_up()
    assert phonebot.the_message().mailbox == "office"
