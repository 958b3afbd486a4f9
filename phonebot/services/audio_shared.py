"""Whether what one process keeps on disk is there for the others, as far as that can be told from here."""

from collections.abc import Iterator, Mapping
from typing import Final

from phonebot.config import Settings
from phonebot.store.database import Database
from phonebot.store.recordings import newest_audio_path

DISK_OF_ITS_OWN: Final = {"DYNO": "Heroku"}
"""Variables that a host sets, whose processes share no disk and lose theirs at each restart (devcenter.heroku.com)."""


def audio_problems(environ: Mapping[str, str], settings: Settings | None, database: Database | None) -> Iterator[str]:
    """Why audio, or the database itself, would be lost or not found; `settings` and `database` as far as known."""
