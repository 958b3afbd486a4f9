"""The command `phonebot demo`: a sample office, real calls to it over HTTP, and what becomes of them."""

import shutil
import sys
import tempfile
import threading
from datetime import UTC, datetime, time
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from phonebot.app import make_worker
from phonebot.cli.conversation_view import plain_console, readable_number
from phonebot.cli.demo_clock import DemoClock, day_of_the_show
from phonebot.cli.demo_show import JULIE, NotAsItShould, Show
from phonebot.cli.message_view import mailbox_name
from phonebot.cli.own_phonebot import OwnPhonebot, logging_to, own_phonebot
from phonebot.worker.loop import Worker, stop_when_told

EXIT_FAILED = 1
LOG = "phonebot.log"


@click.command()
@click.option("--once", is_flag=True, help="Leave when the show is over.")
@click.pass_context
def demo(context: click.Context, once: bool) -> None:
    """Make real calls to a sample office, and show what becomes of them.

    Everything happens on this machine, in a temporary folder, on a working day that has passed. Afterwards the office
    stays up for you to try until Ctrl-C, unless --once is given. Leaves with 1 if anything is not as it should be.
    """
    console = plain_console()
    try:
        with tempfile.TemporaryDirectory(prefix="phonebot-") as folder:
            _perform(console, Path(folder), once=once)
    except NotAsItShould as failure:
        click.echo(f"phonebot: the demonstration failed. This should have been so: {failure}", err=True)
        context.exit(EXIT_FAILED)


def _perform(console: Console, folder: Path, *, once: bool) -> None:
    """The show, and then whatever its audience wants to try."""
    day = day_of_the_show(datetime.now(UTC).date())
    clock = DemoClock(datetime.combine(day, time(), UTC))
    with logging_to(folder / LOG), own_phonebot(folder, {}, clock=clock) as own:
        worker = make_worker(own.settings, own.database, clock=clock)
        _introduce(console, own)
        Show(own, worker, clock, console, day).play()
        if not once:
            clock.let_go()
            _stay_up(console, own, worker, folder)


def _introduce(console: Console, own: OwnPhonebot) -> None:
    """Say what is about to be seen."""
    office = own.book.office
    console.print()
    console.print(Text.assemble(("phonebot", "bold cyan"), ("  answers the telephone of ", "dim"), office.name))
    console.print()
    for line in (
        f"The app is at {own.settings.public_url}, with an empty database of its own.",
        "Its callers ring from a telephone network of our own, which signs and posts as the real one does.",
        f"The clock on the left is theirs: a Tuesday that has passed, in {office.hours.zone.key}.",
    ):
        console.print(Text(f"  {line}", "dim"))


def _stay_up(console: Console, own: OwnPhonebot, worker: Worker, folder: Path) -> None:
    """Answer whoever rings, in the present, until told to stop."""
    stop = stop_when_told()
    working = threading.Thread(target=worker.run, args=(stop,), daemon=True)
    working.start()
    _say_how_to_try(console, own, folder)
    stop.wait()
    working.join()
    console.print()
    console.print(Text("Goodbye.", "dim"))


def _say_how_to_try(console: Console, own: OwnPhonebot, folder: Path) -> None:
    """The lines, and what to copy into another terminal. It is printed unwrapped, so that it can be copied."""
    phonebot = "phonebot" if shutil.which("phonebot") else sys.argv[0]
    line = own.book.lines[0].number
    console.print()
    console.print(Text(f"Now it is yours to try, at {own.settings.public_url}", "bold"))
    console.print()
    for each in own.book.lines:
        console.print(f"  {readable_number(each.number)}   {mailbox_name(own.book, each.answers)}", style="dim")
    console.print()
    console.print(Text("In another terminal:", "bold"))
    console.print()
    for name, value in _environment(own).items():
        click.echo(f"  export {name}={value}")
    click.echo(f"  {phonebot} call {line} --from {JULIE}")
    click.echo(f'  {phonebot} status set sue "in meetings until half past two"')
    click.echo(f"  {phonebot} hear sue")
    click.echo(f"  {phonebot} messages")
    console.print()
    console.print(Text(f"Its log is {folder / LOG}. Ctrl-C ends it, and removes all of it.", "dim"))


def _environment(own: OwnPhonebot) -> dict[str, str]:
    """What `phonebot call` needs to ring this phonebot and to be recorded by it, and the other commands to see it."""
    settings = own.settings
    return {
        "DATABASE_URL": settings.database_url.get_secret_value(),
        "PUBLIC_URL": settings.public_url,
        "TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
        "TWILIO_AUTH_TOKEN": settings.twilio_auth_token.get_secret_value(),
        "TWILIO_API_URL": settings.twilio_api_url,
    }
