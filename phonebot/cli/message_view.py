"""A message on the screen as staff see it: who, what and when, what is asked of staff, and what there is besides."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from rich import box
from rich.console import Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from phonebot.cli.conversation_view import readable_number
from phonebot.cli.message_texts import TextLine
from phonebot.domain.gist import question_words
from phonebot.domain.gist.words import NO_BUSINESS, NO_TIME
from phonebot.domain.message import State
from phonebot.domain.office import OfficeBook
from phonebot.mail.recording_words import HINT, heard_words, hearing_words
from phonebot.mail.wording import LONGEST_SAID, caller_words, outcome_words, said, seconds_words, sentence
from phonebot.services.messages.reading import with_gist
from phonebot.store.database import Database
from phonebot.store.messages import KeptMessage, KeptRecording, Place, message_page
from phonebot.store.offices import load_office

NOT_GIVEN = "not given"
PAGE = 200
_SHORT = 300
CLOCKS_APART = timedelta(minutes=10)
"""How far the clock of an app elsewhere may be from ours."""


def messages_of_call(database: Database, call_sid: str, began: datetime) -> list[KeptMessage]:
    """The listed messages, one for each mailbox, of a call that began at that instant (aware)."""
    place: Place | None = (began - CLOCKS_APART, 0)
    found = []
    while place is not None:
        with database.read() as session:
            book = load_office(session)
            page, place = message_page(session, place, PAGE)
        found += [with_gist(kept, book) for kept in page if kept.message.call_sid == call_sid]
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
    asked = [Text(f"? {question}", "yellow") for question in _questions(kept)]
    return Panel(
        Group(Text(_who(kept), "bold"), Text(_what_and_when(kept)), *asked, Text(), rows),
        title=Text.assemble(("For ", "dim"), (mailbox, "bold"), (f" · {_state(kept)}", "dim")),
        title_align="left",
        subtitle=Text(kept.message.ref, "dim"),
        subtitle_align="right",
        box=box.ROUNDED,
        border_style="dim",
        padding=(0, 1),
    )


def message_lines(kept: KeptMessage, mailbox: str) -> list[str]:
    """The message in two or three lines, with one for each question to staff and one for the recording's words."""
    message = kept.message
    if message.state is State.MISSED:
        return [f"{message.ref} for {mailbox}: a missed call, nothing was left"]
    number = readable_number(message.answers.number) if message.answers.number else "no number given"
    lines = [
        f"{message.ref} for {mailbox} ({_state(kept)}): {_who(kept)}; {number}",
        f"{_what_and_when(kept)} Recording: {_recording(kept.recording)}.{_name_recording(kept)}",
        *(f"? {question}" for question in _questions(kept)),
    ]
    if words := _in_words(kept, _SHORT):
        lines.append(f"in words: {words}" if words.startswith("“") else words)
    if kept.told:
        lines.append(f"told: {_told(kept)}")
    if kept.attempts:
        lines.append(f"tried {len(kept.attempts)} times, last: {outcome_words(kept.attempts[-1].outcome or '')}")
    return lines


def _who(kept: KeptMessage) -> str:
    return kept.gist.who if kept.gist else caller_words(kept.message.answers.name, kept.message.answers.company)


def _what_and_when(kept: KeptMessage) -> str:
    """What it is about, and when they would like to be rung."""
    answers, gist = kept.message.answers, kept.gist
    what, when = gist.what_then_when if gist else (answers.business or NO_BUSINESS, answers.window_said)
    return f"{sentence(what)} When: {sentence(when or NO_TIME)}"


def _questions(kept: KeptMessage) -> list[str]:
    """What staff are asked because of the recording."""
    return [question_words(each) for each in kept.gist.questions] if kept.gist else []


def _in_words(kept: KeptMessage, longest: int = LONGEST_SAID) -> str:
    """The words of the recording, what is doubtful in brackets, or why there are none; empty where none are to come."""
    if kept.heard is None:
        return ""
    words = heard_words(kept.heard.transcript, longest)
    playable = kept.recording is not None and not kept.recording.refused
    return f"“{words}”" if words else hearing_words(kept.heard.hearing, kept.heard.transcript, playable=playable)


def _note(kept: KeptMessage) -> str:
    """What is said below the words of the recording: that some may be wrong, or why there are none."""
    if kept.heard is None:
        return ""
    doubted = kept.heard.transcript is not None and kept.heard.transcript.doubtful
    return HINT if doubted else said(kept.heard.reason)


def _state(kept: KeptMessage) -> str:
    """Where the message stands, and whether anything is missing from it."""
    state = kept.message.state
    return str(state.value) if kept.message.complete or state is State.MISSED else f"{state.value}, incomplete"


def _rows(kept: KeptMessage, zone: tzinfo) -> list[tuple[str, Text]]:
    answers, rang = kept.message.answers, kept.message.received_at.astimezone(zone)
    number = readable_number(answers.number) if answers.number else None
    in_full = answers.business and kept.gist is not None and kept.gist.what != answers.business
    words, note = _in_words(kept), _note(kept)
    rows = [
        ("Number", _given(number)),
        *([("About", Text(answers.business or ""))] if in_full else []),
        ("Recording", Text(_recording(kept.recording), "" if kept.recording else "dim", overflow="fold")),
        *([("Their name", Text(_recording(kept.name_recording), overflow="fold"))] if kept.name_recording else []),
        *([("In words", Text(words))] if words else []),
        *([("", Text(note, "dim"))] if note else []),
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


def _given(value: str | None) -> Text:
    return Text(value) if value else Text(NOT_GIVEN, "dim")


def _recording(recording: KeptRecording | None) -> str:
    """How long the recording is, where, and whether it breaks off."""
    if recording is None:
        return "none"
    if recording.refused:
        return f"not here; Twilio may still have its copy, {recording.sid}"
    length = seconds_words(recording.seconds) if recording.seconds is not None else "length not known yet"
    breaks_off = ", breaks off" if recording.cut_off else ""
    return f"{length}{breaks_off}, {recording.path or 'kept in the database, or still to be fetched'}"


def _name_recording(kept: KeptMessage) -> str:
    return f" Their name: {_recording(kept.name_recording)}." if kept.name_recording else ""


def _told(kept: KeptMessage) -> str:
    """What the caller was told, in the words."""
    return " ".join(f"“{each.words}”" for each in kept.told)
