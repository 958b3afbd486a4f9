"""Messages by the wall clock, hour after hour: a real server and a real worker, nothing lost and nothing doubled."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Select, func, select

from bench.ground import Ground, environment
from bench.load import Loaded, open_loop
from bench.mail_server import MailServer, mail_server
from bench.posts import ACCOUNT, TOKEN, Call, short_call, sid_of
from bench.serving import PHONEBOT, Process, web, worker
from bench.table import Row, Table, verdict
from phonebot.domain.history import EventKind
from phonebot.domain.message import State
from phonebot.domain.outbox import JobState
from phonebot.domain.recording import RecordingState
from phonebot.simulator import Network
from phonebot.simulator.audio import speech_like
from phonebot.simulator.recordings import KeptRecording
from phonebot.store.database import Database
from phonebot.store.history import to_take_in
from phonebot.store.tables import CallRow, CommitmentRow, EventRow, MessageRow, OutboxRow, RecordingRow, WebhookRow

MESSAGES_A_SECOND = 5.6
GAP = 2.0
"""Seconds between a call's requests."""

RECORDED_SECONDS = 4.0
LAST_FETCH_SECONDS = 90
"""How long the worker may still be busy after the last call: Twilio gives a recording at the second try only."""

TOLD = 2
"""Who is told of each message at once: Sue, who owes it, and Tom, who covers while she is in meetings."""

PROMISED = 2
"""What each caller is told to expect: when Sue hopes to be free, as she has said, and that she will have this."""

JOBS = ("fetch-recording", "announce", *["notice"] * TOLD)
"""The jobs that a call leaves."""

WEBHOOKS_KEPT = 6
"""Rows a call leaves: four turns, the recording's news and the status; the repeated news must leave none."""


@dataclass(frozen=True, slots=True)
class Run:
    """What is running, and where it keeps things."""

    server: Process
    worker: Process
    database: Database
    media: Path
    mail: MailServer


def sustained_table(ground: Ground, kind: str, minutes: float, rate: float = MESSAGES_A_SECOND) -> Table:
    """Calls at this rate for so many minutes, then every row counted against what was sent."""
    calls = round(rate * minutes * 60)
    with _network() as network, _running(ground, kind, network) as run:
        began = time.monotonic()
        cpu, postgres = (run.server.cpu(), run.worker.cpu()), ground.postgres_seconds()
        loaded = open_loop(run.server.base, _calls(network, calls), calls_a_second=rate, gap=GAP)
        lasted = time.monotonic() - began
        waited = _wait_for_worker(run.database)
        used = (run.server.cpu() - cpu[0], run.worker.cpu() - cpu[1], ground.postgres_seconds() - postgres)
        memory = (max(run.server.worker_memory()), run.worker.memory())
        counted = _counts(run, calls)
        rows = [*_pace(loaded, calls, lasted, rate), *counted, *_costs(kind, loaded, lasted, used, memory)]
        rows.append(("recording here after its announcement, p50 / p99 (s)", _fetch_times(run.database), "", ""))
        rows.append(("told by mail after the call was over, p50 / p99 (s)", _telling_times(run.database), "", ""))
        rows.append(("the worker was done after the last call (s)", f"{waited:.1f}", "", ""))
    return Table(
        f"Sustained messages on {kind}: {rate}/s for {minutes:g} min", ("", "measured", "wanted", ""), tuple(rows)
    )


@contextmanager
def _network() -> Iterator[Network]:
    """The network's REST side: it keeps the recordings, and gives each at the second asking only."""
    network = Network("http://127.0.0.1:9", ACCOUNT, TOKEN)
    try:
        yield network
    finally:
        network.close()


@contextmanager
def _running(ground: Ground, kind: str, network: Network) -> Iterator[Run]:
    url, folder = ground.database(kind), ground.new_folder()
    with ExitStack() as stack:
        mail = stack.enter_context(mail_server())
        environ = environment(folder, url, api_url=network.serve_rest(), smtp_url=mail.url)
        server = stack.enter_context(web(PHONEBOT, environ, folder / "web.log"))
        at_work = stack.enter_context(worker(environ, folder / "worker.log"))
        database = Database(url)
        stack.callback(database.close)
        yield Run(server, at_work, database, folder / "media", mail)


def _calls(network: Network, most: int) -> Iterator[Call]:
    """Calls as they are due. The network has a recording only when its call comes to it."""
    sound = speech_like(RECORDED_SECONDS)
    for number in range(most):

        def keep(
            sids: tuple[str, str] = (sid_of("CA", "sustained", number), sid_of("RE", "sustained", number)),
        ) -> None:
            call, recording = sids
            began = datetime.now(UTC) - timedelta(seconds=RECORDED_SECONDS)
            network.archive.kept[recording] = KeptRecording(
                recording, call, ACCOUNT, sound, RECORDED_SECONDS, began, "https://api.twilio.com"
            )

        yield short_call("sustained", number, before_recording=keep)


def _wait_for_worker(database: Database) -> float:
    """Until every message has been taken in and every job is over, or for so long; the seconds that took."""
    began = time.monotonic()
    open_jobs = select(func.count()).where(OutboxRow.state.in_((JobState.PENDING, JobState.LEASED)))
    while time.monotonic() - began < LAST_FETCH_SECONDS:
        with database.read() as session:
            if not to_take_in(session, 1) and session.execute(open_jobs).scalar_one() == 0:
                break
        time.sleep(0.5)
    return time.monotonic() - began


