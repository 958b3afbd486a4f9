"""`phonebot message REF` shows the texts about a message, either way, and what became of those sent."""

import json
from datetime import timedelta

import pytest

from phonebot.domain.reference import reference_of
from phonebot.domain.reply import Reply
from phonebot.domain.texting import TextPurpose, TextState
from phonebot.store.database import Database
from phonebot.store.texts import ReceivedText, add_text, change_text, keep_received
from tests.cli.conftest import CommandLine, sqlite_only
from tests.services.owing import JULIE, TUESDAY, leave

pytestmark = [sqlite_only, pytest.mark.usefixtures("on_a_tuesday")]

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def send(database: Database, message: int, state: TextState, ago: timedelta = MINUTE, code: int | None = None) -> None:
    """A text to the caller that got so far, and has been there for so long."""
    with database.write() as session:
        number = add_text(
            session,
            purpose=TextPurpose.VERDICT,
            phone=JULIE,
            words="Did we get back to you? [yes]",
            message=message,
            person=None,
            now=TUESDAY - ago,
        )
        change_text(session, number, state=state, changed_at=TUESDAY - ago, code=code)


def shown(command: CommandLine, number: int) -> str:
    return " ".join(command.says("message", reference_of(number)).replace("│", " ").split())


@pytest.mark.parametrize(
    ("state", "ago", "fate"),
    [
        (TextState.WAITING, MINUTE, "waits to be sent"),
        (TextState.SENT, DAY - MINUTE, "you?), sent"),
        (TextState.SENT, DAY, "nobody says whether it arrived"),
        (TextState.HANDED_OVER, DAY, "nobody says whether it arrived"),
        (TextState.DELIVERED, 2 * DAY, "arrived"),
        (TextState.WITHHELD, MINUTE, "was not sent after all"),
    ],
)
def test_fault_45_a_text_is_shown_with_its_fate_and_one_nobody_confirmed_in_a_day_as_unconfirmed(
    loaded: CommandLine, database: Database, state: TextState, ago: timedelta, fate: str
) -> None:
    number = leave(database)
    send(database, number, state, ago)
    text = shown(loaded, number)

    assert f"{fate}: “Did we get back to you? [yes]”" in text


def test_a_text_that_did_not_arrive_is_shown_with_the_networks_error(loaded: CommandLine, database: Database) -> None:
    number = leave(database)
    send(database, number, TextState.UNDELIVERED, code=30003)

    assert "did not arrive, error 30003" in shown(loaded, number)


def test_texts_that_came_in_stand_between_those_sent(loaded: CommandLine, database: Database) -> None:
    number = leave(database)
    send(database, number, TextState.DELIVERED, DAY)
    with database.write() as session:
        at = TUESDAY - timedelta(hours=1)
        keep_received(session, ReceivedText("SM1", JULIE, "Do not text me", Reply.STOP_IN_WORDS, number, at))
    send(database, number, TextState.WITHHELD)
    text = shown(loaded, number)

    assert text.index("arrived") < text.index("wants no more texts: “Do not text me”") < text.index("not sent after")
    assert "Tue 24 Nov 09:42" in text


def test_programs_read_the_same(loaded: CommandLine, database: Database) -> None:
    number = leave(database)
    send(database, number, TextState.SENT, DAY)
    with database.write() as session:
        keep_received(session, ReceivedText("SM1", JULIE, "Hello?", Reply.OTHER, number, TUESDAY))
    sent, came_in = json.loads(loaded.says("message", reference_of(number), "--json"))["texts"]

    assert (sent["from"], sent["purpose"], sent["state"], sent["code"]) == ("us", "verdict", "unconfirmed", None)
    assert (sent["at"], sent["words"]) == ("2026-11-23T10:42:00+00:00", "Did we get back to you? [yes]")
    assert (came_in["from"], came_in["meaning"], came_in["words"]) == ("caller", "other", "Hello?")


def test_a_message_without_texts_has_no_line_for_them(loaded: CommandLine, database: Database) -> None:
    assert "Texts" not in shown(loaded, leave(database))
