"""`phonebot doctor`: whether a phonebot on a real number is well, and what to do where it is not."""

import os
import sys
from collections.abc import Iterator

import click

from phonebot.cli.opening import opened, utc_now
from phonebot.cli.printing import print_json_list
from phonebot.services.health.doctor import examine
from phonebot.services.health.findings import Finding

EXIT_WRONG = 1


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def doctor(*, as_json: bool) -> None:
    """Look whether all is well on a real number, and say what to do where it is not.

    Looks at the settings, the database, the office and the worker; asks our own address, Twilio and the mail server.
    A line for each thing; exits 1 where anything is not right. Nothing is changed, and nobody is called.
    """
    findings: list[Finding] = []

    def found() -> Iterator[Finding]:
        """The findings as they come, since some take seconds, and kept."""
        for one in examine(os.environ, opened, utc_now):
            findings.append(one)
            yield one

    if as_json:
        print_json_list({"what": one.what, "ok": one.ok, "says": one.says} for one in found())
    else:
        for one in found():
            click.echo(f"{'ok   ' if one.ok else 'WRONG'}  {one.what}: {one.says}")
    if not all(one.ok for one in findings):
        sys.exit(EXIT_WRONG)
