"""What the demonstration shows of a recording in words: a voicemail, how it was heard, and what staff are asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import click
from rich.text import Text

from phonebot.cli.demo_stage import Stage
from phonebot.config import load_speech_settings
from phonebot.domain.gist import Kind, Question, question_words
from phonebot.domain.transcript import Transcript
from phonebot.mail.recording_words import heard_words
from phonebot.services.messages.reading import message_called
from phonebot.speech.errors import SpeechTrouble
from phonebot.speech.transcriber import Transcriber

VOICEMAIL: Final = Path(__file__).parent.parent / "data" / "voicemail.wav"
SAID: Final = (
    "Hello, this is Julie Smith from Hartwell Dental. My number is oh seven seven, double oh, nine hundred, one two "
    "four. I am calling about invoice number four, four, one, seven. Please call me before Friday. Thank you."
)
"""What is said in it."""


@contextmanager
def listening() -> Iterator[Transcriber]:
    """The engine that comes with the extra `speech-offline`, in a process of its own, its model being loaded.

    Raise ClickException with one line that says what to install where it cannot be had.
    """
    # What listens is an extra, and a demonstration without it is not to wait for any of it.
    from phonebot.speech.engine import child_for, choose, examine  # noqa: PLC0415

    settings = load_speech_settings({})
    try:
        choice = choose(settings)
        if choice.engine is not None:
            examine(settings)
        child = child_for(settings)
    except SpeechTrouble as trouble:
        raise click.ClickException(f"--speech: {trouble}") from trouble
    if child is None:
        raise click.ClickException(f"--speech: {choice.says.removeprefix('off: ')}")
    with child:
        threading.Thread(target=_load, args=(child.start,), daemon=True).start()
        yield child


def _load(start: Callable[[], None]) -> None:
    """Load the model while the show has begun. What keeps it from loading shows when there is something to hear."""
    with suppress(SpeechTrouble):
        start()


def say_what_is_said(stage: Stage) -> None:
    """What Julie says after the tone, to be compared with how it is heard."""
    stage.console.print(Text(f"  After the tone she says: “{SAID}”", "dim"))
    stage.console.print()


def the_recording_is_heard(stage: Stage, reference: str) -> None:
    """Julie's recording is in words: with its numbers marked, and a question, for it has another than she gave."""
    heard = _heard(stage, reference)
    stage.holds(heard.text, "It is in words too, as a machine heard it; nobody's notice has waited for that.")
    stage.holds(
        any(char.isdigit() for char in heard.text) and not any(map(str.isdigit, _certain(heard))),
        "Every number in them is marked [like this?], since machines get numbers wrong.",
    )
    stage.holds(
        _about_the_number(stage, reference),
        "One is not the number she gave, so staff are asked which is right. Nothing has been changed.",
    )


def the_digest_has_the_words(stage: Stage, reference: str, mail: str) -> None:
    """The digest shows them as well, marked in the same way, with the question; `mail` is its plain words."""
    words, question = heard_words(_heard(stage, reference)), _about_the_number(stage, reference)
    read = " ".join(mail.split())
    stage.holds(
        words in read and question is not None and question_words(question) in read,
        "What her recording says is there, its doubtful words marked, and the question which number to ring.",
    )


def _heard(stage: Stage, reference: str) -> Transcript:
    """The words of the message's recording; none where it has not been heard."""
    kept = message_called(stage.own.database, reference).heard
    return (kept.transcript if kept else None) or Transcript("")


def _certain(heard: Transcript) -> str:
    """What is not marked as doubtful."""
    edges = [0, *(edge for span in heard.doubtful for edge in (span.start, span.end)), len(heard.text)]
    return " ".join(heard.text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


def _about_the_number(stage: Stage, reference: str) -> Question | None:
    """What staff are asked of the number to ring, if they are."""
    gist = message_called(stage.own.database, reference).gist
    return next((each for each in gist.questions if each.kind is Kind.NUMBER), None) if gist else None
