"""`phonebot accept`: take on the call that a caller would like."""

import click

from phonebot.cli.message_json import message_json
from phonebot.cli.opening import opened, utc_now
from phonebot.cli.printing import for_people, print_json
from phonebot.services.messages.accepting import accept as accept_call
from phonebot.services.messages.reading import mailboxes, message_called


@click.command()
@click.argument("ref")
@click.option("--by", "by", required=True, metavar="ID", help="Who will call: a person's id.")
@click.option("--window", metavar="TEXT", help='When, as in "Thursday after ten"; left out: when the caller likes.')
@click.option("--json", "as_json", is_flag=True, help="Print the message as JSON, with its commitments.")
def accept(ref: str, by: str, window: str | None, *, as_json: bool) -> None:
    """Take on the call that message REF asks for. Only then may its caller be told that somebody will call."""
    with opened() as database:
        made = accept_call(database, ref, by, window, utc_now())
        boxes, kept = mailboxes(database), message_called(database, ref)
    if as_json:
        print_json(message_json(kept, boxes.zone))
        return
    click.echo(
        f"{boxes.name(made.owner)} calls by {for_people(made.due.astimezone(boxes.zone))}. The caller may be told:"
    )
    click.echo(f"  “{made.words}”")
