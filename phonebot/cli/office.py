"""`phonebot migrate` and `phonebot load`: the database and the office, before anything else."""

import os
from pathlib import Path

import click

from phonebot.cli.logs import configure_logs
from phonebot.cli.opening import missing_file, opened, utc_now
from phonebot.config import DatabaseSettings, load_database_settings
from phonebot.services.office.changes import load_and_compare
from phonebot.services.office.loading import load_office_file
from phonebot.store.database import Database, NotReady, ready
from phonebot.store.schema import migrate as bring_up_to_date


@click.command()
def migrate() -> None:
    """Bring the database up to date. Doing it again changes nothing."""
    configure_logs()
    settings = load_database_settings(os.environ)
    file = missing_file(settings)
    if file is None and _is_ready(settings):
        click.echo("The database is up to date already.")
        return
    bring_up_to_date(settings.database_url.get_secret_value())
    click.echo(f"Made the database {file}." if file else "The database is up to date now.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def load(file: Path) -> None:
    """Load the office from FILE, usually office.toml: its people, lines and hours.

    The office becomes just what the file says. A mistake in it is shown with its line, and then nothing is changed. A
    person taken out of the file is kept as departed. A database file that is not there yet is made first.
    """
    settings = load_database_settings(os.environ)
    if made := missing_file(settings):
        # Nothing is made for a file that cannot be loaded.
        load_office_file(file)
        bring_up_to_date(settings.database_url.get_secret_value())
        click.echo(f"Made the database {made}.")
    with opened() as database:
        book, changes = load_and_compare(database, file, utc_now())
    people, lines = len(book.people), len(book.lines)
    click.echo(f"{book.office.name}: {_count(people, 'person', 'people')}, {_count(lines, 'line', 'lines')}.")
    click.echo(f"Changed: {'; '.join(changes)}." if changes else "Nothing has changed.")


def _is_ready(settings: DatabaseSettings) -> bool:
    database = Database(settings.database_url.get_secret_value())
    try:
        ready(database)
    except NotReady:
        # Also a database that does not answer: migrating will say so.
        return False
    finally:
        database.close()
    return True


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
