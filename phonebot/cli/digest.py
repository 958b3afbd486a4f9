"""`phonebot digest`: what somebody owes, as it would be sent to them."""

import os
from collections.abc import Callable
from datetime import datetime

import click

from phonebot.cli.digest_json import digest_json
from phonebot.cli.opening import opened, utc_now
from phonebot.cli.printing import print_json
from phonebot.config import SettingsMistake, load_settings
from phonebot.domain.digest import Act, Owed
from phonebot.mail.digest_mail import digest_letter
from phonebot.services.staff.digests import digest_for
from phonebot.services.staff.links import Links


@click.command()
@click.argument("person", metavar="ID")
@click.option("--at", metavar="T", help="As of when, as in 2026-11-24T16:00, in the office's zone; left out: now.")
@click.option("--html", "as_html", is_flag=True, help="Print the page that a mail program shows.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: person, at, owed, texts, returned, helped, missed.")
def digest(person: str, at: str | None, *, as_html: bool, as_json: bool) -> None:
    """The digest of the person ID, as it would be sent: what they owe, and people away whom they cover.

    It is shown here also when nothing is owed and no text came in; then none is sent. Texts shown here only are in the
    next one that is sent.
    """
    with opened() as database:
        found, book = digest_for(database, person, at, utc_now())
    if as_json:
        print_json(digest_json(found, book.office.hours.zone))
        return
    letter = digest_letter(found, book.office, _link(found.person, found.at))
    click.echo(letter.html if as_html else f"Subject: {letter.subject}\n\n{letter.text}".rstrip("\n"))


def _link(person: str, now: datetime) -> Callable[[Owed, Act], str]:
    """The addresses of the letter; none where the environment does not hold what they are made of."""
    try:
        settings = load_settings(os.environ)
    except SettingsMistake:
        return lambda _owed, _act: ""
    return Links.signed_with(settings.secret_key.get_secret_value()).writer(settings.public_url, person, now)
