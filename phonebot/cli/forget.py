"""`phonebot forget`: erase a caller who asks for it."""

import click

from phonebot.cli.opening import opened, utc_now
from phonebot.cli.printing import print_json
from phonebot.services.messages.forgetting import forget as forget_caller


@click.command()
@click.argument("number")
@click.option("--by", "by", required=True, metavar="ID", help="At whose word: a person's id.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def forget(number: str, by: str, *, as_json: bool) -> None:
    """Erase the caller with that NUMBER: names, words and audio, here and at Twilio.

    What they are still owed is withdrawn first. The record keeps its counts. Mail that was sent is not called back.
    """
    with opened() as database:
        done = forget_caller(database, number, by, utc_now())
    if as_json:
        print_json({"messages": done.messages, "withdrawn": done.withdrawn})
        return
    if not done.messages:
        click.echo("No message is from that number; whatever else was kept of it is gone.")
        return
    messages = "1 message" if done.messages == 1 else f"{done.messages} messages"
    click.echo(f"{messages} forgotten, {done.withdrawn} of them withdrawn. The worker deletes the recordings.")
