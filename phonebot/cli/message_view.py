"""A message on the screen as staff see it: who, on which number, about what, when, and what the caller was told."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from rich import box
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from phonebot.cli.conversation_view import readable_number
from phonebot.cli.message_texts import TextLine
from phonebot.domain.message import Answers, State
from phonebot.domain.office import OfficeBook
from phonebot.mail.wording import outcome_words
from phonebot.store.database import Database
from phonebot.store.messages import KeptMessage, KeptRecording, Place, message_page

NOT_GIVEN = "not given"
PAGE = 200
CLOCKS_APART = timedelta(minutes=10)
"""How far the clock of an app elsewhere may be from ours."""


def messages_of_call(database: Database, call_sid: str, began: datetime) -> list[KeptMessage]:
    """The listed messages, one for each mailbox, of a call that began at that instant (aware)."""
    place: Place | None = (began - CLOCKS_APART, 0)
    found = []
    while place is not None:
        with database.read() as session:
            page, place = message_page(session, place, PAGE)
        found += [kept for kept in page if kept.message.call_sid == call_sid]
    return found


def mailbox_name(book: OfficeBook | None, mailbox: str) -> str:
    """Whose mailbox it is, by their name where we know it."""
    person = book.person(mailbox) if book else None
    return person.name if person else mailbox


def message_card(kept: KeptMessage, mailbox: str, zone: tzinfo, texts: Sequence[TextLine] = ()) -> Panel:
    """The message as a card; `mailbox` is the name of whose it is, `texts` are those about it, either way."""
    rows = Table.grid(padding=(0, 2, 0, 0))
    rows.add_column(style="dim", width=10)
    rows.add_column()
    about = [("Texts" if place == 0 else "", Text(text.shown(zone))) for place, text in enumerate(texts)]
    for name, value in (*_rows(kept, zone), *about):
        rows.add_row(name, value)
    return Panel(
        rows,
        title=Text.assemble(("For ", "dim"), (mailbox, "bold"), (f" · {_state(kept)}", "dim")),
        title_align="left",
        subtitle=Text(kept.message.ref, "dim"),
        subtitle_align="right",
        box=box.ROUNDED,
        border_style="dim",
        padding=(0, 1),
    )


def message_lines(kept: KeptMessage, mailbox: str) -> list[str]:
    """The message in two to four lines."""
    answers, message = kept.message.answers, kept.message
    if message.state is State.MISSED:
        return [f"{message.ref} for {mailbox}: a missed call, nothing was left"]
    who = ", ".join(each for each in (_caller(answers) or "no name given", answers.business) if each)
    number = readable_number(answers.number) if answers.number else "no number given"
    lines = [
        f"{message.ref} for {mailbox} ({_state(kept)}): {who}",
        f"{number}; would like: {answers.window_said or NOT_GIVEN}; recording: {_recording(kept.recording)}",
    ]
    if kept.told:
        lines.append(f"told: {_told(kept)}")
    if kept.attempts:
        lines.append(f"tried {len(kept.attempts)} times, last: {outcome_words(kept.attempts[-1].outcome or '')}")
    return lines


def _state(kept: KeptMessage) -> str:
    """Where the message stands, and whether anything is missing from it."""
    state = kept.message.state
    return str(state.value) if kept.message.complete or state is State.MISSED else f"{state.value}, incomplete"


def _rows(kept: KeptMessage, zone: tzinfo) -> list[tuple[str, Text]]:
    answers, rang = kept.message.answers, kept.message.received_at.astimezone(zone)
    number = readable_number(answers.number) if answers.number else None
    rows = [
        ("Caller", _given(_caller(answers), "bold")),
        ("Number", _given(number)),
        ("About", _given(answers.business)),
        ("Would like", _given(answers.window_said)),
        ("Recording", Text(_recording(kept.recording), "" if kept.recording else "dim", overflow="fold")),
        ("Rang", Text(f"{rang:%A} {rang.day} {rang:%B}, {rang:%H:%M}")),
    ]
    tried = [("Tried" if place == 0 else "", Text(words)) for place, words in enumerate(_tries(kept, zone))]
    told = [("Was told", Text(_told(kept), "cyan"))] if kept.told else []
    return [*rows, *told, *tried]


def _tries(kept: KeptMessage, zone: tzinfo) -> list[str]:
    """Each try to return the call: when, by whom, and what came of it."""
    found = []
    for each in kept.attempts:
        at = each.made_at.astimezone(zone)
        held = ", a holding call" if each.holding else ""
        found.append(f"{at:%a} {at.day} {at:%b %H:%M} by {each.by}{held}: {outcome_words(each.outcome or '')}")
    return found


def _given(value: str | None, style: str = "") -> Text:
    return Text(value, style) if value else Text(NOT_GIVEN, "dim")


def _caller(answers: Answers) -> str:
    """Who rang, and from which company."""
    return ", ".join(each for each in (answers.name, answers.company) if each)


def _recording(recording: KeptRecording | None) -> str:
    """How long the recording is, and where."""
    if recording is None:
        return "none"
    length = f"{recording.seconds:.0f} s" if recording.seconds is not None else "length not known yet"
    return f"{length}, {recording.path or 'kept in the database, or still to be fetched'}"


def _told(kept: KeptMessage) -> str:
    """What the caller was told, in the words."""
    return " ".join(f"“{each.words}”" for each in kept.told)
