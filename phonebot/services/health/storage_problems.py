"""Whether what is kept on disk lasts, and is there for both processes, as far as that can be told from here."""

from collections.abc import Iterator, Mapping
from typing import Final

from phonebot.config import Settings
from phonebot.store.database import Database
from phonebot.store.media_files import FileMedia
from phonebot.store.messages import newest_audio_path

OWN_DISKS: Final = {"DYNO": "Heroku"}
"""Variables that a host sets whose processes share no disk, and lose their own at every restart (its dynos' manual)."""

KEEP_IN_DATABASE: Final = "set PHONEBOT_MEDIA=database"


def storage_problems(environ: Mapping[str, str], settings: Settings | None, database: Database | None) -> Iterator[str]:
    """Why audio, or the database itself, would be lost or not be found. None: settings or database that cannot be used.

    `environ` is asked too, so that a host can be told while settings are still missing.
    """
    host = next((name for variable, name in OWN_DISKS.items() if environ.get(variable)), None)
    in_files = (settings.media if settings else environ.get("PHONEBOT_MEDIA") or "files") == "files"
    if host is not None and in_files:
        yield f"PHONEBOT_MEDIA=files: on {host}, web and worker share no disk; {KEEP_IN_DATABASE}"
    if host is not None and (environ.get("DATABASE_URL") or "sqlite:").startswith("sqlite"):
        yield f"DATABASE_URL: on {host}, a file is lost at every restart; use PostgreSQL"
    if settings is not None and database is not None and in_files:
        yield from _not_found_here(settings, database)


def _not_found_here(settings: Settings, database: Database) -> Iterator[str]:
    """Audio that the worker has written where this process does not find it."""
    with database.read() as session:
        path = newest_audio_path(session)
    if path is not None and not FileMedia(settings.media_dir).path_of(path).is_file():
        yield (
            f"PHONEBOT_MEDIA=files: the newest recording, {path}, is not in MEDIA_DIR as seen from here; "
            f"let web and worker share that folder, or {KEEP_IN_DATABASE}"
        )
