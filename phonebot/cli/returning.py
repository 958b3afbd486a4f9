"""`phonebot return`: ring somebody of the staff, and on their 1 the caller; `phonebot held`: what was said then."""

import os

import click

from phonebot.cli.message_json import message_json
from phonebot.cli.opening import opened, utc_now
from phonebot.cli.printing import print_json
from phonebot.config import load_database_settings
from phonebot.services.callbacks.returning import note_held, return_call
from phonebot.services.messages.reading import mailboxes, message_called
from phonebot.services.office.people import person_called, the_office


@click.command(name="return")
@click.argument("ref")
@click.option("--by", "by", required=True, metavar="ID", help="Whose phone rings: a person's id.")
@click.option("--json", "as_json", is_flag=True, help="Print the message as JSON, with its tries.")
def return_(ref: str, by: str, *, as_json: bool) -> None:
    """Return the call that message REF asks for. The worker rings the phone; 1 there rings the caller."""
    calls_a_day = load_database_settings(os.environ).calls_a_day
    with opened() as database:
        made = return_call(database, ref, by, calls_a_day, utc_now())
        boxes, kept = mailboxes(database), message_called(database, ref)
        with database.read() as session:
            person = person_called(the_office(session), by)
    if as_json:
        print_json(message_json(kept, boxes.zone))
        return
    rung = f"{person.first_name} on the number ending {(person.phone or '')[-4:]}"
    whom = kept.message.answers.name or f"the number ending {(made.phone or '')[-4:]}"
    behalf = f" on behalf of {boxes.name(kept.owner or kept.message.mailbox)}" if made.holding else ""
    click.echo(f"The worker rings {rung} within seconds; press 1 there to ring {whom}{behalf}.")


@click.command()
@click.argument("ref")
@click.argument("note")
@click.option("--by", "by", required=True, metavar="ID", help="Who rang: a person's id.")
@click.option("--json", "as_json", is_flag=True, help="Print the message as JSON, with its tries.")
def held(ref: str, note: str, by: str, *, as_json: bool) -> None:
    """Write down, as NOTE, what was said when you last rang about message REF."""
    with opened() as database:
        noted = note_held(database, ref, by, note, utc_now())
        boxes, kept = mailboxes(database), message_called(database, ref)
    if as_json:
        print_json(message_json(kept, boxes.zone))
        return
    click.echo(f"Noted with message {kept.message.ref}: “{noted.note}”")
