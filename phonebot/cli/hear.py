"""`phonebot hear`: what callers hear of somebody's whereabouts."""

import click

from phonebot.cli.opening import opened, utc_now
from phonebot.cli.printing import iso, print_json
from phonebot.services.office.hearing import hear as hear_of


@click.command()
@click.argument("whom", metavar="PERSON-OR-LINE")
@click.option("--at", metavar="T", help="When, as in 2026-11-24T14:30, in the office's zone; left out: now.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: at, who, words, status, back, back_latest.")
def hear(whom: str, at: str | None, *, as_json: bool) -> None:
    """The away message a caller hears: now, or at the instant --at.

    PERSON-OR-LINE is a person's id, "office", or the number of a line, however it is written.
    """
    with opened() as database:
        heard = hear_of(database, whom, at, utc_now())
    if not as_json:
        click.echo(heard.words)
        return
    print_json(
        {
            "at": iso(heard.at),
            "who": heard.who,
            "words": heard.words,
            "status": heard.status,
            "back": iso(heard.back),
            "back_latest": iso(heard.back_latest),
        }
    )
