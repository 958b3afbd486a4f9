"""A message's whole life with a process killed at a step of it: nothing is lost, and nobody is rung or told twice."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy, rmtree

import pytest
from sqlalchemy import select

from phonebot.app import make_worker
from phonebot.domain.callback import Evidence
from phonebot.domain.history import Standing
from phonebot.domain.message import State
from phonebot.domain.outbox import JobState
from phonebot.domain.reference import reference_of
from phonebot.services.callbacks.returning import return_call
from phonebot.services.failpoints import CALL_PLACED, JOB_CLAIMED, JOB_DONE, MAIL_SENT, SENDING_FAILPOINTS
from phonebot.services.messages.accepting import accept
from phonebot.simulator import LiveCall, Network
from phonebot.store.attempts import Attempt, attempts_of
from phonebot.store.database import Database
from phonebot.store.history import standings
from phonebot.store.tables import OutboxRow
from phonebot.worker.loop import Worker
from tests.crashing import AFTER, COUNTED, Server, SharedClock, WorkerProcess
from tests.left_messages import leave, load_office
from tests.mail.post_office import PostOffice
from tests.offices import JULIE, OFFICE_LINE, SUE_LINE, SUE_PHONE, TOM_LINE
from tests.running import ACCOUNT, TOKEN, TUESDAY, Phonebot, running, settings_for
from tests.texting import TEXT_NUMBER, TEXTING_TOML

NAMED = (JOB_CLAIMED, *SENDING_FAILPOINTS, JOB_DONE)
"""The points of the worker's at which something outside has just been done, or is about to be."""


def at(hour: int, minute: int) -> datetime:
    """An instant of that Tuesday."""
    return TUESDAY.astimezone(UTC).replace(hour=hour, minute=minute)


def where_it_stands(database: Database, number: int) -> Standing:
    with database.read() as session:
        return standings(session, [(number, "sue")])[number]


def tries(database: Database, number: int) -> list[Attempt]:
    with database.read() as session:
        return attempts_of(session, [number]).get(number, [])


def unsettled_jobs(database: Database) -> list[tuple[str, str, str | None]]:
    """The jobs that are not done, with their states and reasons."""
    with database.read() as session:
        rows = session.scalars(select(OutboxRow).where(OutboxRow.state != JobState.DONE))
        return [(row.key, row.state, row.reason) for row in rows]


def sue_rings_back(network: Network) -> None:
    """Sue answers when she is rung, presses 1, talks for a minute, and then presses that she spoke to them."""

    def act(live: LiveCall) -> None:
        live.presses("1").talks(60).presses("1")

    network.phone(SUE_PHONE).answers(script=act)
    network.phone(JULIE).answers(talks_for=60)
    network.lines |= {SUE_LINE, OFFICE_LINE, TOM_LINE}


def rung(network: Network, number: str) -> int:
    """How often that telephone was rung."""
    return sum(call.called == number for call in network.phone(number).calls)


