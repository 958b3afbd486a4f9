"""The command line as a test runs it: each command in this process, its output and exit code caught."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog
import time_machine
from click.testing import CliRunner, Result

from phonebot.cli import cli
from tests.offices import OFFICE_TOML


@pytest.fixture
def on_a_tuesday() -> Iterator[None]:
    """The clock of this process at 10:42 on Tuesday the 24th of November 2026, and going on from there.

    The command line is the edge at which phonebot asks what time it is, so there is no clock to pass in.
    """
    with time_machine.travel(datetime(2026, 11, 24, 10, 42, tzinfo=UTC)):
        yield


@dataclass(frozen=True)
class CommandLine:
    """Runs commands with nothing in the environment but `DATABASE_URL` and what a test adds."""

    database_url: str
    folder: Path

    def __call__(self, *arguments: str, **environ: str) -> Result:
        """Run a command, which must not end in an exception of our own."""
        unset = dict.fromkeys(("PUBLIC_URL", "SECRET_KEY", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "DYNO"))
        variables = {**unset, "DATABASE_URL": self.database_url, **environ}
        result = CliRunner(env=variables).invoke(cli, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    def says(self, *arguments: str, **environ: str) -> str:
        """What a command prints that goes well."""
        result = self(*arguments, **environ)
        assert (result.exit_code, result.stderr) == (0, "")
        return result.stdout

    def refuses(self, *arguments: str, **environ: str) -> str:
        """The one line a command prints on standard error when it exits with 2, having printed nothing else."""
        result = self(*arguments, **environ)
        assert (result.exit_code, result.stdout) == (2, "")
        line, end = result.stderr.removeprefix("phonebot: "), result.stderr[-1:]
        assert end == "\n"
        assert "\n" not in line[:-1]
        return line[:-1]


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    """Commands send logs to standard error, which here is theirs alone."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def command(database_url: str, tmp_path: Path) -> CommandLine:
    """The command line, with a migrated database in which no office is loaded."""
    return CommandLine(database_url, tmp_path)


@pytest.fixture
def office_toml(tmp_path: Path) -> Path:
    """The sample office's file."""
    path = tmp_path / "office.toml"
    path.write_text(OFFICE_TOML, encoding="utf-8")
    return path


@pytest.fixture
def loaded(command: CommandLine, office_toml: Path) -> CommandLine:
    """The command line, with the sample office loaded."""
    command.says("load", str(office_toml))
    return command


sqlite_only = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
