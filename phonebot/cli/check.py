"""`phonebot check`: whether all is well, a line for each thing that was looked at."""

import os
import sys

import click

from phonebot.cli.opening import opened
from phonebot.cli.printing import print_json_list
from phonebot.prompts import data_folder
from phonebot.services.health.checking import check_everything

EXIT_WRONG = 1


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def check(*, as_json: bool) -> None:
    """See whether all is well: settings, prompts, wording, flows, database, office and storage.

    Prints what is wrong, a line each, and exits 1 where anything is. Nothing is changed, and nobody is called.
    """
    checked = list(check_everything(os.environ, data_folder("flows"), data_folder("prompts"), opened))
    if as_json:
        print_json_list({"what": one.what, "right": one.right, "problems": list(one.problems)} for one in checked)
    else:
        for one in checked:
            for line in one.problems or ("all right",):
                click.echo(f"{one.what}: {line}")
    if not all(one.right for one in checked):
        sys.exit(EXIT_WRONG)
