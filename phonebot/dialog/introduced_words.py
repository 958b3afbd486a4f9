"""The words of an introduction as heard, each as it is written and as a grammar compares it, and what is spelled."""

import re
from dataclasses import dataclass

from phonebot.domain.name import Usual, also_called, spelled_out

MOST_WORDS = 60
"""Words of an introduction that are looked at; a name comes before that or not at all."""
_LONGEST_RESPELLED = 500
"""Characters in which letters spelled out are looked for."""

STOPS = ' \t\r\n.,!?;:-–—"“”()[]…'


@dataclass(frozen=True, slots=True)
class Word:
    """One word as heard: `key` is what a grammar compares, lower case, bare and with straight apostrophes."""

    text: str
    key: str
    start: int

    @property
    def ends_clause(self) -> bool:
        """Whether a pause follows."""
        return self.text[-1] in ",;:!?…" or self.ends_sentence

    @property
    def ends_sentence(self) -> bool:
        """A full stop after an initial or a title ends nothing: "Dr. O'Brien", "J. Smith", "St. Mary's"."""
        return self.text[-1] in "!?" or (self.text[-1] == "." and len(self.key) > 3)


def respelled(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with what is spelled in its first words put in place, and what that is.

    The rest is what they ring about. Between two words spelled a comma is a breath, and turns no name round.
    """
    words = list(re.finditer(r"\S+", text[:_LONGEST_RESPELLED]))[:MOST_WORDS]
    end = words[-1].end() if words else 0
    spelled = spelled_out(text[:end])
    head = spelled.text
    for word in spelled.words:
        if word != spelled.words[-1] or Usual.USUAL in also_called(word).values():
            head = head.replace(f"{word}, ", f"{word} ", 1)
    return head + text[end:], spelled.words


def words_in(text: str) -> list[Word]:
    """The first words of a text."""
    found = []
    for match in re.finditer(r"\S+", text.replace("\0", " ")[:2000]):
        key = match[0].strip(STOPS).lower().replace("’", "'")
        if key:
            found.append(Word(match[0], key, match.start()))
    return found[:MOST_WORDS]


def keys(words: list[Word], at: int, count: int) -> tuple[str, ...]:
    """So many keys from there on, fewer at the end."""
    return tuple(word.key for word in words[at : at + count])