def _pace(loaded: Loaded, calls: int, lasted: float, rate: float) -> list[Row]:
    requests = calls * len(short_call())
    first = loaded.wrong[0][:200] if loaded.wrong else ""
    return [
        (
            "messages a second, by the wall clock",
            f"{calls / (lasted - 6 * GAP):.2f}",
            f"{rate:.2f}",
            verdict(calls / (lasted - 6 * GAP) > rate * 0.99),
        ),
        ("requests answered", str(len(loaded.latencies)), str(requests), verdict(len(loaded.latencies) == requests)),
        ("wrong answers", f"{len(loaded.wrong)} {first}".strip(), "0", verdict(not loaded.wrong)),
        (
            "answer p50 / p99 / longest (ms)",
            " / ".join(f"{loaded.percentile(share) * 1000:.0f}" for share in (0.5, 0.99, 1)),
            "",
            "",
        ),
    ]


def _counts(run: Run, calls: int) -> list[Row]:
    """What is there against what was sent: nothing lost, nothing doubled."""
    rows: list[Row] = []
    with run.database.read() as session:
        for name, (question, each) in _questions().items():
            rows.append(_row(name, session.execute(question).scalar_one(), calls * each))
    rows.append(_row("audio files", sum(1 for _ in run.media.glob("*/RE*")), calls))
    rows.append(_row("messages told of by mail, each to two people", len(run.mail.told), calls * TOLD))
    rows.append(_row("messages told of twice", run.mail.told.total() - len(run.mail.told), 0))
    return [*rows, ("mails that took", str(run.mail.mails), "", "")]


def _row(name: str, found: int, wanted: int) -> Row:
    return (name, str(found), str(wanted), verdict(found == wanted))


def _questions() -> dict[str, tuple[Select[int], int]]:
    """What is counted, and how many of it each call should leave."""
    whole = (MessageRow.state == State.NEW, MessageRow.owner == "sue", MessageRow.number.is_not(None))
    fetched = (RecordingRow.state == RecordingState.FETCHED, RecordingRow.message_id.is_not(None))
    received = EventRow.kind == EventKind.RECEIVED
    return {
        "calls, over": (select(func.count()).select_from(CallRow).where(CallRow.ended_at.is_not(None)), 1),
        "message rows": (select(func.count()).select_from(MessageRow), 1),
        "messages owed": (select(func.count()).select_from(MessageRow).where(*whole), 1),
        "recordings fetched, each with its message": (
            select(func.count()).select_from(RecordingRow).where(*fetched),
            1,
        ),
        "messages with a recording": (select(func.count(RecordingRow.message_id.distinct())), 1),
        "what callers were told": (select(func.count()).select_from(CommitmentRow), PROMISED),
        "webhooks kept": (select(func.count()).select_from(WebhookRow), WEBHOOKS_KEPT),
        "histories begun": (select(func.count()).select_from(EventRow).where(received), 1),
        "messages with a history": (select(func.count(EventRow.message_id.distinct())).where(received), 1),
        "tellings in histories": (
            select(func.count()).select_from(EventRow).where(EventRow.kind == EventKind.DELIVERED),
            TOLD,
        ),
        "jobs": (select(func.count()).select_from(OutboxRow), len(JOBS)),
        "jobs done": (select(func.count()).select_from(OutboxRow).where(OutboxRow.state == JobState.DONE), len(JOBS)),
    }


def _costs(
    kind: str, loaded: Loaded, lasted: float, used: tuple[float, float, float], memory: tuple[int, int]
) -> list[Row]:
    shares = [f"{seconds / lasted:.2f}" for seconds in (*used, loaded.own_cpu)]
    return [
        ("cores used by the web processes", shares[0], "", ""),
        ("cores used by the worker", shares[1], "", ""),
        *([("cores used by the database server", shares[2], "", "")] if kind == "postgresql" else []),
        ("cores used by callers and network (not phonebot)", shares[3], "", ""),
        (
            "memory: largest web worker / worker (MB)",
            " / ".join(f"{size / 1e6:.0f}" for size in memory),
            "150 / –",
            verdict(memory[0] < 150e6),
        ),
    ]


def _fetch_times(database: Database) -> str:
    """How long recordings were on their way, as far as their rows say."""
    times = select(RecordingRow.announced_at, RecordingRow.fetched_at).where(RecordingRow.fetched_at.is_not(None))
    return _between(database, times)


def _telling_times(database: Database) -> str:
    """How long after the end of its call each person had been told of a message, as its history has it."""
    joined = select(CallRow.ended_at, EventRow.at).select_from(CallRow).join(MessageRow).join(EventRow)
    return _between(database, joined.where(EventRow.kind == EventKind.DELIVERED, CallRow.ended_at.is_not(None)))


def _between(database: Database, times: Select[Any, Any]) -> str:
    """The median and the 99th percentile of the seconds from one instant to the other."""
    with database.read() as session:
        seconds = sorted((until - since).total_seconds() for since, until in session.execute(times).all()) or [0.0]
    return " / ".join(f"{seconds[min(len(seconds) - 1, int(share * len(seconds)))]:.1f}" for share in (0.5, 0.99))
