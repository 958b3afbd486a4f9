"""`phonebot status`: setting, seeing and clearing where people are."""

from typing import Any

import click

from phonebot.cli.opening import opened, utc_now
from phonebot.cli.printing import for_people, iso, print_json, print_json_list
from phonebot.services.office.hearing import Whereabouts, everybody
from phonebot.services.office.statuses import Note, clear_status, set_status

as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def status() -> None:
    """Say where somebody is today; see where everybody is."""


@status.command("set")
@click.argument("person")
@click.argument("text", nargs=-1)
@click.option("--from", "from_", metavar="T", help="When it begins; left out: now.")
@click.option("--until", metavar="T", help="When it ends; left out: midnight, or back plus leeway where that is later.")
@click.option("--back", metavar="T", help="When they expect to be back; a date alone means some time that day.")
@click.option("--leeway", metavar="D", help="How much later that may become: 30m, 2h or 1h30m; left out: 30m.")
@click.option("--cover", metavar="ID", help="Who stands in.")
@as_json_option
def set_(person: str, text: tuple[str, ...], *, as_json: bool, **given: str | None) -> None:
    """Say where PERSON is, and hear what callers will.

    TEXT is as you would say it: "in meetings until two, back after"; "on leave until Monday the 5th"; "out today, tom
    covers". The options say the same more exactly, win over TEXT, and will do without it. Times T are as in
    2026-11-24T14:30, in the office's zone. Leave and sickness are spoken as "out of the office".
    """
    with opened() as database:
        done = set_status(database, person, Note(" ".join(text), **given), utc_now())
    if as_json:
        # From when and until when it speaks, even where it has nothing to say by now.
        print_json(_json(done.heard) | {"from": iso(done.starts), "until": iso(done.ends)})
        return
    click.echo(f"{done.person.name}, from {for_people(done.starts)} until {for_people(done.ends)}. Callers hear:")
    click.echo(f"  {done.heard.words}")
    if done.heard_open is not None:
        click.echo(f"Once the office opens, {for_people(done.heard_open.at)}:\n  {done.heard_open.words}")


@status.command()
@click.option("--at", metavar="T", help="When, as in 2026-11-24T14:30, in the office's zone; left out: now.")
@as_json_option
def show(at: str | None, *, as_json: bool) -> None:
    """See where everybody is, and what callers hear."""
    with opened() as database:
        found = everybody(database, at, utc_now())
    if as_json:
        print_json_list(map(_json, found))
        return
    for one in found:
        click.echo(f"{one.name} ({one.who}): {_in_short(one)}")
        click.echo(f"  {one.words}")
    if not found:
        click.echo("There is nobody in the office file.")


@status.command()
@click.argument("person")
@as_json_option
def clear(person: str, *, as_json: bool) -> None:
    """Take back what PERSON has set.

    That is whatever speaks now or later. Prints what callers hear instead.
    """
    with opened() as database:
        cleared, heard = clear_status(database, person, utc_now())
    if as_json:
        print_json(_json(heard) | {"cleared": cleared})
        return
    what = {0: "nothing was set", 1: "one status is cleared"}.get(cleared, f"{cleared} statuses are cleared")
    click.echo(f"{heard.name}: {what}. Callers hear:")
    click.echo(f"  {heard.words}")


def _in_short(one: Whereabouts) -> str:
    if one.status is None or one.starts is None or one.ends is None:
        return "no status"
    parts = [one.status, f"from {for_people(one.starts)} until {for_people(one.ends)}"]
    if one.back is not None:
        parts.append(f"back {for_people(one.back)}")
    if one.cover is not None:
        parts.append(f"{one.cover} covers")
    return ", ".join(parts)


def _json(one: Whereabouts) -> dict[str, Any]:
    return {
        "at": iso(one.at),
        "who": one.who,
        "name": one.name,
        "words": one.words,
        "status": one.status,
        "from": iso(one.starts),
        "until": iso(one.ends),
        "back": iso(one.back),
        "back_latest": iso(one.back_latest),
        "cover": one.cover,
    }
