"""A recording as a machine heard it, made harmless, and its doubtful stretches marked: in text and on a page."""

import re
from typing import Final

from markupsafe import Markup, escape

from phonebot.domain.text import CUT
from phonebot.domain.transcript import Hearing, Span, Transcript
from phonebot.domain.transcript.cleaning import cleaned
from phonebot.mail.wording import LONGEST_SAID

HINT: Final = "Of words from a recording, those marked [like this?] may have been heard wrong."
"""Said once below everything that holds such words; see `with_marks` for how it looks on a page."""

BREAKS_OFF: Final = "The recording breaks off."
"""Said where it ran into its limit, or where only its beginning could be had."""

NOT_PLAYABLE: Final = (
    "The recording could not be used: nothing of it that can be played is here. Twilio may still have its copy."
)

_ROUND: Final = str.maketrans("[]", "()")
_DOUBT: Final = re.compile(r"\[([^\[\]]+\?)\]")


def heard_words(transcript: Transcript | None, longest: int = LONGEST_SAID) -> str:
    """The words of a recording in one harmless line, doubtful stretches as `Transcript.marked` has them.

    No other square brackets are in it. It is empty where nothing was heard, and cut with a mark where it is longer.
    """
    if transcript is None:
        return ""
    shown = _cut(harmless(transcript), longest)
    return Transcript(shown.text.translate(_ROUND), shown.doubtful).marked


def harmless(transcript: Transcript) -> Transcript:
    """The transcript in visible characters, as it should have been kept, with its spans where they belong in those."""
    return transcript if transcript.text.isprintable() else cleaned(transcript)


def _cut(transcript: Transcript, longest: int) -> Transcript:
    if len(transcript.text) <= longest:
        return transcript
    end = longest - len(CUT)
    spans = (Span(span.start, min(span.end, end)) for span in transcript.doubtful if span.start < end)
    return Transcript(transcript.text[:end] + CUT, tuple(spans))


def with_marks(text: str) -> Markup:
    """The text for a page: escaped, and what is doubtful in it as a <mark>, which keeps its question mark."""
    if "?]" not in text:
        return escape(text)
    # Escaping comes first, and the brackets and the question mark are none of what is escaped.
    return Markup(_DOUBT.sub(r'<mark class="doubt">\1</mark>', str(escape(text))))  # noqa: S704


def hearing_words(hearing: Hearing | None, transcript: Transcript | None, *, playable: bool = True) -> str:
    """What is said of a recording that has no words to show; empty where it has, and where there is none to hear.

    One that will never be put into words is not passed over in silence, least of all where it is not `playable`.
    """
    if hearing is Hearing.PENDING:
        return "The recording has not been put into words yet."
    if hearing is Hearing.MISSING and not playable:
        return NOT_PLAYABLE
    if hearing is Hearing.MISSING:
        return "The recording could not be put into words. Please listen to it."
    if hearing is Hearing.HEARD and (transcript is None or not transcript.text):
        return "A machine heard no words in the recording."
    return ""
