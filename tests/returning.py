"""Calls returned for a test: the webhooks over HTTP, a worker for the calls, a clock to set, the network outside."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import insert, select

from phonebot.config import Settings
from phonebot.dialog.flow import Script
from phonebot.domain.history import Claim, Event, Standing
from phonebot.domain.message import State
from phonebot.domain.outbox import JobKind
from phonebot.domain.reference import reference_of
from phonebot.prompts import Prompts, data_folder
from phonebot.services.callbacks.desk import CallDesk
from phonebot.services.callbacks.lapsed import settle_lapsed
from phonebot.services.callbacks.placing import give_up_call, place_call
from phonebot.services.callbacks.returning import return_call
from phonebot.services.failpoints import Reached, pass_by
from phonebot.services.house import House, PlaybackLinks
from phonebot.services.office.loading import load
from phonebot.simulator import LiveCall, Mischief, Network, Served
from phonebot.simulator.mischief import Delays
from phonebot.store.attempts import Attempt, attempts_of
from phonebot.store.database import Database
from phonebot.store.history import histories, standings
from phonebot.store.tables import CallRow, MessageRow, OutboxRow, table_of
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.signature import SignatureCheck
from phonebot.web.callbacks import callback_webhooks
from phonebot.web.gate import guard_webhooks
from phonebot.worker.jobs import Duty
from phonebot.worker.loop import Worker
from tests.offices import JULIE, OFFICE_TOML, SUE_LINE, SUE_PHONE
from tests.running import ACCOUNT, TOKEN, TUESDAY, Clock, settings_for

CALLS = count(1)
GIVEN = {"name": "Julie Smith", "company": "Hartwell Dental", "number": JULIE, "business": "last month's invoice"}


@dataclass
class Returning:
    """An office that returns calls, and everything a test looks at it through."""

    settings: Settings
    database: Database
    desk: CallDesk
    twilio: TwilioClient
    worker: Worker
    clock: Clock
    network: Network
    folder: Path = field(repr=False)

    def message(self, mailbox: str = "sue", line: str = SUE_LINE, **given: Any) -> str:
        """The reference of a message that a caller left twenty minutes ago, with these answers."""
        return reference_of(leave(self.database, self.clock() - timedelta(minutes=20), mailbox, line, **given))

    def clicks(self, reference: str, by: str = "sue") -> Attempt:
        """Somebody asks to return a call."""
        return return_call(self.database, reference, by, self.settings.calls_a_day, self.clock())

    def works(self) -> None:
        """The worker does what is due, and every call on the network takes its course."""
        self.worker.drain()
        self.network.settle()

    def looks(self) -> None:
        """The routine that asks after calls, and gives claims back."""
        settle_lapsed(self.desk, self.twilio, self.clock())
        self.network.settle()

    def attempts(self) -> list[Attempt]:
        """Every try at every message."""
        with self.database.read() as session:
            numbers = session.scalars(select(MessageRow.id)).all()
            return [attempt for found in attempts_of(session, list(numbers)).values() for attempt in found]

    def attempt(self) -> Attempt:
        """The one try there is."""
        (attempt,) = self.attempts()
        return attempt

    def events(self, number: int = 1) -> list[Event]:
        """What has happened to a message."""
        with self.database.read() as session:
            return histories(session, [number]).get(number, [])

    def standing(self, number: int = 1) -> Standing:
        """Where a message stands."""
        with self.database.read() as session:
            mailbox = session.scalars(select(MessageRow.mailbox).where(MessageRow.id == number)).one()
            return standings(session, [(number, mailbox)])[number]

    def claim(self, number: int = 1) -> Claim:
        """Who has a message in hand."""
        claim = self.standing(number).claim
        assert claim is not None
        return claim

    def jobs(self, kind: JobKind) -> list[OutboxRow]:
        """The outbox's jobs of a kind."""
        with self.database.read() as session:
            return list(session.scalars(select(OutboxRow).where(OutboxRow.kind == kind).order_by(OutboxRow.id)))

    def calls_to(self, number: str) -> int:
        """How often a telephone was rung."""
        return len(self.network.phone(number).calls)

    def sue_answers(self, *, talks: float = 60.0, hangs_up: bool = False, says: str = "") -> None:
        """Sue answers, presses 1, talks, and then presses a key for what happened, or nothing, or hangs up first."""

        def act(live: LiveCall) -> None:
            live.presses("1").talks(talks)
            if hangs_up:
                live.hangs_up()
                return
            live.presses("*")
            if says:
                live.presses(says)
            else:
                live.stays_silent().stays_silent()

        self.network.phone(SUE_PHONE).answers(script=act)

    def expects(self, *numbers: str) -> None:
        """These telephones will be rung, once each."""
        for number in numbers:
            self.network.expects_call(number)


