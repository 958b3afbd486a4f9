"""Whether all is well before a call comes in: settings, flows, prompts, wording, database, office and audio."""

from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from phonebot.config import Settings, SettingsMistake, load_settings
from phonebot.dialog.flow_file import FlowMistake, read_script
from phonebot.dialog.lint import mistakes
from phonebot.prompts import PromptMistake, Prompts, languages
from phonebot.services.health.storage_problems import storage_problems
from phonebot.services.office.problems import office_problems
from phonebot.services.wording import wording_problems
from phonebot.store.database import Database, NotReady

MAIN_LANGUAGE: Final = "en"
"""The language flows are written with: every other must have the same prompts."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was looked at: what it is called, and a line for each problem; none where all is right."""

    what: str
    problems: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.problems


def check_everything(
    environ: Mapping[str, str], flows: Path, prompts: Path, opened: Callable[[], AbstractContextManager[Database]]
) -> Iterator[Checked]:
    """Look at everything that can be looked at, whatever is missing. `flows` and `prompts` are the folders.

    `opened` gives a database that is ready, or raises SettingsMistake or NotReady.
    """
    settings, problems = _settings(environ)
    yield Checked("settings", problems)
    spoken, problems = _prompts(prompts)
    yield Checked("prompts", problems)
    yield Checked("wording", tuple(line for each in spoken.values() for line in wording_problems(each)))
    yield Checked("flows", tuple(_flow_problems(flows, spoken.get(MAIN_LANGUAGE))))
    yield from _kept(environ, settings, frozenset(languages(prompts)), opened)


def _settings(environ: Mapping[str, str]) -> tuple[Settings | None, tuple[str, ...]]:
    try:
        return load_settings(environ), ()
    except SettingsMistake as mistake:
        return None, tuple(str(mistake).splitlines())


def _prompts(folder: Path) -> tuple[dict[str, Prompts], tuple[str, ...]]:
    """Every language that can be read, and what is wrong with any."""
    read: dict[str, Prompts] = {}
    problems = []
    for language in languages(folder):
        try:
            read[language] = Prompts.load(folder, language)
        except PromptMistake as mistake:
            problems.append(str(mistake))
    if MAIN_LANGUAGE not in languages(folder):
        problems.append(f"{folder}: there are no prompts in {MAIN_LANGUAGE}")
    return read, (*problems, *_incomplete(read))


def _incomplete(read: Mapping[str, Prompts]) -> Iterator[str]:
    """What a language lacks of the main one, or has beside it, or says with other values."""
    main = read.get(MAIN_LANGUAGE)
    for language, prompts in read.items():
        if main is None or prompts is main:
            continue
        yield from (f"{language}: {name} is missing" for name in sorted(main.ids - prompts.ids))
        yield from (
            f"{prompts.place(name)}: {name} is not in {MAIN_LANGUAGE}" for name in sorted(prompts.ids - main.ids)
        )
        for name in sorted(main.ids & prompts.ids):
            more = prompts.variables(name) - main.variables(name)
            if more:
                needs = ", ".join(f"${variable}" for variable in sorted(more))
                yield f"{prompts.place(name)}: {name} needs {needs}, which {MAIN_LANGUAGE} does not"


def _flow_problems(folder: Path, main: Prompts | None) -> list[str]:
    """What is wrong with the flows, which name the prompts of the main language."""
    if main is None:
        return [f"cannot be looked at without the prompts in {MAIN_LANGUAGE}"]
    try:
        return mistakes(read_script(folder, {name: main.variables(name) for name in main.ids}))
    except FlowMistake as mistake:
        return [str(mistake)]


def _kept(
    environ: Mapping[str, str],
    settings: Settings | None,
    spoken: Set[str],
    opened: Callable[[], AbstractContextManager[Database]],
) -> list[Checked]:
    """What is in the database, as far as there is one, and where audio is kept."""
    try:
        with opened() as database:
            return [
                Checked("database"),
                Checked("office", tuple(office_problems(database, spoken))),
                Checked("storage", tuple(storage_problems(environ, settings, database))),
            ]
    except SettingsMistake:
        # The settings' own line says so already.
        return [Checked("storage", tuple(storage_problems(environ, settings, None)))]
    except NotReady as why:
        return [
            Checked("database", (str(why),)),
            Checked("storage", tuple(storage_problems(environ, settings, None))),
        ]
