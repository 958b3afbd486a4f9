"""The command `phonebot demo`: a sample office, real calls to it over HTTP, and what becomes of them."""

import shutil
import sys
import tempfile
import threading
from contextlib import ExitStack
from datetime import UTC, datetime, time
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from phonebot.app import make_worker
from phonebot.cli.conversation_view import plain_console, readable_number
from phonebot.cli.demo_clock import DemoClock, day_of_the_show
from phonebot.cli.demo_outside import telephones_outside
from phonebot.cli.demo_post import DemoPost
from phonebot.cli.demo_show import play
from phonebot.cli.demo_stage import JULIE, NotAsItShould, Stage
from phonebot.cli.demo_words import VOICEMAIL, listening
from phonebot.cli.message_view import mailbox_name
from phonebot.cli.own_phonebot import OwnPhonebot, logging_to, own_phonebot
from phonebot.domain.digest import Act
from phonebot.domain.reference import number_of
from phonebot.services.staff.links import Links
from phonebot.worker.loop import stop_when_told

EXIT_FAILED = 1
LOG, MAIL = "phonebot.log", "mail"


@click.command()
@click.option("--once", is_flag=True, help="Leave when the show is over.")
@click.option("--speech", is_flag=True, help="Have a voicemail put into words, for which speech-offline is installed.")
@click.pass_context
def demo(context: click.Context, *, once: bool, speech: bool) -> None:
    """Make real calls to a sample office, and show what becomes of them.

    Everything happens on this machine, in a temporary folder, on a working day that has passed. Afterwards the office
    stays up for you to try until Ctrl-C, unless --once is given. Leaves with 1 if anything is not as it should be.
    """
    console = plain_console()
    try:
        with tempfile.TemporaryDirectory(prefix="phonebot-") as folder:
            _perform(console, Path(folder), once=once, speech=speech)
    except NotAsItShould as failure:
        click.echo(f"phonebot: the demonstration failed. This should have been so: {failure}", err=True)
        context.exit(EXIT_FAILED)


def _perform(console: Console, folder: Path, *, once: bool, speech: bool) -> None:
    """The show, and then whatever its audience wants to try."""
    day = day_of_the_show(datetime.now(UTC).date())
    clock = DemoClock(datetime.combine(day, time(), UTC))
    with (
        ExitStack() as engine,
        logging_to(folder / LOG),
        DemoPost(folder / MAIL) as post,
        own_phonebot(folder, {}, clock=clock, more=post.settings) as own,
    ):
        transcriber = engine.enter_context(listening()) if speech else None
        worker = make_worker(own.settings, own.database, clock=clock, transcriber=transcriber)
        _introduce(console, own)
        stage = Stage(own, post, worker, clock, console, day, VOICEMAIL if speech else None)
        owed = play(stage)
        if not once:
            clock.let_go()
            with telephones_outside(own, clock, stage.view) as elsewhere:
                _stay_up(stage, folder, owed, elsewhere)


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


def _stay_up(stage: Stage, folder: Path, owed: str, elsewhere: str) -> None:
    """Answer whoever rings, in the present, until told to stop. `owed` is a message's reference."""
    stop = stop_when_told()
    working = threading.Thread(target=stage.worker.run, args=(stop,), daemon=True)
    working.start()
    _say_how_to_try(stage.console, stage.own, owed, elsewhere)
    _say_where_things_are(stage, folder, owed)
    stop.wait()
    working.join()
    stage.console.print()
    stage.console.print(Text("Goodbye.", "dim"))


def _say_how_to_try(console: Console, own: OwnPhonebot, owed: str, elsewhere: str) -> None:
    """The lines, and what to copy into another terminal. It is printed unwrapped, so that it can be copied."""
    phonebot = "phonebot" if shutil.which("phonebot") else sys.argv[0]
    console.print()
    console.print(Text(f"Now it is yours to try, at {own.settings.public_url}", "bold"))
    console.print()
    for each in own.book.lines:
        console.print(f"  {readable_number(each.number)}   {mailbox_name(own.book, each.answers)}", style="dim")
    console.print()
    console.print(Text("In another terminal:", "bold"))
    console.print()
    for name, value in (_environment(own) | {"TWILIO_API_URL": elsewhere}).items():
        click.echo(f"  export {name}={value}")
    for words in (
        f"call {own.book.lines[0].number} --from {JULIE}",
        'status set sue "in meetings until half past two"',
        "hear sue",
        "messages",
        "digest sue",
        f"return {owed} --by sue",
        "report",
    ):
        click.echo(f"  {phonebot} {words}")
    console.print()


def _say_where_things_are(stage: Stage, folder: Path, owed: str) -> None:
    """A link of a digest to follow, and where mails and the log are."""
    settings = stage.own.settings
    links = Links.signed_with(settings.secret_key.get_secret_value())
    token = links.token(number_of(owed) or 0, "sue", Act.CALL, stage.clock())
    stage.console.print(Text(f"Or in a browser, as Sue from her digest, to return {owed}:", "bold"))
    stage.console.print()
    click.echo(f"  {settings.public_url}/do/{token}")
    stage.console.print()
    stage.console.print(Text("Everybody who is rung from here answers, and what is said is shown here.", "dim"))
    stage.console.print(Text(f"Mails to staff are in {folder / MAIL}, and the log is {folder / LOG}.", "dim"))
    stage.console.print(Text("Ctrl-C ends it, and removes all of it.", "dim"))


def _environment(own: OwnPhonebot) -> dict[str, str]:
    """What `phonebot call` needs to ring this phonebot, and the other commands to see it and to make its links."""
    settings = own.settings
    return {
        "DATABASE_URL": settings.database_url.get_secret_value(),
        "PUBLIC_URL": settings.public_url,
        "TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
        "TWILIO_AUTH_TOKEN": settings.twilio_auth_token.get_secret_value(),
        "SECRET_KEY": settings.secret_key.get_secret_value(),
    }
