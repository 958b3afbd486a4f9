"""`phonebot report` and `phonebot forget`, as they print."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from phonebot.store.database import Database
from tests.cli.processes import run_phonebot
from tests.left_messages import leave, load_office


def kept_in(folder: Path) -> str:
    """The URL of a database of its own, migrated, with the sample office."""
    url = f"sqlite:///{folder / 'phonebot.db'}"
    assert run_phonebot(folder, "migrate", DATABASE_URL=url).returncode == 0
    return url


def test_the_report_says_what_is_owed_and_forgetting_leaves_the_counts(tmp_path: Path) -> None:
    url = kept_in(tmp_path)
    database = Database(url)
    load_office(database, tmp_path)
    leave(database, at=datetime.now(UTC) - timedelta(hours=1))
    database.close()

    shown = run_phonebot(tmp_path, "report", DATABASE_URL=url)
    assert shown.returncode == 0, shown.stderr
    assert "still owed" in shown.stdout
    assert "Sue Cohen" in shown.stdout

    forgotten = run_phonebot(tmp_path, "forget", "07700900143", "--by", "sue", DATABASE_URL=url)
    assert (forgotten.returncode, forgotten.stderr) == (0, "")
    assert "1 message forgotten, 1 of them withdrawn" in forgotten.stdout
    counted = json.loads(run_phonebot(tmp_path, "report", "--json", DATABASE_URL=url).stdout)
    assert (counted["office"]["taken"], counted["people"]["sue"]["withdrawn"]) == (1, 1)


def test_with_nothing_taken_the_report_says_so(tmp_path: Path) -> None:
    url = kept_in(tmp_path)
    database = Database(url)
    load_office(database, tmp_path)
    database.close()
    assert "none." in run_phonebot(tmp_path, "report", DATABASE_URL=url).stdout
    wrong = run_phonebot(tmp_path, "report", "--from", "soon", DATABASE_URL=url)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
