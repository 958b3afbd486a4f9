"""`phonebot messages` and `phonebot message`: what callers have left."""

from collections.abc import Iterable
from typing import Final

import click

from phonebot.cli.conversation_view import plain_console
from phonebot.cli.message_json import message_json
from phonebot.cli.message_texts import text_lines
from phonebot.cli.message_view import message_card, message_lines
from phonebot.cli.opening import opened, utc_now
from phonebot.cli.printing import for_people, print_json, print_json_list
from phonebot.domain.message import LISTED, State
from phonebot.domain.reference import number_of
from phonebot.services.messages.reading import Mailboxes, mailboxes, message_called, messages_listed
from phonebot.store.messages import KeptMessage

STATES: Final = [state.value for state in State if state in LISTED]


@click.command()
@click.option("--for", "whose", metavar="ID", help='Whose: a person\'s id, or "office".')
@click.option("--state", type=click.Choice(STATES), help="Only those that stand so.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def messages(whose: str | None, state: str | None, *, as_json: bool) -> None:
    """The messages callers have left, in the order in which they came in: first what has waited longest.

    Missed calls, which left nothing, are among them: they have the state "missed".
    """
    with opened() as database:
        boxes = mailboxes(database)
        mailbox = None if whose is None else boxes.called(whose)
        found = messages_listed(database, mailbox=mailbox, state=None if state is None else State(state))
        if as_json:
            print_json_list(message_json(each, boxes.zone) for each in found)
        else:
            _print_in_short(found, boxes)


@click.command()
@click.argument("ref")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def message(ref: str, *, as_json: bool) -> None:
    """The message with the reference REF, whole, with the texts about it."""
    with opened() as database:
        boxes = mailboxes(database)
        kept = message_called(database, ref)
        with database.read() as session:
            texts = text_lines(session, number_of(kept.message.ref) or 0, utc_now())
    if as_json:
        print_json({**message_json(kept, boxes.zone), "texts": [text.to_json(boxes.zone) for text in texts]})
    else:
        plain_console().print(message_card(kept, boxes.name(kept.message.mailbox), boxes.zone, texts))


def _print_in_short(found: Iterable[KeptMessage], boxes: Mailboxes) -> None:
    """Two or three lines for each message, as they come."""
    printed = False
    for kept in found:
        first, *rest = message_lines(kept, boxes.name(kept.message.mailbox))
        rang = for_people(kept.message.received_at.astimezone(boxes.zone))
        click.echo("\n  ".join([f"{rang}  {first}", *rest]))
        printed = True
    if not printed:
        click.echo("No messages.")
