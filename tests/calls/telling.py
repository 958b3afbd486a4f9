"""What whole stories are told with: the clock on the wall, callers and staff at their phones, mail, pages, commands."""

import json
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import requests
import structlog
import time_machine
from click.testing import CliRunner
from sqlalchemy import select

from phonebot.cli import cli
from phonebot.domain.digest import Act
from phonebot.domain.history import Event, EventKind, Standing
from phonebot.domain.message import State
from phonebot.domain.reference import reference_of
from phonebot.mail.wording import LABELS
from phonebot.simulator import LiveCall
from phonebot.store.history import histories, standings
from phonebot.store.tables import TextRow
from tests.mail.post_office import PostOffice, TakenMail
from tests.mail.reading import read, words_of
from tests.offices import JULIE, OFFICE_TOML, SUE_LINE, SUE_PHONE, TOM_PHONE
from tests.running import Phonebot, running
from tests.web.pages import Reading

TUESDAY = date(2026, 11, 24)
TEXT_NUMBER = "+447700900199"
STORY_TOML = OFFICE_TOML.replace("countries =", f'text_number = "{TEXT_NUMBER}"\ncountries =').replace(
    'phone = "+447700900102"', 'phone = "+447700900102"\ndigest = ["12:00"]'
)
"""The sample office, which sends texts; Tom, Sue's cover, has his digest at noon."""

PHONES = {"sue": SUE_PHONE, "tom": TOM_PHONE}
WEDNESDAY = TUESDAY + timedelta(days=1)


