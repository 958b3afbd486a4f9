"""The doctor says what is not right with a phonebot on a real number, and what to do; of all else that it is well."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from phonebot.domain.outbox import Job, JobKind
from phonebot.services.calls.reconcile_calls import LOOKED
from phonebot.services.health.connecting import connect, plan
from phonebot.services.health.doctor import examine
from phonebot.services.health.findings import Finding
from phonebot.simulator.recordings import KeptRecording
from phonebot.store import outbox
from phonebot.store.database import Database, NotReady
from phonebot.store.tables import OfficeRow, WatermarkRow
from phonebot.store.watermarks import move_watermark
from phonebot.telephony.client import TwilioClient
from tests.left_messages import load_office
from tests.mail.post_office import PostOffice
from tests.offices import OFFICE_LINE, OFFICE_TOML, SUE_LINE, TOM_LINE
from tests.running import ACCOUNT, TOKEN, Phonebot, running

BIN = "https://handler.twilio.com/twiml/EH1"
WITH_TEXTS = OFFICE_TOML.replace("[reception]", f'text_number = "{SUE_LINE}"\n\n[reception]')


class Practice:
    """A phonebot on the simulator's numbers, with all that can be spoilt about it, and the doctor who looks at it."""

    def __init__(self, phonebot: Phonebot, post: PostOffice) -> None:
        self.phonebot, self.network, self.database = phonebot, phonebot.network, phonebot.database
        settings = phonebot.settings
        self.environ = {
            "DATABASE_URL": settings.database_url.get_secret_value(),
            "PUBLIC_URL": settings.public_url,
            "SECRET_KEY": "a secret for tests",
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_API_URL": settings.twilio_api_url,
            "SMTP_URL": post.url,
            "MAIL_FROM": "phone@example.com",
        }
        # The simulator's answers are dated by the real clock, as Twilio's are.
        self.clock_is_ahead = timedelta()
        for line in (SUE_LINE, OFFICE_LINE, TOM_LINE):
            self.network.owns(line, voice_fallback_url=BIN)
            self.connects(line)
        with self.database.write() as session:
            move_watermark(session, LOOKED, self.now())

    def connects(self, line: str) -> None:
        settings = self.phonebot.settings
        twilio = TwilioClient(settings)
        connect(twilio, plan(self.database, twilio, settings, line))

    def now(self) -> datetime:
        return datetime.now(UTC) + self.clock_is_ahead

    def sets(self, line: str, **settings: str) -> None:
        """Spoil what a line is set to."""
        owned = self.network.owned(line)
        assert owned is not None
        TwilioClient(self.phonebot.settings).configure_number(owned.sid, **settings)

    def findings(self, *, ready: bool = True) -> list[Finding]:
        @contextmanager
        def opened() -> Iterator[Database]:
            if not ready:
                raise NotReady("the database has no tables yet")
            yield self.database

        return list(examine(self.environ, opened, self.now))

    def wrong(self, *, ready: bool = True) -> dict[str, str]:
        """What is not right, by what was looked at."""
        return {one.what: one.says for one in self.findings(ready=ready) if not one.ok}

    def says(self, what: str) -> str:
        """What is said of one thing that is right."""
        (found,) = (one for one in self.findings() if one.what == what)
        assert found.ok
        return found.says


@pytest.fixture
def database_kind() -> str:
    """What is asked of the database is asked of both kinds by the tests of the store."""
    return "sqlite"


@pytest.fixture
def practice(tmp_path: Path, database_url: str) -> Iterator[Practice]:
    with running(tmp_path, database_url) as phonebot, PostOffice() as post:
        yield Practice(phonebot, post)


def test_where_all_is_well_nothing_is_wrong_and_nothing_is_left_behind(practice: Practice) -> None:
    before = practice.phonebot.calls()
    found = practice.findings()
    assert [one for one in found if not one.ok] == []
    assert {one.what for one in found} == {
        "settings", "database", "office", "people", "worker", "jobs", "web", "signature", "account",
        f"line {SUE_LINE}", f"line {OFFICE_LINE}", f"line {TOM_LINE}", "fallback", "text_number", "media", "clock",
        "mail", "speech",
    }  # fmt: skip
    assert practice.phonebot.calls() == before
    assert practice.network.deliveries == []


def test_each_bad_setting_is_told_and_what_can_be_looked_at_is(practice: Practice) -> None:
    del practice.environ["SECRET_KEY"]
    practice.environ["PUBLIC_URL"] = "http://phone.example.com"
    found = practice.findings()
    assert len([one for one in found if one.what == "settings" and not one.ok]) == 2
    assert {one.what for one in found} == {"settings", "database", "office", "people", "worker", "jobs", "speech"}


