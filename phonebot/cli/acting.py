"""`phonebot pass`, `close` and `said`: what staff do to a message without ringing anybody from here."""

from collections.abc import Callable
from datetime import datetime

import click

from phonebot.cli.message_json import message_json
from phonebot.cli.opening import opened, utc_now
from phonebot.cli.printing import print_json
from phonebot.domain.message import State
from phonebot.domain.reference import number_of
from phonebot.services.messages import acting
from phonebot.services.messages.acting import Came
from phonebot.services.messages.reading import NoMessage, mailboxes, message_called
from phonebot.store.database import Database

Act = Callable[[Database, int, datetime], Came]


@click.command(name="pass")
@click.argument("ref")
@click.option("--to", "to", required=True, metavar="ID", help='Whose it shall be: a person\'s id, or "office".')
@click.option("--by", "by", required=True, metavar="ID", help="Who passes it on: a person's id.")
@click.option("--json", "as_json", is_flag=True, help="Print the message as JSON.")
def pass_(ref: str, to: str, by: str, *, as_json: bool) -> None:
    """Put message REF on somebody else's list. They are told at once, and owe the call from then on."""
    _do(ref, lambda database, number, now: acting.pass_on(database, number, by, to, now), as_json=as_json)


@click.command()
@click.argument("ref")
@click.option(
    "--as",
    "how",
    required=True,
    type=click.Choice([State.WITHDRAWN.value, State.UNREACHABLE.value]),
    help="Withdrawn by its caller, or unreachable after three tries.",
)
@click.option("--by", "by", required=True, metavar="ID", help="Who closes it: a person's id.")
@click.option("--json", "as_json", is_flag=True, help="Print the message as JSON.")
def close(ref: str, how: str, by: str, *, as_json: bool) -> None:
    """Take message REF off the list though its caller was not reached. Only a call or the caller returns it."""
    _do(ref, lambda database, number, now: acting.close(database, number, by, State(how), now), as_json=as_json)


@click.command()
@click.argument("ref")
@click.option("--by", "by", required=True, metavar="ID", help="Who has called: a person's id.")
@click.option("--json", "as_json", is_flag=True, help="Print the message as JSON.")
def said(ref: str, by: str, *, as_json: bool) -> None:
    """Say that you have called about message REF by some other telephone. Its caller is asked whether that is so."""
    _do(ref, lambda database, number, now: acting.said_returned(database, number, by, now), as_json=as_json)


def _do(ref: str, act: Act, *, as_json: bool) -> None:
    """Do it, and print what came of it, or the message as it stands then."""
    number = number_of(ref)
    if number is None:
        raise NoMessage(ref)
    with opened() as database:
        came = act(database, number, utc_now())
        boxes, kept = mailboxes(database), message_called(database, ref)
    if as_json:
        print_json(message_json(kept, boxes.zone))
        return
    click.echo(f"{'Done already. ' if came.again else ''}{came.said}")
