"""Two workers and two web processes at once: thirty messages, and each is told, returned and asked after once."""

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import select

from phonebot.config import Settings
from phonebot.domain.callback import Outcome
from phonebot.domain.digest import Act
from phonebot.domain.history import EventKind
from phonebot.domain.message import State
from phonebot.domain.outbox import JobState
from phonebot.domain.reference import reference_of
from phonebot.services.staff.links import Links
from phonebot.simulator import LiveCall, Network
from phonebot.simulator.call import Call
from phonebot.store.attempts import Attempt, attempts_of
from phonebot.store.database import Database
from phonebot.store.history import histories
from phonebot.store.tables import MessageRow, OutboxRow
from tests.crashing import Server, SharedClock, WorkerProcess
from tests.left_messages import load_office
from tests.mail.post_office import PostOffice
from tests.offices import OFFICE_LINE, SUE_LINE, SUE_PHONE, TOM_LINE, TOM_PHONE
from tests.running import ACCOUNT, TOKEN, TUESDAY, settings_for
from tests.texting import TEXT_NUMBER, TEXTING_TOML
from tests.web.pages import Reading

OFFICE = TEXTING_TOML.replace("ring = 15", "").replace(
    'phone = "+447700900102"', 'phone = "+447700900102"\ndigest = ["16:00"]'
)
CALLERS = [f"+4477009002{number:02d}" for number in range(30)]
AT_ONCE = 6
"""As many calls as one person may ask for in a minute."""


@dataclass
class Two:
    """A phonebot of two web processes and two workers, and all that is outside it."""

    settings: Settings
    database: Database
    network: Network
    post: PostOffice
    workers: Sequence[WorkerProcess]
    clock: SharedClock

    def work(self) -> None:
        """Both workers do what is due, at the same time, until both have done it."""
        for worker in self.workers:
            worker.begins(self.clock())
        drained = [worker.ends() for worker in self.workers]
        assert all(drained)
        self.network.settle()

    def rows(self) -> list[MessageRow]:
        with self.database.read() as session:
            return list(session.scalars(select(MessageRow).order_by(MessageRow.id)))

    def tries(self) -> dict[int, list[Attempt]]:
        with self.database.read() as session:
            return attempts_of(session, [row.id for row in self.rows()])

    def happened(self, kind: EventKind) -> Counter[int]:
        """How often that has happened to each message."""
        with self.database.read() as session:
            lives = histories(session, [row.id for row in self.rows()])
        return Counter({number: sum(event.kind is kind for event in events) for number, events in lives.items()})

    def unsettled_jobs(self) -> list[str]:
        """The jobs that are not done."""
        with self.database.read() as session:
            return list(session.scalars(select(OutboxRow.key).where(OutboxRow.state != JobState.DONE)))

    def mails(self, person: str, subject: str) -> list[str]:
        """The words of somebody's mails whose subject holds that, without the addresses of links."""
        taken = self.post.taken_by(f"{person}@example.com")
        found = [mail.text for mail in taken if re.search(subject, str(mail.message["Subject"]))]
        return [re.sub(r"https?://\S+", "", text) for text in found]


@contextmanager
def two_of_everything(folder: Path, url: str) -> Iterator[Two]:
    """Start it all."""
    database, clock = Database(url), SharedClock(TUESDAY)
    load_office(database, folder, OFFICE)
    with ExitStack() as stack:
        post = stack.enter_context(PostOffice())
        mail = {"SMTP_URL": post.url, "MAIL_FROM": "phone@example.com"}
        server = stack.enter_context(Server(lambda at: settings_for(folder, url, at, "http://127.0.0.1:9", **mail)))
        network = stack.enter_context(Network(server.url, ACCOUNT, TOKEN, now=clock, timeout=60))
        server.start("", clock, others=1)
        settings = settings_for(folder, url, server.url, network.serve_rest(), **mail)
        workers = [stack.enter_context(WorkerProcess(settings)) for _ in range(2)]
        network.lines |= {SUE_LINE, TOM_LINE, OFFICE_LINE}
        yield Two(settings, database, network, post, workers, clock)
    database.close()


