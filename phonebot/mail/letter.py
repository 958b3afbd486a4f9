"""Letters made from the templates: a page in HTML, where every word of a caller is escaped, and the same as text."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from phonebot.domain.text import clean
from phonebot.mail.recording_words import HINT, with_marks
from phonebot.mail.wording import isolated

WIDEST: Final = 78
"""Characters of a line of plain text (RFC 5322, section 2.1.1); an address stands alone and may be longer."""

_LONGEST_SUBJECT: Final = 120


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject in one line, and the same words twice: as plain text and as an HTML page."""

    subject: str
    text: str
    html: str


@lru_cache(maxsize=1)
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("phonebot.mail"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["hint"] = HINT
    environment.filters["lines"] = lines
    environment.filters["isolated"] = isolated
    environment.filters["with_marks"] = with_marks
    return environment


def lines(text: str, indent: int = 0) -> str:
    """The text in lines no wider than WIDEST, to stand after so many characters that the template has written.

    What overflows is indented by two more, so that nothing a caller said can look like a line of our own.
    """
    if len(text) + indent <= WIDEST:
        return text
    # textwrap does the same in many times as long, and a list of five hundred is filled ten thousand times.
    filled, rest, room = [], " ".join(text.split()), WIDEST - indent
    while len(rest) > room:
        end = rest.rfind(" ", 0, room + 1)
        if end < 0:
            # A word that is longer than a line stands alone.
            end = rest.find(" ")
        if end < 0:
            break
        filled.append(rest[:end])
        rest, room = rest[end + 1 :], WIDEST - _overflow(indent)
    return ("\n" + " " * _overflow(indent)).join([*filled, rest])


def _overflow(indent: int) -> int:
    """How far a line that goes on is indented."""
    return indent + 2 if indent else 0


def rendered(name: str, subject: str, **words: object) -> Letter:
    """The letter that the templates `name`.txt and `name`.html make of these words."""
    templates = _templates()
    title = one_line(subject)
    return Letter(
        title,
        templates.get_template(f"{name}.txt").render(subject=title, **words),
        templates.get_template(f"{name}.html").render(subject=title, **words),
    )


def one_line(subject: str) -> str:
    """A subject in one line of harmless characters, cut with a mark where it is too long."""
    return clean(subject, _LONGEST_SUBJECT)