@dataclass
class Story:
    """Julie's message from her call to her yes, with a worker in a process of its own."""

    phonebot: Phonebot
    post: PostOffice
    worker: WorkerProcess

    def happens(self) -> None:
        """Taken, told, accepted, warned of, slipped, in the digest, returned, asked after, answered."""
        self.taken()
        self.works()
        accept(self.phonebot.database, self.reference, "sue", "today from two until three", self.phonebot.clock())
        self.works()
        for hour, minute in ((14, 46), (14, 56), (15, 1), (16, 1)):
            self.phonebot.clock.now = at(hour, minute)
            self.works()
        self.returned()
        self.phonebot.clock.goes_on(minutes=11)
        self.works()
        self.phonebot.network.phone(JULIE).texts(TEXT_NUMBER, "Yes thanks")
        self.works()
        self.phonebot.clock.goes_on(minutes=1)
        self.works()

    def taken(self) -> None:
        """Julie leaves a message and agrees to texts."""
        live = self.phonebot.rings().says("Julie Smith").presses("1").says("the invoice").says("any time")
        live.hears_tone().records(4, "#").says("Yes.").hears("may we text").says("Yes.").hears_goodbye()

    def returned(self) -> None:
        """Sue returns the call. If her phone never rings, she clicks again, as anybody would."""
        for _ in range(3):
            clock, database = self.phonebot.clock, self.phonebot.database
            return_call(database, self.reference, "sue", self.phonebot.settings.calls_a_day, clock())
            self.works()
            if rung(self.phonebot.network, SUE_PHONE):
                return
            clock.goes_on(minutes=3)
            self.works()

    def works(self) -> None:
        """The worker does what is due; if it is killed, another does the rest once the first one's lease is over."""
        whole = self.worker.drains(self.phonebot.clock())
        self.phonebot.network.settle()
        if not whole:
            self.phonebot.clock.goes_on(minutes=6)
            self.works()

    @property
    def reference(self) -> str:
        return reference_of(self.phonebot.the_message().id)

    def ended_well(self) -> None:
        """The caller was reached, once; everybody was told what they had to be told, once."""
        network, database = self.phonebot.network, self.phonebot.database
        number = self.phonebot.the_message().id
        stands = where_it_stands(database, number)
        assert (stands.state, stands.evidence, stands.slips) == (State.RETURNED, Evidence.CALLER, 1)
        assert (rung(network, SUE_PHONE), rung(network, JULIE)) == (1, 1)
        assert [each.call_sid for each in tries(database, number) if each.call_sid] == [
            call.sid for call in network.phone(SUE_PHONE).calls
        ]
        told = network.phone(JULIE).texts_received
        assert len(told) == len(set(told)) == 3
        mails = Counter(str(mail.message["Message-ID"]) for mail in self.post.taken_by("sue@example.com"))
        assert len(mails) == 3, "a notice, a warning, a digest"
        again = sum(mails.values()) - len(mails)
        assert again <= self.worker.deaths
        assert unsettled_jobs(database) == []


@contextmanager
def story(folder: Path, url: str, failpoint: str) -> Iterator[Story]:
    """A phonebot with a post office, and a worker that is killed at that point."""
    with (
        PostOffice() as post,
        running(folder, url, office=TEXTING_TOML, SMTP_URL=post.url, MAIL_FROM="phone@example.com") as phonebot,
        WorkerProcess(phonebot.settings, failpoint) as worker,
    ):
        sue_rings_back(phonebot.network)
        phonebot.network.expects_call(SUE_PHONE)
        phonebot.network.expects_text(JULIE, 3)
        yield Story(phonebot, post, worker)


def killed_in_the_story(folder: Path, template: Path, failpoints: list[str]) -> list[str]:
    """Live through the story once for each point, with the worker killed there; those points it does not reach."""
    missed = []
    for failpoint in failpoints:
        place = folder / failpoint.replace(" ", "-")
        place.mkdir()
        with story(place, sqlite_in(place, template), failpoint) as one:
            one.happens()
            one.ended_well()
            if not one.worker.deaths:
                missed.append(failpoint)
        rmtree(place)
    return missed


def test_the_worker_killed_at_each_named_point_rings_and_tells_nobody_twice(
    tmp_path: Path, sqlite_template: Path
) -> None:
    assert killed_in_the_story(tmp_path, sqlite_template, list(NAMED)) == []


def test_the_worker_killed_before_or_after_any_commit_rings_and_tells_nobody_twice(
    tmp_path: Path, sqlite_template: Path
) -> None:
    points = [f"{COUNTED}{number}" for number in (47, 58)] + [f"{AFTER}{number}" for number in (30, 80)]
    assert killed_in_the_story(tmp_path, sqlite_template, points) == []