def all_at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do these at the same moment, each in a thread of its own; what each gave."""
    start = threading.Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def leaves_a_message(network: Network, caller: str, line: str) -> None:
    live = network.phone(caller).dials(line).says("Julie Smith").presses("1").says("the invoice").says("any time")
    live.hears_tone().presses("#").says("Yes.").hears("may we text").says("Yes.").hears_goodbye()


def thirty_call(two: Two) -> None:
    """Thirty people ring, three at the same time, half of them for Sue and half for Tom."""
    lines = [SUE_LINE, TOM_LINE] * 15
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda of: leaves_a_message(two.network, *of), zip(CALLERS, lines, strict=True)))


def clicks(two: Two, number: int, person: str) -> int:
    """Somebody opens the link of their letter and presses the button; the status of the answer."""
    token = Links.signed_with("a secret for tests").token(number, person, Act.CALL, two.clock())
    with requests.Session() as browser:
        browser.trust_env = False
        page = Reading()
        page.feed(browser.get(f"{two.settings.public_url}/do/{token}", timeout=20).text)
        return browser.post(f"{two.settings.public_url}/do/{token}", data=page.fields, timeout=20).status_code


def return_calls(two: Two, numbers: Sequence[int]) -> None:
    """For each message Sue and Tom click at the same moment; both answer whatever rings, and speak to the caller."""

    def act(live: LiveCall) -> None:
        live.presses("1").talks(60).presses("1")

    for phone in (SUE_PHONE, TOM_PHONE):
        two.network.phone(phone).answers(script=act)
    for caller in CALLERS:
        two.network.phone(caller).answers(talks_for=60)
    for begin in range(0, len(numbers), AT_ONCE):
        for number in numbers[begin : begin + AT_ONCE]:
            answers = all_at_once(partial(clicks, two, number, "sue"), partial(clicks, two, number, "tom"))
            assert sorted(answers) == [200, 409], "one has it, and the other is told who"
        claim_what_rings(two)
        two.work()
        two.clock.goes_on(minutes=2)


def claim_what_rings(two: Two) -> None:
    """The phones of those who won are about to be rung."""
    winners = Counter(each.by for mine in two.tries().values() for each in mine if each.sending_at is None)
    two.network.expects_call(SUE_PHONE, winners["sue"])
    two.network.expects_call(TOM_PHONE, winners["tom"])


def each_is_told_once(two: Two) -> None:
    """Notices: every message once, to its owner, in few letters."""
    assert two.happened(EventKind.DELIVERED) == dict.fromkeys((row.id for row in two.rows()), 1)
    for person in ("sue", "tom"):
        words = " ".join(two.mails(person, "[Nn]ew message"))
        owed = [reference_of(row.id) for row in two.rows() if row.owner == person]
        assert len(owed) == 15
        assert [words.count(reference) for reference in owed] == [1] * 15
        assert len(two.mails(person, "[Nn]ew message")) <= 2


def each_has_one_digest(two: Two) -> None:
    """Digests: one for Sue and one for Tom, each of all that they owe."""
    for person in ("sue", "tom"):
        (words,) = two.mails(person, "owed")
        assert all(reference_of(row.id) in words for row in two.rows() if row.owner == person)


def each_is_returned_once(two: Two, numbers: Sequence[int]) -> None:
    """Calls: one try and one call for each message, and the caller rung once."""
    tries = two.tries()
    assert {number: [one.outcome for one in mine] for number, mine in tries.items()} == {
        number: [Outcome.REACHED] for number in numbers
    }
    expected = Counter(row.caller_id for row in two.rows() if row.id in numbers)
    assert expected == Counter(leg.called for caller in CALLERS for leg in legs(two, caller) if leg.called == caller)
    rung = [call.sid for phone in (SUE_PHONE, TOM_PHONE) for call in two.network.phone(phone).calls]
    assert sorted(rung) == sorted(str(mine[0].call_sid) for mine in tries.values())


def legs(two: Two, caller: str) -> list[Call]:
    return two.network.phone(caller).calls


def each_is_asked_once(two: Two, numbers: Sequence[int]) -> None:
    """Texts: one question to every caller whom the one that owes the message has reached, and one answer taken in."""
    asked = [number for number in numbers if not two.tries()[number][0].holding]
    rows = {row.id: row for row in two.rows()}
    for number in asked:
        two.network.expects_text(str(rows[number].caller_id))
    two.clock.goes_on(minutes=11)
    two.work()
    for number in asked:
        assert len(two.network.phone(str(rows[number].caller_id)).texts_received) == 1
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda number: two.network.phone(str(rows[number].caller_id)).texts(TEXT_NUMBER, "Yes"), asked))
    two.work()
    assert two.happened(EventKind.VERDICT) == {row: int(row in asked) for row in rows}
    assert {row.id for row in two.rows() if row.state == State.RETURNED} == set(asked)


def everything_once(folder: Path, url: str, returned: int) -> None:
    """Live through it with so many of the thirty calls returned."""
    with two_of_everything(folder, url) as two:
        thirty_call(two)
        two.work()
        each_is_told_once(two)
        two.clock.now = TUESDAY.replace(hour=16, minute=1)
        two.work()
        each_has_one_digest(two)
        numbers = [row.id for row in two.rows()][:returned]
        return_calls(two, numbers)
        each_is_returned_once(two, numbers)
        each_is_asked_once(two, numbers)
        assert two.unsettled_jobs() == []


def test_two_workers_and_two_web_processes_do_everything_once(tmp_path: Path, database_url: str) -> None:
    everything_once(tmp_path, database_url, returned=AT_ONCE)


@pytest.mark.soak
def test_two_workers_and_two_web_processes_return_all_thirty_once(tmp_path: Path, database_url: str) -> None:
    everything_once(tmp_path, database_url, returned=30)
