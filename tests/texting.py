"""A phonebot that texts, for tests: an office with a number to text from, and a worker that does what texts need."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from phonebot.app import make_media, needs_of
from phonebot.dialog.flow_file import read_script
from phonebot.domain.history import Event, EventKind, Standing
from phonebot.domain.message import State
from phonebot.domain.outbox import JobKind
from phonebot.prompts import Prompts, data_folder, languages
from phonebot.services.callers.telling import tell_accepted, tell_slip
from phonebot.services.callers.texts import give_up_text, send_text
from phonebot.services.callers.verdicts import ask_verdict, take_verdict
from phonebot.services.failpoints import Reached, pass_by
from phonebot.services.house import House, PlaybackLinks
from phonebot.services.messages.happenings import happen, locked
from phonebot.services.staff.mailroom import Mailroom
from phonebot.services.staff.slip_warnings import send_warning
from phonebot.simulator import Mischief, Network, Served
from phonebot.store import consents
from phonebot.store.consents import Consent, standing
from phonebot.store.database import Database
from phonebot.store.history import histories, lock_life
from phonebot.store.tables import OutboxRow, TextRow, VerdictRow
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.signature import SignatureCheck
from phonebot.web.gate import guard_webhooks
from phonebot.web.texts import text_webhooks
from phonebot.worker.jobs import Duty
from phonebot.worker.loop import Worker
from tests.left_messages import load_office
from tests.offices import JULIE, OFFICE_TOML
from tests.running import ACCOUNT, TOKEN, Clock, Phonebot, settings_for

TEXT_NUMBER = "+447700900199"
QUESTION = "May we text this number about your call? You can stop that any time."
TEXTING_TOML = OFFICE_TOML.replace("countries =", f'text_number = "{TEXT_NUMBER}"\ncountries =')


ON_BOTH = pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"], indirect=True)
"""For a test that runs on both databases, where its file's others run on one."""


@cache
def _read() -> House:
    """The prompts, read once for all tests, in a house that texts need nothing else of."""
    folder = data_folder("prompts")
    prompts = {language: Prompts.load(folder, language) for language in languages(folder)}
    script = read_script(data_folder("flows"), needs_of(prompts["en"]))
    links = PlaybackLinks.signed_with("a secret for tests")
    return House(Database("sqlite:///var/nothing.db"), script, prompts, "http://127.0.0.1", links)


def house_of(phonebot: Phonebot, reached: Reached = pass_by) -> House:
    """The house of that phonebot."""
    return replace(_read(), database=phonebot.database, public_url=phonebot.settings.public_url, reached=reached)


@contextmanager
def texting(
    folder: Path, database_url: str, office: str = TEXTING_TOML, mischief: Mischief | None = None, **more: str
) -> Iterator[Phonebot]:
    """A running phonebot of which nothing but texts works: its webhooks, and a worker that leaves other jobs undone."""
    clock, served, database = Clock(), Served(), Database(database_url)
    network = Network(served.url, ACCOUNT, TOKEN, now=clock, mischief=mischief)
    settings = settings_for(folder, database_url, served.url, network.serve_rest(), **more)
    app = served.app = Flask("texting")
    phonebot = Phonebot(settings, database, app, Worker(database, {}, clock=clock), clock, network, folder)
    guard_webhooks(app, SignatureCheck(settings.auth_tokens), settings.public_url, settings.twilio_account_sid)
    app.register_blueprint(text_webhooks(house_of(phonebot), clock))
    phonebot.worker = Worker(database, duties(phonebot), clock=clock)
    load_office(database, folder, office)
    try:
        with served, network:
            yield phonebot
    finally:
        database.close()


def duties(phonebot: Phonebot) -> dict[str, Duty]:
    """What the worker does: the jobs of texts, and nothing at all for any other."""
    database = phonebot.database
    house, twilio = house_of(phonebot), TwilioClient(phonebot.settings, silence_seconds=2)
    room = Mailroom.of(phonebot.settings, database, make_media(phonebot.settings))
    nothing = Duty(lambda payload, now: None, lambda payload, reason, now: None)
    known = {
        JobKind.TEXT: lambda payload, now: send_text(house, twilio, payload, now),
        JobKind.ASK_VERDICT: lambda payload, now: ask_verdict(house, int(payload["message"]), now),
        JobKind.TAKE_VERDICT: lambda payload, now: take_verdict(
            database, int(payload["message"]), now, reached=payload["reached"]
        ),
        JobKind.TELL_ACCEPTED: lambda payload, now: tell_accepted(house, int(payload["commitment"]), now),
        JobKind.TELL_SLIP: lambda payload, now: tell_slip(house, payload, now),
        JobKind.WARN: lambda payload, now: send_warning(room, payload, now),
    }
    found = {kind.value: Duty(do, nothing.give_up) for kind, do in known.items()}
    gives_up = Duty(known[JobKind.TEXT], lambda payload, reason, now: give_up_text(house, payload, now))
    return {kind.value: nothing for kind in JobKind} | found | {JobKind.TEXT.value: gives_up}


def works(phonebot: Phonebot) -> None:
    """The worker does what is due, and every text runs its course."""
    phonebot.worker.drain()
    phonebot.network.settle()


def agrees(phonebot: Phonebot, number: str = JULIE, *, agreed: bool = True) -> None:
    """The caller with that number has said whether we may text them."""
    with phonebot.database.write() as session:
        consents.keep_answer(session, number, agreed=agreed, words=QUESTION, call_sid="CA1", now=phonebot.clock())


def consent(phonebot: Phonebot, number: str = JULIE) -> Consent | None:
    """How that number stands."""
    with phonebot.database.read() as session:
        return standing(session, number)


def do(phonebot: Phonebot, message: int, kind: EventKind, by: str = "sue", **detail: Any) -> Standing:
    """Let it happen to the message now; where it stands then."""
    now = phonebot.clock()
    with phonebot.database.write() as session:
        return happen(session, locked(session, message, "that", now), Event(kind, now, by, detail)).standing


def stands(phonebot: Phonebot, message: int) -> State:
    """Where the message stands."""
    with phonebot.database.write() as session:
        life = lock_life(session, message, phonebot.clock())
    assert life is not None
    return life.standing.state


def happened(database: Database, message: int) -> list[EventKind]:
    """What has happened to the message, in order."""
    with database.read() as session:
        return [event.kind for event in histories(session, [message]).get(message, [])]


def sent_texts(database: Database) -> list[TextRow]:
    """Every text to be sent, or sent."""
    with database.read() as session:
        return list(session.scalars(select(TextRow).order_by(TextRow.id)))


def questions(database: Database) -> list[VerdictRow]:
    """Every question to a caller."""
    with database.read() as session:
        return list(session.scalars(select(VerdictRow).order_by(VerdictRow.id)))


def jobs(database: Database, kind: JobKind) -> list[OutboxRow]:
    """The jobs of a kind, in the order in which they were put."""
    with database.read() as session:
        return list(session.scalars(select(OutboxRow).where(OutboxRow.kind == kind).order_by(OutboxRow.id)))


def at(phonebot: Phonebot, instant: datetime) -> None:
    """The clock shows that instant."""
    phonebot.clock.now = instant