def test_a_database_that_is_not_ready_is_told_and_the_rest_is_looked_at(practice: Practice) -> None:
    assert practice.wrong(ready=False)["database"] == "the database has no tables yet"
    assert {"web", "account", "mail"} <= {one.what for one in practice.findings(ready=False) if one.ok}


def test_an_address_at_which_nobody_answers_is_told(practice: Practice) -> None:
    practice.environ["PUBLIC_URL"] = "http://127.0.0.1:9"
    wrong = practice.wrong()
    assert "serve" in wrong["web"]
    assert "phonebot twilio connect" in wrong[f"line {SUE_LINE}"]


def test_an_address_at_which_something_else_answers_is_told(practice: Practice) -> None:
    practice.environ["PUBLIC_URL"] = practice.environ["TWILIO_API_URL"]
    wrong = practice.wrong()
    assert "something else" in wrong["web"]
    assert "403" in wrong["signature"]


@pytest.mark.parametrize(
    ("name", "value"), [("TWILIO_AUTH_TOKEN", "another token"), ("TWILIO_ACCOUNT_SID", "AC" + "9" * 32)]
)
def test_another_token_or_account_than_the_web_process_has_is_told(practice: Practice, name: str, value: str) -> None:
    practice.environ[name] = value
    wrong = practice.wrong()
    assert "refused" in wrong["signature"]
    assert "TWILIO_AUTH_TOKEN" in wrong["account"]


def test_an_account_that_is_not_active_is_told(practice: Practice) -> None:
    practice.network.account_status = "suspended"
    assert "suspended" in practice.wrong()["account"]


def test_a_twilio_that_does_not_answer_is_told(practice: Practice) -> None:
    practice.environ["TWILIO_API_URL"] = "http://127.0.0.1:9"
    wrong = practice.wrong()
    assert "did not answer" in wrong["account"]
    assert "cannot be compared" in wrong["clock"]


@pytest.mark.parametrize(
    "settings",
    [
        {"voice_url": "https://demo.example.com/welcome"},
        {"voice_method": "GET"},
        {"voice_fallback_url": ""},
        {"status_callback": ""},
        {"voice_application_sid": "AP" + "1" * 32},
        {"trunk_sid": "TK" + "1" * 32},
    ],
    ids=lambda settings: next(iter(settings)),
)
def test_a_line_whose_calls_do_not_come_here_is_told_with_the_command_that_mends_it(
    practice: Practice, settings: dict[str, str]
) -> None:
    practice.sets(SUE_LINE, **settings)
    said = practice.wrong()[f"line {SUE_LINE}"]
    assert next(iter(settings)).removesuffix("_method") in said
    assert f"`phonebot twilio connect {SUE_LINE}`" in said
    practice.connects(SUE_LINE)
    assert f"line {SUE_LINE}" not in practice.wrong()


def test_a_line_that_the_account_has_not_is_told(practice: Practice, tmp_path: Path) -> None:
    load_office(practice.database, tmp_path, OFFICE_TOML.replace(TOM_LINE, "+442079460177"), practice.now())
    assert practice.wrong().keys() == {"line +442079460177"}


def test_a_fallback_on_our_own_host_is_told_with_what_to_do(practice: Practice) -> None:
    practice.sets(TOM_LINE, voice_fallback_url=f"{practice.environ['PUBLIC_URL']}/twilio/voice/fallback")
    wrong = practice.wrong()
    assert wrong.keys() == {"fallback"}
    assert TOM_LINE in wrong["fallback"]
    assert SUE_LINE not in wrong["fallback"]
    assert "TwiML Bin" in wrong["fallback"]


def test_a_text_number_must_be_there_be_able_to_text_and_lead_here(practice: Practice, tmp_path: Path) -> None:
    load_office(practice.database, tmp_path, WITH_TEXTS, practice.now())
    assert "connect" in practice.wrong()["text_number"]
    practice.connects(SUE_LINE)
    assert practice.wrong() == {}
    owned = practice.network.owned(SUE_LINE)
    assert owned is not None
    owned.can_text = False
    assert "cannot text" in practice.wrong()["text_number"]
    elsewhere = WITH_TEXTS.replace(f'text_number = "{SUE_LINE}"', 'text_number = "+442079460177"')
    load_office(practice.database, tmp_path, elsewhere, practice.now())
    assert "has no number" in practice.wrong()["text_number"]


def test_recordings_that_strangers_may_fetch_are_told(practice: Practice) -> None:
    assert "cannot be told" in practice.says("media")
    practice.network.archive.kept["RE" + "a" * 32] = KeptRecording(
        sid="RE" + "a" * 32, sound=b"RIFF", call_sid="CA" + "a" * 32, account_sid=ACCOUNT, seconds=2.0,
        media_host="https://api.twilio.com", began=practice.now() - timedelta(days=1),
    )  # fmt: skip
    assert "strangers cannot" in practice.says("media")
    practice.network.open_media = True
    # The simulator, too, has not got a recording ready the first time.
    assert "answered 404" in practice.says("media")
    assert "Twilio console" in practice.wrong()["media"]


