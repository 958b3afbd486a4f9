"""What the tests of calls share: callers' conversations, rows as plain values, and requests posted by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

import requests
from sqlalchemy import func, select

from phonebot.simulator import LiveCall
from phonebot.simulator.signing import signature
from phonebot.store.tables import Base
from tests.offices import RECEPTION_PHONE
from tests.running import ACCOUNT, TOKEN, Phonebot

Pairs = Sequence[tuple[str, str]]

PASSING = frozenset({"id", "at", "due_at", "leased_until", "done_at", "attempts", "reason", "fetched_at"})
"""Columns that may differ between two runs alike: numbers with gaps, and when a job was tried and done."""


def leaves_message(live: LiveCall) -> LiveCall:
    """A known number with everything right the first time."""
    live.hears("who's calling").says("Julie Smith, from Hartwell Dental.")
    live.hears("Julie", "number").presses("1")
    live.hears("about").says("Last month's invoice.")
    live.hears("when").says("Thursday after three.")
    live.hears_tone().records(6, "#")
    return live.hears("Julie Smith", "Hartwell Dental", "Thursday after three").says("Yes.").hears_goodbye()


def second_thoughts(phonebot: Phonebot) -> None:
    """Silence, a wrong key, a correction, and a recording made again."""
    live = phonebot.rings().stays_silent().says("Julie Smith, from Hartwell Dental.").presses("5").presses("1")
    live.says("Last month's invoice.").says("Thursday after three.").records(4, "#").presses("2")
    live.hears("which part").presses("5").presses("2").records(7, "*").says("No, Friday morning.")
    live.hears("Friday morning").presses("1").hears_goodbye()


def for_the_cover(phonebot: Phonebot) -> None:
    """A withheld number presses zero; reception is engaged; a message for the cover, hung up in the middle."""
    phonebot.network.phone(RECEPTION_PHONE).busy()
    live = phonebot.rings(caller="anonymous").hears("who's calling").presses("0").hears("nobody").presses("2")
    live.says("Bob Jones").presses("02079460143#").presses("1").hears("about").hangs_up()


def worker_goes_on(phonebot: Phonebot, **by: float) -> None:
    """The worker does what is due now, and again and again later, until nothing waits for its next try."""
    phonebot.worker.drain()
    for _ in range(4):
        phonebot.clock.goes_on(**(by or {"minutes": 1}))
        phonebot.worker.drain()


def rows(phonebot: Phonebot) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table as plain values in a fixed order, so that two runs can be compared."""
    with phonebot.database.read() as session:
        tables = {
            table.name: [dict(row) for row in session.execute(select(table)).mappings()]
            for table in Base.metadata.sorted_tables
        }
    names = {row["id"]: (row["call_sid"], row["mailbox"]) for row in tables["messages"]}
    return {
        name: sorted((_plain(row, names, phonebot.settings.public_url) for row in found), key=repr)
        for name, found in tables.items()
    }


def _plain(row: Mapping[str, Any], messages: Mapping[int, Any], url: str) -> dict[str, Any]:
    """One row without what passes, its message by name and not by number, and the app's address taken out."""
    kept = {column: value for column, value in row.items() if column not in PASSING}
    if "message_id" in kept:
        kept["message_id"] = messages.get(kept["message_id"])
    return {column: value.replace(url, "") if isinstance(value, str) else value for column, value in kept.items()}


def counted(phonebot: Phonebot) -> dict[str, int]:
    """How many rows each table holds."""
    with phonebot.database.read() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def left_by_callers(phonebot: Phonebot) -> list[tuple[object, ...]]:
    """What callers have left: each message with what was given, its state, and its recordings' states and purposes."""
    sounds = {
        message.id: sorted(
            (recording.state, recording.purpose)
            for recording in phonebot.recordings()
            if recording.message_id == message.id
        )
        for message in phonebot.messages()
    }
    return sorted(
        (
            (one.call_sid, one.mailbox, one.state, one.complete, one.name, one.company, one.number, one.business,
             one.window_said, sounds[one.id])
            for one in phonebot.messages()
        ),
        key=repr,
    )  # fmt: skip


def form_of(call_sid: str = "CA" + "7" * 32, **others: str) -> list[tuple[str, str]]:
    """A form as the network posts it, with these values in place of the usual ones."""
    usual = {
        "AccountSid": ACCOUNT,
        "CallSid": call_sid,
        "From": "+447700900143",
        "To": "+442079460100",
        "CallStatus": "in-progress",
        "Direction": "inbound",
    }
    return list((usual | others).items())


def posts(
    phonebot: Phonebot,
    path: str,
    form: Pairs = (),
    *,
    body: bytes | None = None,
    signed: str | None = None,
    token: str = TOKEN,
    kind: str = "application/x-www-form-urlencoded",
) -> requests.Response:
    """Post a form over HTTP, signed for the configured address; `body` and `signed` replace what would be sent."""
    url = phonebot.settings.public_url + path
    headers = {"Content-Type": kind}
    header = signature(token, url, form) if signed is None else signed
    if header:
        headers["X-Twilio-Signature"] = header
    sent = requests.Request("POST", url, data=list(form) if body is None else body, headers=headers).prepare()
    sent.url = url  # as written: the library would tidy the percent-encoding that was signed
    with requests.Session() as session:
        session.trust_env = False
        return session.send(sent, timeout=20)
