"""The command `phonebot call`: ring a line from the terminal, or from a script, as a caller would."""

import os
import re
import sys
from pathlib import Path

import click
from rich.text import Text

from phonebot.cli.caller_seat import CallerSeat, ScriptedTurns, Turns, TypedTurns
from phonebot.cli.conversation_view import ConversationView, plain_console
from phonebot.cli.exchange import Exchange, exchange
from phonebot.cli.message_view import mailbox_name, message_lines, messages_of_call
from phonebot.domain.office import OfficeBook
from phonebot.domain.phone import caller_id
from phonebot.services.office.people import line_called
from phonebot.simulator import LiveCall
from phonebot.simulator.script import kept, read_turns, write_conversation
from phonebot.simulator.terminal import converse

FICTIONAL_CALLER = "+447700900143"
WITHHELD = "anonymous"
"""What the network sends for a number that is withheld."""

UNUSABLE = re.compile(r"\+?[0-9]{2,15}")
"""A caller ID on which nobody could be rung back, as networks do send it."""

HOW_TO = "Type what you say; digits, * and # are keys. Also: /silence, /hangup, /record SECONDS, /record FILE.wav."
EXIT_BROKEN = 1
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("line")
@click.option("--from", "caller", metavar="NUMBER", default=FICTIONAL_CALLER, show_default=True, help="Or: withheld.")
@click.option("--script", type=FILE, help="The caller's turns, one a line; after the last the caller hangs up.")
@click.option("--keep", type=FILE, help="Write the conversation to this .call file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, a line for each: at, who, and words or keys.")
@click.pass_context
def call(
    context: click.Context, line: str, caller: str, script: Path | None, keep: Path | None, *, as_json: bool
) -> None:
    """Ring LINE as a caller would: a number, or the id of whoever it answers for.

    Type what you say, or digits, which are keys as * and # are; /silence, /hangup, /record SECONDS or FILE.wav.

    The phonebot at PUBLIC_URL answers, if it is ready (TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN sign for it). Else one
    is started for this call, on DATABASE_URL where that is set, with a sample office where there is none.
    """
    turns = _turns(script, as_json=as_json)
    _check_folder(keep)
    with exchange(os.environ) as ours:
        number, shown = _line(line, ours.book), _caller(caller, ours.book)
        zone = ours.book.office.hours.zone if ours.book else None
        view = None if as_json else ConversationView(plain_console(), zone, {"caller": "You"})
        if view is not None and turns.asks_again:
            view.console.print(Text(HOW_TO, "dim"))
        live = ours.network.phone(shown).dials(number)
        seat = CallerSeat(live, turns, view=view, zone=zone, between=ours.between)
        taken = converse(live, seat.next_turn, seat.show)
        ours.afterwards()
        if keep is not None:
            keep.write_text(write_conversation(kept(f"A call to {line}", live, taken)), encoding="utf-8")
        if view is not None:
            _say_how_it_ended(view, live)
            _say_what_staff_see(view, ours, live)
        if seat.stopped_by:
            raise click.ClickException(f"{script or 'standard input'}: {seat.stopped_by}")
        if _say_what_is_broken(ours):
            context.exit(EXIT_BROKEN)


def _turns(script: Path | None, *, as_json: bool) -> Turns:
    """Where the caller's turns come from."""
    if script is None:
        return TypedTurns(prompting=sys.stdin.isatty() and not as_json)
    try:
        return ScriptedTurns(read_turns(script))
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{script}: is not UTF-8 text") from error


def _check_folder(keep: Path | None) -> None:
    """A conversation that cannot be kept is better not had."""
    if keep is not None and not keep.parent.is_dir():
        raise click.ClickException(f"{keep.parent}: there is no such folder")


def _line(asked: str, book: OfficeBook | None) -> str:
    """The number to dial; raises Nobody where the office has no such line."""
    if book is None:
        e164 = caller_id(asked, "").e164
        if e164 is None:
            raise click.ClickException(f"{asked[:80]!r} is no number such as +442079460100")
        return e164
    line = line_called(book, asked)
    if not line.number:
        numbers = ", ".join(each.number for each in book.lines) or "none"
        raise click.ClickException(f"{asked[:80]!r} has no line; the lines are: {numbers}")
    return line.number


def _caller(asked: str, book: OfficeBook | None) -> str:
    """The caller ID that the network shows."""
    read = caller_id(asked, book.office.region if book else "")
    if read.withheld:
        return WITHHELD if asked.strip().isalpha() or not asked.strip() else asked.strip()
    if read.e164 is None and not UNUSABLE.fullmatch(asked.strip()):
        raise click.ClickException(f"--from {asked[:80]!r} is no number such as {FICTIONAL_CALLER}, and not withheld")
    return read.e164 or asked.strip()


def _say_how_it_ended(view: ConversationView, live: LiveCall) -> None:
    """Who hung up, and when."""
    if not live.transcript:
        said = f"The call was not answered ({live.status})."
    else:
        whose = {"caller": "You", "line": "The line"}.get(live.call.ended_by, "The network")
        said = f"{whose} hung up after {live.seconds:.0f} s."
    view.console.print()
    view.console.print(Text(said, "dim"))


def _say_what_staff_see(view: ConversationView, ours: Exchange, live: LiveCall) -> None:
    """The messages of the call, in a few lines."""
    if ours.database is None:
        view.console.print(Text("Staff see it with `phonebot messages`, on the app's own DATABASE_URL.", "dim"))
        return
    found = messages_of_call(ours.database, live.sid, live.call.began)
    view.console.print(Text("Staff see:" if found else "There is no message of this call.", "dim"))
    for each in found:
        for line in message_lines(each, mailbox_name(ours.book, each.message.mailbox)):
            view.console.print(Text(f"  {line}"))


def _say_what_is_broken(ours: Exchange) -> bool:
    """What the network has against the app, and what the app itself had to say, on standard error."""
    troubles = [breach.what for breach in ours.network.breaches] + ours.errors()
    if any(breach.status == 403 for breach in ours.network.breaches):
        troubles.append("403 says that TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN or PUBLIC_URL is not what the app has")
    for trouble in troubles:
        click.echo(f"phonebot: {trouble}", err=True)
    return bool(troubles)
