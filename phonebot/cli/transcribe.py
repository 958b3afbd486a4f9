"""`phonebot transcribe`: what recordings say, as a machine hears them."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from phonebot.cli.printing import print_json
from phonebot.config import load_speech_settings
from phonebot.speech.engine import choose, transcriber_for
from phonebot.speech.errors import SpeechTrouble
from phonebot.speech.listening import listen
from phonebot.speech.transcriber import Transcriber


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--hint", "hints", multiple=True, metavar="WORDS", help="A name or words it may hold; again for more.")
@click.option("--json", "as_json", is_flag=True, help="JSON, which is how it answers anyway.")
def transcribe(files: Sequence[Path], hints: Sequence[str], *, as_json: bool) -> None:  # noqa: ARG001 - every command that prints data takes --json
    """What is said in each FILE, WAV or MP3, a line each: {"file", "speech", "text", "doubtful", "seconds"}.

    The first ten minutes of each are heard; "seconds" is how long the whole of it is.

    doubtful holds the {"start", "end"} of the stretches of the text that may be wrong; every number is among them.
    Where nobody speaks, speech is false and the text empty. A file that cannot be read has null for its text.
    """
    settings = load_speech_settings(os.environ)
    transcriber = transcriber_for(settings)
    if transcriber is None:
        why = choose(settings).says.removeprefix("off: ")
        raise SpeechTrouble(f"nothing puts recordings into words: {why}", retryable=False)
    unread = [trouble for file in files if (trouble := _answer(file, transcriber, hints))]
    if unread:
        raise SpeechTrouble("\n".join(unread), retryable=False)


def _answer(file: Path, transcriber: Transcriber, hints: Sequence[str]) -> str:
    """Print the line of one file; say what kept it from being read, if anything did."""
    name = os.fsencode(file).decode("utf-8", "replace")
    answer: dict[str, Any] = {"file": name, "speech": None, "text": None, "doubtful": [], "seconds": None}
    trouble = ""
    try:
        heard = listen(file, transcriber, hints)
    except Exception as error:
        # An engine is others' code, and whatever it raises keeps no other file from being heard.
        trouble = f"{' '.join(name.split())}: {_why(error)}"
    else:
        answer |= {
            "speech": heard.speech,
            "text": heard.transcript.text,
            "doubtful": [{"start": span.start, "end": span.end} for span in heard.transcript.doubtful],
            "seconds": round(heard.seconds, 3),
        }
    print_json(answer)
    return trouble


def _why(error: Exception) -> str:
    """What kept a file from being heard, in a line. Others' words may quote the recording or a key."""
    if isinstance(error, SpeechTrouble):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return f"the engine failed: {type(error).__name__}"
