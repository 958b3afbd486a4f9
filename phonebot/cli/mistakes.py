"""Which exceptions are somebody's mistake or the world's, and how each is said in a line."""

from typing import Final

OWN_WORDS: Final = frozenset(
    {
        "alembic.util.exc.CommandError",
        "phonebot.config.SettingsMistake",
        "phonebot.dialog.flow_file.FlowMistake",
        "phonebot.domain.status_draft.StatusMistake",
        "phonebot.domain.status_text.reading.StatusUnreadable",
        "phonebot.domain.times.TimeMistake",
        "phonebot.prompts.source.PromptMistake",
        "phonebot.services.office.loading.OfficeMistake",
        "phonebot.services.messages.accepting.NotAcceptable",
        "phonebot.services.messages.forgetting.NotANumber",
        "phonebot.services.messages.happenings.NotPossible",
        "phonebot.services.office.people.NoOffice",
        "phonebot.services.office.people.Nobody",
        "phonebot.services.messages.reading.NoMessage",
        "phonebot.services.office.statuses.NotePromises",
        "phonebot.speech.errors.SpeechTrouble",
        "phonebot.store.database.NotReady",
    }
)
"""Exceptions whose own text is what people need to read. Named and not imported: most commands load few of them."""

DATABASE_TROUBLE: Final = "sqlalchemy.exc.SQLAlchemyError"


def said_of(error: Exception) -> str | None:
    """What to say of an exception, a line or one for each setting; None where it is a mistake of ours."""
    names = {f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__}
    if names & OWN_WORDS:
        return str(error)
    if DATABASE_TROUBLE in names:
        # SQLAlchemy's own text repeats the statement and what was in it; the driver's first line says enough.
        return f"the database: {_first_line(getattr(error, 'orig', None) or error)}"
    if isinstance(error, ModuleNotFoundError) and error.name == "psycopg":
        return "PostgreSQL needs a driver: pip install 'phonebot[postgres]'"
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}" if error.filename else str(error)
    return None


def _first_line(error: object) -> str:
    return str(error).strip().partition("\n")[0]