@pytest.mark.parametrize(("seconds", "which"), [(45, "ahead of"), (-45, "behind")])
def test_a_clock_that_is_wrong_is_told_with_how_much(practice: Practice, seconds: int, which: str) -> None:
    practice.clock_is_ahead = timedelta(seconds=seconds)
    said = practice.wrong()["clock"]
    assert which in said
    assert any(f"{near} seconds" in said for near in range(abs(seconds) - 3, abs(seconds) + 4))
    practice.clock_is_ahead = timedelta(seconds=10)
    assert practice.wrong() == {}


def test_mail_that_cannot_be_sent_is_told(practice: Practice) -> None:
    practice.environ["SMTP_URL"] = "smtp://127.0.0.1:9"
    assert "SMTP_URL" in practice.wrong()["mail"]
    del practice.environ["SMTP_URL"], practice.environ["MAIL_FROM"]
    assert "tom, sue" in practice.wrong()["mail"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({'email = "sue@example.com"\n': ""}, "sue has digest times"),
        ({'email = "tom@example.com"\n': ""}, "tom cannot be told of any message"),
        ({'email = "tom@example.com"': 'email = "tom@example.com"\nnotices = "none"'}, "tom is told of nothing"),
    ],
)
def test_whoever_cannot_be_told_of_what_is_theirs_is_named(
    practice: Practice, tmp_path: Path, changes: dict[str, str], words: str
) -> None:
    text = OFFICE_TOML
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    load_office(practice.database, tmp_path, text, practice.now())
    assert practice.wrong()["people"].startswith(words)


def test_one_without_email_who_is_told_by_text_is_told(practice: Practice, tmp_path: Path) -> None:
    text = WITH_TEXTS.replace('email = "tom@example.com"', 'notices = "text"')
    load_office(practice.database, tmp_path, text, practice.now())
    assert "people" not in practice.wrong()


def put(practice: Practice, due_at: datetime, kind: JobKind = JobKind.NOTICE) -> None:
    with practice.database.write() as session:
        outbox.put(session, kind, "a-job", {}, due_at=due_at, now=practice.now())


def test_a_worker_that_is_not_there_is_told_by_what_it_leaves_undone(practice: Practice) -> None:
    put(practice, practice.now() - timedelta(minutes=4))
    assert practice.wrong() == {}
    practice.clock_is_ahead = timedelta(minutes=2)
    assert "phonebot worker" in practice.wrong()["worker"]


def test_recordings_that_wait_for_half_an_hour_to_be_put_into_words_are_told_and_make_no_worker_late(
    practice: Practice,
) -> None:
    put(practice, practice.now() - timedelta(minutes=29), JobKind.TRANSCRIBE)
    assert practice.wrong() == {}
    practice.clock_is_ahead = timedelta(minutes=2)
    assert practice.wrong().keys() - {"clock"} == {"transcripts"}
    assert "phonebot worker" in practice.wrong()["transcripts"]


def test_a_job_that_is_to_be_done_later_makes_nobody_late(practice: Practice) -> None:
    put(practice, practice.now() + timedelta(hours=1))
    assert practice.wrong() == {}


@pytest.mark.parametrize("looked", [None, timedelta(minutes=30)])
def test_a_worker_that_never_asks_twilio_is_told(practice: Practice, looked: timedelta | None) -> None:
    with practice.database.write() as session:
        if looked is None:
            session.execute(delete(WatermarkRow))
        else:
            move_watermark(session, LOOKED, practice.now() - looked)
    assert "phonebot worker" in practice.wrong()["worker"]


def test_jobs_that_were_given_up_are_counted_for_a_week(practice: Practice) -> None:
    given_up = practice.now() - timedelta(days=6)
    put(practice, given_up)
    with practice.database.write() as session:
        job = outbox.claim(session, given_up, timedelta(minutes=5))
        assert isinstance(job, Job)
        assert outbox.bury(session, job, "no email address", given_up)
    assert "1 notice" in practice.wrong()["jobs"]
    practice.clock_is_ahead = timedelta(days=2)
    assert "jobs" not in practice.wrong()


@pytest.mark.parametrize("within", ["soon", "0 days"])
def test_a_yardstick_that_cannot_be_read_is_told(practice: Practice, within: str) -> None:
    with practice.database.write() as session:
        session.execute(update(OfficeRow).values(return_within=within))
    assert "return_within" in practice.wrong()["office"]
