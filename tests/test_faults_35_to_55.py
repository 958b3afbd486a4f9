"""Faults outside, on a whole phonebot: mail down for a day, Twilio busy, silent or refusing us, clocks that step."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from phonebot.app import make_worker
from phonebot.domain.callback import Outcome
from phonebot.domain.outbox import JobKind, JobState
from phonebot.domain.reference import reference_of
from phonebot.services.callbacks.returning import return_call
from phonebot.services.messages.accepting import accept
from phonebot.store.attempts import Attempt, attempts_of
from phonebot.store.tables import OutboxRow
from tests.calling import leaves_message
from tests.left_messages import leave
from tests.mail.post_office import PostOffice
from tests.offices import JULIE, OFFICE_TOML, SUE_PHONE
from tests.running import TUESDAY, Phonebot, running
from tests.texting import TEXTING_TOML, agrees

ON_SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
BEN = """
[[people]]
id = "ben"
name = "Ben Ali"
email = "ben@example.com"
phone = "+447700900103"
digest = ["16:00"]
"""
THREE_PEOPLE = OFFICE_TOML.replace('phone = "+447700900102"', 'phone = "+447700900102"\ndigest = ["16:00"]') + BEN
EVERYBODY = ("sue", "tom", "ben")


@dataclass
class Office:
    """A whole phonebot with its post office."""

    phonebot: Phonebot
    post: PostOffice

    def works(self, **later: float) -> None:
        """So much later, the worker does what is due, and what it asked of the network happens."""
        self.phonebot.clock.goes_on(**later)
        self.phonebot.worker.drain()
        self.phonebot.network.settle()

    def works_for(self, minutes: int, step: int = 1) -> None:
        """The worker does what is due, again and again."""
        for _ in range(0, minutes, step):
            self.works(minutes=step)

    def clicks(self, number: int) -> None:
        """Sue returns the call of that message."""
        return_call(self.phonebot.database, reference_of(number), "sue", 100, self.phonebot.clock())

    def attempt(self, number: int) -> Attempt:
        """The one try at that message."""
        with self.phonebot.database.read() as session:
            ((attempt,),) = attempts_of(session, [number]).values()
        return attempt

    def jobs(self, kind: JobKind) -> dict[str, str]:
        """The state of each job of a kind, by its key."""
        with self.phonebot.database.read() as session:
            rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == kind).order_by(OutboxRow.id))
            return {row.key: row.state for row in rows}

    def mails(self, person: str) -> list[tuple[str, str]]:
        """The subject and the words of each mail that somebody has had, in order, without the addresses of links."""
        taken = self.post.taken_by(f"{person}@example.com")
        return [(str(mail.message["Subject"]), re.sub(r"https?://\S+", "", mail.text)) for mail in taken]


@contextmanager
def an_office(folder: Path, url: str, toml: str = OFFICE_TOML) -> Iterator[Office]:
    """Start it, with mail."""
    with (
        PostOffice() as post,
        running(folder, url, office=toml, SMTP_URL=post.url, MAIL_FROM="phone@example.com") as one,
    ):
        yield Office(one, post)


@ON_SQLITE
def test_fault_35_after_a_day_without_mail_three_hundred_messages_go_in_a_few_letters_oldest_first(
    tmp_path: Path, database_url: str
) -> None:
    with an_office(tmp_path, database_url, THREE_PEOPLE) as office:
        office.post.close_doors()
        numbers = []
        for _ in range(5):
            at = office.phonebot.clock()
            numbers += [leave(office.phonebot.database, mailbox=EVERYBODY[each % 3], at=at) for each in range(60)]
            office.works(hours=5)
        assert office.post.taken == []
        office.post.open_doors()
        office.works_for(3)

        for place, person in enumerate(EVERYBODY):
            mails = office.mails(person)
            assert 1 <= len(mails) <= 2, "a digest, and a notice of what came in since it was due"
            owed = [reference_of(number) for number in numbers[place::3]]
            words = " ".join(text for _, text in mails)
            assert all(reference in words for reference in owed), "none is lost"
            for _, text in mails:
                shown = sorted((reference for reference in owed if reference in text), key=text.index)
                assert shown == [reference for reference in owed if reference in shown], "the oldest first"
        assert set(office.jobs(JobKind.NOTICE).values()) == {JobState.DONE}
        office.works_for(60, 10)
        assert sum(len(office.mails(person)) for person in EVERYBODY) <= 6


def digests(office: Office, person: str = "sue") -> int:
    return sum("owed" in subject for subject, _ in office.mails(person))


@ON_SQLITE
def test_fault_30_a_clock_that_steps_an_hour_back_and_forth_sends_each_digest_once(
    tmp_path: Path, database_url: str
) -> None:
    with an_office(tmp_path, database_url) as office:
        leave(office.phonebot.database, at=office.phonebot.clock())
        office.works()
        four = TUESDAY.replace(hour=16, minute=0)
        for minutes in (-1, 1, -59, 2, -58, 61, 1, 62):
            office.phonebot.clock.now = four + timedelta(minutes=minutes)
            office.works()
        assert digests(office) == 1
        assert set(office.jobs(JobKind.DIGEST).values()) == {JobState.DONE}
        office.phonebot.clock.now = four + timedelta(hours=16, minutes=31)
        office.works()
        assert digests(office) == 2


@pytest.mark.parametrize("midnight", [datetime(2026, 10, 24, 23, tzinfo=UTC), datetime(2027, 3, 28, tzinfo=UTC)])
@ON_SQLITE
def test_fault_31_in_the_night_the_clocks_change_a_digest_at_half_past_one_goes_once(
    tmp_path: Path, database_url: str, midnight: datetime
) -> None:
    with an_office(tmp_path, database_url, OFFICE_TOML.replace('"08:30", "16:00"', '"01:30"')) as office:
        office.phonebot.clock.now = midnight
        leave(office.phonebot.database, at=midnight)
        office.works_for(240, 10)
        assert digests(office) == 1


def a_call_and_a_text(office: Office) -> int:
    """Sue takes a call on, of which Julie is to be told by text, and clicks to return it; the message's row."""
    phonebot = office.phonebot
    agrees(phonebot)
    number = leave(phonebot.database, at=phonebot.clock())
    office.works()
    accept(phonebot.database, reference_of(number), "sue", "today from two until three", phonebot.clock())
    office.clicks(number)
    phonebot.network.phone(SUE_PHONE).busy()
    return number


