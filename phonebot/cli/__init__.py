"""The command line: `phonebot`, and where each of its commands is found."""

import importlib
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any, Final, NoReturn

import click

COMMANDS: Final = {
    "demo": ("phonebot.cli.demo:demo", "Make a real call to a sample office, and show what becomes of it."),
    "call": ("phonebot.cli.call:call", "Ring a line from the terminal, as a caller would."),
    "hear": ("phonebot.cli.hear:hear", "What a caller hears of somebody's whereabouts."),
    "status": ("phonebot.cli.status:status", "Say where somebody is today; see where everybody is."),
    "messages": ("phonebot.cli.messages:messages", "The messages callers have left."),
    "message": ("phonebot.cli.messages:message", "One message, whole, by its reference."),
    "when": ("phonebot.cli.when:when", "What a caller means by when they would like the call."),
    "number": ("phonebot.cli.number:number", "The telephone number somebody said."),
    "guard": ("phonebot.cli.guard:guard", "Whether a wording promises what nobody has promised."),
    "transcribe": ("phonebot.cli.transcribe:transcribe", "What is said in a recording, and how far to trust it."),
    "accept": (
        "phonebot.cli.accept:accept",
        "Take on the call a caller would like: the one promise of a call.",
    ),
    "return": ("phonebot.cli.returning:return_", "Ring a caller back: your own phone first, then theirs."),
    "held": ("phonebot.cli.returning:held", "Write down what was said on a call you made for a colleague."),
    "said": ("phonebot.cli.acting:said", "Say that you have called by some other telephone."),
    "pass": ("phonebot.cli.acting:pass_", "Put a message on somebody else's list."),
    "close": ("phonebot.cli.acting:close", "Take a message off the list though its caller was not reached."),
    "digest": ("phonebot.cli.digest:digest", "What somebody owes, as their digest says it."),
    "report": ("phonebot.cli.report:report", "The record: what was taken, and what was really returned."),
    "forget": ("phonebot.cli.forget:forget", "Erase a caller who asks for it."),
    "doctor": ("phonebot.cli.doctor:doctor", "Say what is not right, and what to do about it."),
    "twilio": ("phonebot.cli.twilio:twilio", "Point a number of the Twilio account at this phonebot."),
    "load": ("phonebot.cli.office:load", "Load the office: its people, lines and hours."),
    "migrate": ("phonebot.cli.office:migrate", "Bring the database up to date."),
    "check": ("phonebot.cli.check:check", "See whether all is well: settings, flows, prompts, wording, database."),
    "serve": ("phonebot.cli.serving:serve", "Answer calls: run the web application."),
    "worker": ("phonebot.cli.serving:worker", "Do all that need not happen during a call: send, ring, fetch, remind."),
}
"""Each command: where it is, and what it does. A module is imported only once its command is asked for."""

EXIT_MISTAKE: Final = 2


class PhonebotGroup(click.Group):
    """The group of all commands. Every mistake becomes one line on standard error and exit code 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands' names, in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of that name, imported now; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """List the commands from the table alone, so that help comes at once."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, what) for name, (_, what) in COMMANDS.items()])

    def main(self, args: Sequence[str] | None = None, *others: Any, **more: Any) -> NoReturn:
        """Run a command and leave, with its exit code."""
        more["standalone_mode"] = False
        try:
            code = super().main(args, *others, **more)
        except click.exceptions.NoArgsIsHelpError as nothing_asked:
            click.echo(nothing_asked.ctx.get_help() if nothing_asked.ctx else self.name)
            code = 0
        except click.ClickException as mistake:
            _say_mistake(_usage(mistake))
            code = EXIT_MISTAKE
        except click.Abort:
            _say_mistake("stopped")
            code = 130
        except Exception as error:
            said = importlib.import_module("phonebot.cli.mistakes").said_of(error)
            if said is None:
                raise
            _say_mistake(said)
            code = EXIT_MISTAKE
        sys.exit(code if isinstance(code, int) else 0)


def _usage(mistake: click.ClickException) -> str:
    """A mistake in how a command was written, on one line, with where to read how it should be."""
    said = " ".join(mistake.format_message().split())
    context = mistake.ctx if isinstance(mistake, click.UsageError) else None
    return f"{said} (`{context.command_path} --help` says how)" if context else said


def _say_mistake(said: str) -> None:
    for line in said.splitlines():
        click.echo(f"phonebot: {line}", err=True)


@click.group(cls=PhonebotGroup, name="phonebot", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="phonebot", prog_name="phonebot")
def cli() -> None:
    """A telephone line that tells callers the truth and takes their message properly.

    First: `phonebot migrate`, then `phonebot load office.toml`. DATABASE_URL says where the database is; left out, it
    is a file under var/. To see it at work with nothing set up at all: `phonebot demo`.
    """


def main() -> None:
    """Run the command line, as the `phonebot` program does."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that cannot show a character in a caller's name should still show the message.
            stream.reconfigure(errors="backslashreplace")
    cli()
