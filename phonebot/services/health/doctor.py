"""Whether a phonebot on a real number is well: everything that can be looked at, inside and out, and what to do."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime

from phonebot.config import Settings, SettingsMistake, load_settings
from phonebot.domain.office import OfficeBook
from phonebot.mail import MailDoor
from phonebot.prompts import data_folder, languages
from phonebot.services.health.findings import Finding, right, wrong
from phonebot.services.health.inside_findings import inside_findings
from phonebot.services.health.outside_findings import clock_finding, mail_finding, twilio_findings, web_findings
from phonebot.services.health.speech_finding import speech_findings
from phonebot.store.database import Database, NotReady
from phonebot.store.offices import load_office
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.probing import Probe

Opened = Callable[[], AbstractContextManager[Database]]
Clock = Callable[[], datetime]


def examine(environ: Mapping[str, str], opened: Opened, clock: Clock) -> Iterator[Finding]:
    """Look at everything that can be looked at, whatever is missing; nothing is changed, and nobody is called.

    `opened` gives a database that is ready, or raises SettingsMistake or NotReady; `clock` gives aware instants.
    """
    settings, findings = _settings(environ)
    yield from findings
    book, findings = _inside(opened, clock())
    yield from findings
    yield from speech_findings(environ, book.office.language if book else "en")
    if settings is not None:
        yield from _outside(settings, book, clock)


def _settings(environ: Mapping[str, str]) -> tuple[Settings | None, list[Finding]]:
    try:
        return load_settings(environ), [right("settings", "all are there, and none is bad")]
    except SettingsMistake as mistake:
        return None, [wrong("settings", line) for line in str(mistake).splitlines()]


def _inside(opened: Opened, now: datetime) -> tuple[OfficeBook | None, list[Finding]]:
    """The office, as far as there is one, and what was found in the database."""
    try:
        with opened() as database:
            with database.read() as session:
                book = load_office(session)
            spoken = frozenset(languages(data_folder("prompts")))
            return book, [right("database", "ready"), *inside_findings(database, spoken, now)]
    except SettingsMistake:
        # The settings' own line says so already.
        return None, []
    except NotReady as why:
        return None, [wrong("database", str(why))]


def _outside(settings: Settings, book: OfficeBook | None, clock: Clock) -> Iterator[Finding]:
    probe = Probe(settings)
    yield from web_findings(probe)
    yield from twilio_findings(TwilioClient(settings), probe, settings, book, clock())
    yield clock_finding(probe, clock)
    yield mail_finding(MailDoor(settings), book)