@pytest.mark.soak
def test_the_worker_killed_before_and_after_each_of_its_commits_rings_and_tells_nobody_twice(
    tmp_path: Path, sqlite_template: Path
) -> None:
    for kind in (COUNTED, AFTER):
        points = [f"{kind}{number}" for number in range(1, 121)]
        missed = killed_in_the_story(tmp_path, sqlite_template, points)
        assert missed == points[len(points) - len(missed) :], "the later ones only: a life has so many commits"
        assert missed, "every commit was died at"


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
@pytest.mark.parametrize("failpoint", [MAIL_SENT, CALL_PLACED])
def test_on_the_other_database_the_worker_killed_rings_and_tells_nobody_twice(
    tmp_path: Path, database_url: str, failpoint: str
) -> None:
    with story(tmp_path, database_url, failpoint) as one:
        one.happens()
        one.ended_well()
        assert one.worker.deaths == 1


@dataclass
class Ringing:
    """An office whose server is a process to be killed while calls are returned."""

    server: Server
    network: Network
    database: Database
    worker: Worker
    clock: SharedClock

    def returns_a_call(self, failpoint: str) -> bool:
        """Sue returns a new message's call, the server killed at that point; whether it was reached."""
        deaths, rung_before = self.server.deaths, rung(self.network, JULIE)
        self.server.start(failpoint, self.clock)
        number = leave(self.database, at=self.clock())
        self.network.expects_call(SUE_PHONE)
        self.worker.drain()
        return_call(self.database, reference_of(number), "sue", 200, self.clock())
        for _ in range(3):
            self.worker.drain()
            self.network.settle()
            self.clock.goes_on(minutes=6)
        self.worker.drain()
        (attempt,) = tries(self.database, number)
        stands = where_it_stands(self.database, number)
        assert (stands.state, stands.evidence) == (State.RETURNED, Evidence.SPOKE)
        assert attempt.call_sid == self.network.phone(SUE_PHONE).calls[-1].sid
        assert rung(self.network, JULIE) == rung_before + 1
        return self.server.deaths > deaths


@contextmanager
def ringing(folder: Path, url: str) -> Iterator[Ringing]:
    """An office with a server that can be killed, and a worker that is not."""
    database, clock = Database(url), SharedClock(TUESDAY)
    load_office(database, folder)
    with (
        Server(lambda public: settings_for(folder, url, public, "http://127.0.0.1:9")) as server,
        Network(server.url, ACCOUNT, TOKEN, now=clock, timeout=60) as network,
    ):
        settings = settings_for(folder, url, server.url, network.serve_rest())
        sue_rings_back(network)
        yield Ringing(server, network, database, make_worker(settings, database, clock=clock), clock)
    database.close()


def killed_while_returning(folder: Path, url: str, failpoints: list[str]) -> list[str]:
    """Return a call for each point, with the server killed there; those points that the call does not reach."""
    with ringing(folder, url) as office:
        return [failpoint for failpoint in failpoints if not office.returns_a_call(failpoint)]


def sqlite_in(folder: Path, template: Path) -> str:
    """The URL of an empty database of its own."""
    copy(template, folder / "phonebot.db")
    return f"sqlite:///{folder / 'phonebot.db'}"


def test_the_server_killed_while_a_call_is_returned_joins_the_two_once_and_knows_it(
    tmp_path: Path, sqlite_template: Path
) -> None:
    points = [f"{COUNTED}{number}" for number in (5, 11)] + [f"{AFTER}{number}" for number in (1, 4, 5, 10)]
    assert killed_while_returning(tmp_path, sqlite_in(tmp_path, sqlite_template), points) == []


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_on_the_other_database_the_server_killed_joins_the_two_once(tmp_path: Path, database_url: str) -> None:
    assert killed_while_returning(tmp_path, database_url, [f"{COUNTED}5", f"{AFTER}5"]) == []


@pytest.mark.soak
@pytest.mark.parametrize("kind", [COUNTED, AFTER])
def test_the_server_killed_at_each_commit_of_a_returned_call_joins_the_two_once(
    tmp_path: Path, sqlite_template: Path, kind: str
) -> None:
    points = [f"{kind}{number}" for number in range(1, 18)]
    missed = killed_while_returning(tmp_path, sqlite_in(tmp_path, sqlite_template), points)
    assert missed == points[len(points) - len(missed) :], "the later ones only: a call has so many commits"
    assert 0 < len(missed) <= 6