def leave(database: Database, received_at: datetime, mailbox: str, line: str, **given: Any) -> int:
    """The row of a message as it is once its call is over."""
    sid = f"CA{next(CALLS):032x}"
    call = {"sid": sid, "line": line, "caller": JULIE, "dialogue": {}, "turn": 4, "started_at": received_at}
    left = {"call_sid": sid, "mailbox": mailbox, "state": State.NEW, "complete": True, "caller_id": JULIE}
    with database.write() as session:
        session.execute(insert(table_of(CallRow)).values(**call, touched_at=received_at, ended_at=received_at))
        row = insert(table_of(MessageRow)).values(**left | {"received_at": received_at} | GIVEN | given)
        number: int = session.execute(row.returning(MessageRow.id)).scalar_one()
    return number


@contextmanager
def returning(
    folder: Path,
    database: Database,
    *,
    mischief: Mischief | None = None,
    delays: Delays | None = None,
    reached: Reached = pass_by,
    office: str = OFFICE_TOML,
    **more: str,
) -> Iterator[Returning]:
    """Start the part of phonebot that returns calls, and a network that complains of anything unasked for."""
    clock, served = Clock(TUESDAY), Served()
    network = Network(served.url, ACCOUNT, TOKEN, now=clock, mischief=mischief, delays=delays)
    network.lines |= {SUE_LINE}
    url = database.engine.url.render_as_string(hide_password=False)
    settings = settings_for(folder, url, served.url, network.serve_rest(), **more)
    path = folder / "office.toml"
    path.write_text(office, encoding="utf-8")
    load(database, path, clock())
    desk = CallDesk.of(a_house(settings, database, reached), settings)
    twilio = TwilioClient(settings)
    served.app = the_app(settings, desk, clock)
    worker = Worker(database, duties(desk, twilio), clock=clock)
    with served, network:
        yield Returning(settings, database, desk, twilio, worker, clock, network, folder)


def a_house(settings: Settings, database: Database, reached: Reached = pass_by) -> House:
    """A house without flows: calls that come in are no part of this."""
    return House(
        database, Script({}, {}), {"en": english()}, settings.public_url, PlaybackLinks.signed_with("secret"), reached
    )


@cache
def english() -> Prompts:
    """The English prompts, read once."""
    return Prompts.load(data_folder("prompts"))


def the_app(settings: Settings, desk: CallDesk, clock: Clock) -> Flask:
    """The webhooks behind their gate."""
    app = Flask("returning", static_folder=None)
    guard_webhooks(app, SignatureCheck(settings.auth_tokens), settings.public_url, settings.twilio_account_sid)
    app.register_blueprint(callback_webhooks(desk, clock, settings.spool_dir))
    return app


def duties(desk: CallDesk, twilio: TwilioClient) -> dict[str, Duty]:
    """The worker's part in calling; what others do with its other jobs is left to them."""
    others: dict[str, Duty] = {
        kind: Duty(lambda _payload, _now: None, lambda _payload, _why, _now: None) for kind in JobKind
    }
    call = Duty(
        lambda payload, now: place_call(desk, twilio, int(payload["attempt"]), now),
        lambda payload, reason, now: give_up_call(desk, int(payload["attempt"]), reason, now),
    )
    return others | {JobKind.CALL: call}