def went_out(office: Office) -> tuple[int, int]:
    """How often Sue was rung, and how many texts Julie had."""
    network = office.phonebot.network
    return len(network.phone(SUE_PHONE).calls), len(network.phone(JULIE).texts_received)


def expect_one_of_each(office: Office) -> None:
    office.phonebot.network.expects_call(SUE_PHONE)
    office.phonebot.network.expects_text(JULIE)


def test_fault_38_a_busy_twilio_is_asked_again_with_longer_waits_and_nothing_is_lost(
    tmp_path: Path, database_url: str
) -> None:
    with an_office(tmp_path, database_url, TEXTING_TOML) as office:
        faults = office.phonebot.network.rest_faults
        for path in ("Calls", "Messages"):
            faults.fail(429, method="POST", path=path, times=3)
        expect_one_of_each(office)
        number = a_call_and_a_text(office)
        office.works()
        assert len(faults.waiting) == 4, "each was asked for once, and not again at once"
        for _ in range(12):
            office.works(seconds=5)
        assert went_out(office) == (1, 1)
        assert office.attempt(number).outcome is Outcome.STAFF_NOT_REACHED


@pytest.mark.parametrize("how", ["answer lost", "answer too late", "502"])
@ON_SQLITE
def test_fault_39_where_an_answer_is_lost_the_call_and_the_text_are_looked_up_and_neither_is_made_twice(
    tmp_path: Path, database_url: str, how: str
) -> None:
    with an_office(tmp_path, database_url, TEXTING_TOML) as office:
        faults = office.phonebot.network.rest_faults
        for path in ("Calls", "Messages"):
            if how == "502":
                faults.fail(502, method="POST", path=path, done=True)
            else:
                faults.lose_answers(method="POST", path=path, after=0.0 if how == "answer lost" else 0.5)
        expect_one_of_each(office)
        number = a_call_and_a_text(office)
        office.works_for(10)
        assert went_out(office) == (1, 1)
        assert office.attempt(number).call_sid == office.phonebot.network.phone(SUE_PHONE).calls[0].sid
        assert set((office.jobs(JobKind.CALL) | office.jobs(JobKind.TEXT)).values()) == {JobState.DONE}


def test_fault_40_a_twilio_that_refuses_us_is_left_alone_one_admin_hears_of_it_and_callers_are_answered(
    tmp_path: Path, database_url: str
) -> None:
    with an_office(tmp_path, database_url, TEXTING_TOML) as office:
        phonebot, faults = office.phonebot, office.phonebot.network.rest_faults
        faults.fail(401, code=20003, times=1000)
        a_call_and_a_text(office)
        office.works_for(60, 2)
        assert len(faults.waiting) == 999, "asked once, and then not for a while"
        assert [subject for subject, _ in office.mails("sue")].count(
            "Twilio no longer does what phonebot asks of it"
        ) == 1
        assert office.mails("tom") == []
        leaves_message(phonebot.rings(caller="+442079460143"))
        assert any(message.caller_id == "+442079460143" and message.complete for message in phonebot.messages())

        faults.waiting.clear()
        phonebot.network.expects_text(JULIE)
        make_worker(phonebot.settings, phonebot.database, clock=phonebot.clock).drain()
        phonebot.clock.goes_on(hours=1)
        make_worker(phonebot.settings, phonebot.database, clock=phonebot.clock).drain()
        phonebot.network.settle()
        assert went_out(office) == (0, 1), "the text waited; nobody is rung an hour after the click"