@dataclass
class Telling:
    """One story: a running phonebot, its post office, and how much of both has been told already."""

    phonebot: Phonebot
    post: PostOffice
    _mails_read: int = field(default=0, init=False)
    _texts_read: int = field(default=0, init=False)

    # The clock on the wall.

    def it_is(self, clock: str, day: date = TUESDAY) -> None:
        """The clock on the office's wall shows that, and what is due is done. London is at UTC in November."""
        self.phonebot.clock.now = datetime.combine(day, time.fromisoformat(clock), UTC)
        self.works()

    def works(self) -> None:
        """The worker does what is due, whatever is on its way arrives, and the worker does what comes of that."""
        for _ in range(2):
            self.phonebot.worker.drain()
            self.phonebot.network.settle()

    # Callers.

    def leaves_a_message(
        self, caller: str = JULIE, line: str = SUE_LINE, *, when: str = "This afternoon.", texts: str = "Yes."
    ) -> LiveCall:
        """A caller says it all right the first time, and whether they may be texted; withheld, they give no number."""
        live = self.phonebot.rings(line, caller).hears("who's calling").says("Julie Smith, from Hartwell Dental.")
        live.hears("number").presses("1").hears("about").says("Last month's invoice.").hears("when").says(when)
        live.hears_tone().records(6, "#").hears("Julie Smith", "Hartwell Dental").says("Yes.")
        if texts:
            live.hears("may we text this number").says(texts)
        live.hears_goodbye()
        self.works()
        return live

    def caller_answers(self, number: str = JULIE) -> None:
        """The caller picks up, and has all the time in the world."""
        self.phonebot.network.phone(number).answers(talks_for=600)

    # Staff at their phones.

    def picks_up(self, person: str, *, talks: float = 60.0, then: str = "1") -> None:
        """That person picks up, presses 1, talks once joined, ends the call, and presses `then` for what happened."""

        def act(live: LiveCall) -> None:
            live.presses("1").talks(talks).presses("*").hears("what happened")
            if then:
                live.presses(then)
            else:
                live.stays_silent().stays_silent()

        self.phonebot.network.phone(PHONES[person]).answers(script=act)

    def expects_ringing(self, *numbers: str) -> None:
        """These telephones are rung, once each."""
        for number in numbers:
            self.phonebot.network.expects_call(number)

    def heard_by(self, person: str) -> str:
        """What that person heard on the last call to their phone."""
        return " ".join(self.phonebot.network.phone(PHONES[person]).heard)

    # Mail and pages.

    def mails(self) -> list[tuple[str, str]]:
        """The mails since this was last asked: to whom, by the name before the @, and their subjects."""
        return [(_who(mail), str(mail.message["Subject"])) for mail in self._new_mails()]

    def last_mail(self, person: str) -> TakenMail:
        """The last mail that person had."""
        return self.post.taken_by(f"{person}@example.com")[-1]

    def mailed_words(self, person: str) -> str:
        """The plain words of the last mail that person had, in one line."""
        return words_of(self.last_mail(person).text)

    def link(self, person: str, act: Act) -> str:
        """The address of the first link that does this, in the last mail that person had."""
        body = self.last_mail(person).message.get_body(("html",))
        assert body is not None
        links = [
            address for address, words in read(str(body.get_content()).strip()).links if words.startswith(LABELS[act])
        ]
        assert links, f"no link {LABELS[act]!r}"
        return links[0]

    def opens(self, address: str) -> Reading:
        """The page at that address, in a browser without scripts."""
        return _page(_ask("GET", address))

    def presses(self, address: str, **form: str) -> Reading:
        """The page that comes once the form at that address has been filled in and its button pressed."""
        return _page(_ask("POST", address, self.opens(address).fields | form))

    # What phonebot holds.

    def stands(
        self, state: State, *mails: tuple[str, str], texts: Sequence[str] = (), number: int = 1, caller: str = JULIE
    ) -> None:
        """A message stands so; and since this was last asked staff had these mails, the caller these texts, no others.

        A mail is to whom and what its subject says, a text what it says: words of them are enough.
        """
        assert self.state(number) is state
        _match([f"{who}: {subject}" for who, subject in self.mails()], [f"{who}:…{words}" for who, words in mails])
        _match(self.texts(caller), texts)

    def state(self, number: int = 1) -> State:
        """Where a message stands, by its history; the row that indexes it must say the same."""
        row = next(one for one in self.phonebot.messages() if one.id == number)
        standing = self.standing(number)
        assert row.state == standing.state
        assert row.owner == standing.owner
        return standing.state

    def standing(self, number: int = 1) -> Standing:
        """The history of a message folded up."""
        row = next(one for one in self.phonebot.messages() if one.id == number)
        with self.phonebot.database.read() as session:
            return standings(session, [(number, row.mailbox)])[number]

    def events(self, number: int = 1) -> list[Event]:
        """What has happened to a message."""
        with self.phonebot.database.read() as session:
            return histories(session, [number]).get(number, [])

    def kinds(self, number: int = 1) -> list[EventKind]:
        """What has happened to a message, by kind."""
        return [event.kind for event in self.events(number)]

    def texts(self, number: str = JULIE) -> list[str]:
        """The texts to a caller since this was last asked."""
        found = self.phonebot.network.phone(number).texts_received[self._texts_read :]
        self._texts_read += len(found)
        return found

    def texts_kept(self) -> list[TextRow]:
        """Every text that was to be sent."""
        with self.phonebot.database.read() as session:
            return list(session.scalars(select(TextRow).order_by(TextRow.id)))

    def calls_to(self, number: str) -> int:
        """How often a telephone was rung."""
        return sum(call.called == number for call in self.phonebot.network.phone(number).calls)

    # The command line.

    def types(self, *arguments: str) -> str:
        """What a command prints that goes well, typed now."""
        code, said, complained = self._run(arguments)
        assert (code, complained) == (0, "")
        return said

    def is_refused(self, *arguments: str) -> str:
        """The one line that a command typed now complains with."""
        code, said, complained = self._run(arguments)
        assert (code, said, complained.count("\n")) == (2, "", 1)
        return complained.strip()

    def shown(self, number: int = 1) -> dict[str, Any]:
        """A message as `phonebot message --json` shows it."""
        found: dict[str, Any] = json.loads(self.types("message", reference_of(number), "--json"))
        return found

    def told(self, number: int = 1) -> list[str]:
        """What the caller was told of what will happen, in the exact words, as `phonebot message` shows it."""
        return [each["words"] for each in self.shown(number)["told"]]

    def report(self) -> dict[str, Any]:
        """The office's figures, as `phonebot report --json` prints them."""
        found: dict[str, Any] = json.loads(self.types("report", "--json"))["office"]
        return found

    def _run(self, arguments: tuple[str, ...]) -> tuple[int, str, str]:
        url = self.phonebot.settings.database_url.get_secret_value()
        with _logs_as_they_were(), time_machine.travel(self.phonebot.clock(), tick=False):
            result = CliRunner(env={"DATABASE_URL": url}).invoke(cli, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.stdout, result.stderr

    def _new_mails(self) -> list[TakenMail]:
        found = self.post.taken[self._mails_read :]
        self._mails_read += len(found)
        return found


@contextmanager
def telling(folder: Path, database_url: str) -> Iterator[Telling]:
    """Begin a story on Tuesday morning. The network complains at its end of calls and texts that nobody asked for."""
    with (
        PostOffice() as post,
        running(folder, database_url, office=STORY_TOML, SMTP_URL=post.url, MAIL_FROM="phone@example.com") as phonebot,
    ):
        story = Telling(phonebot, post)
        story.it_is("09:30")
        yield story


def _match(found: Sequence[str], wanted: Sequence[str]) -> None:
    """As many as were wanted, and in each the words wanted, whatever stands between them."""
    assert len(found) == len(wanted), found
    for one, words in zip(found, wanted, strict=True):
        assert words_in(one, *words.split("…")), f"{words!r} is not in {one!r}"


def words_in(text: str, *wanted: str) -> bool:
    """Whether all of these stand in the text, in that order."""
    return re.search(".*".join(re.escape(words.strip()) for words in wanted), text, re.DOTALL) is not None


def _who(mail: TakenMail) -> str:
    return mail.recipient.partition("@")[0]


def _ask(method: str, address: str, form: dict[str, str] | None = None) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.request(method, address, data=form, timeout=20)


def _page(response: requests.Response) -> Reading:
    page = Reading()
    page.feed(response.text)
    return page


@contextmanager
def _logs_as_they_were() -> Iterator[None]:
    """Commands send logs to standard error, which in a story is theirs alone."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        structlog.reset_defaults()
