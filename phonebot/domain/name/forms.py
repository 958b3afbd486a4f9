"""What each person of a directory may be called, looked up by spelling and by sound."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, Levenshtein

from phonebot.domain.name.nickname import Usual, also_called, folded
from phonebot.domain.name.sound import NEAR, Likeness, likeness, nearly_as_long, sounds_of
from phonebot.domain.name.text import plain, with_umlauts_spelled, word_set, words_of
from phonebot.domain.office import Person
from phonebot.domain.titles import TITLES

PARTICLES = word_set("van von der den de del della di da du la le el al bin ibn ben st saint mac mc o ter ten")


class Part(StrEnum):
    """Which part of a person's name a form is."""

    FIRST = "first"
    LAST = "last"
    WHOLE = "whole"


class Fit(IntEnum):
    """How well what was heard fits a form of a name; from LIKE on it may be gone by, but for BEGUN.

    BEGUN is a short form that no list holds for that name: offered beside others, and by itself asked about.
    """

    FAR = 1
    LIKE = 2
    BEGUN = 3
    TWIN = 4
    SHORT = 5
    EXACT = 6


_FITS = {Likeness.NEAR: Fit.FAR, Likeness.LIKE: Fit.LIKE, Likeness.TWIN: Fit.TWIN, Likeness.SAME: Fit.EXACT}


@dataclass(frozen=True, slots=True)
class Form:
    """One thing a person may be called, plain, in one piece. `at`: their place in the directory, `count` its words."""

    text: str
    part: Part
    at: int
    short: Usual | None = None
    count: int = 1


def _named(name: str, at: int) -> Iterator[Form]:
    """The forms of a full name: first, last, last without its "van der", each half of a double name, and whole."""
    for spelled in {plain(name), with_umlauts_spelled(name)}:
        hyphened = spelled.replace(".", " ").replace("saint ", "st ").split()
        hyphened = [word for word in hyphened if word not in TITLES] or hyphened
        last_marked = hyphened[-1] if hyphened else ""
        hyphened = [word.replace("'", "") for word in hyphened]
        if not hyphened:
            continue
        first, last = hyphened[0], hyphened[1:]
        yield Form(first.replace("-", ""), Part.FIRST, at)
        if "-" in first:
            yield Form(first.split("-")[0], Part.FIRST, at)
        if not last:
            continue
        words = "-".join(hyphened).split("-")
        yield Form("".join(words), Part.WHOLE, at, count=len(words))
        if len(last) > 1 and last[0] not in PARTICLES:
            yield Form(first.replace("-", "") + last[0].replace("-", ""), Part.FIRST, at)
        for begin in range(len(last)):
            yield Form("".join(last[begin:]).replace("-", ""), Part.LAST, at)
        if last_marked.startswith("o'"):
            yield Form(last_marked.removeprefix("o'"), Part.LAST, at)
        for word in (half for each in last for half in each.split("-")):
            if word not in PARTICLES:
                yield Form(word, Part.LAST, at)


def _forms(person: Person, at: int) -> Iterator[Form]:
    yield from _named(person.name, at)
    for other in (*person.known_as, *person.pronounced):
        joined = "".join(words_of(other))
        yield Form(joined, Part.FIRST, at)
        yield Form(joined, Part.LAST, at)
        if len(words_of(other)) > 1 and (other in person.known_as or _is_whole_name(other, person.name)):
            yield from _named(other, at)
    firsts = [person.name, *person.known_as]
    for first in {words_of(name)[0] for name in firsts if words_of(name)}:
        for short, usual in also_called(first).items():
            yield Form(plain(short), Part.FIRST, at, short=usual)


def _is_whole_name(pronounced: str, name: str) -> bool:
    """Whether words say how a whole name sounds, and not one name cut in syllables: "soo cone", not "wan jeeroo"."""
    sounds, names = words_of(pronounced), words_of(name)
    return len(sounds) == len(names) and all(
        {key[:1] for key in sounds_of(sound)} & {key[:1] for key in sounds_of(part)}
        for sound, part in zip(sounds, names, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Hit:
    """A form that something heard fits."""

    form: Form
    fit: Fit


class Directory:
    """The forms of everybody's names, made once for a directory."""

    def __init__(self, people: Sequence[Person]) -> None:
        self.people = tuple(people)
        self._by_text: dict[str, list[Form]] = defaultdict(list)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for at, person in enumerate(self.people):
            for form in dict.fromkeys(_forms(person, at)):
                if len(form.text) > 1:
                    self._by_text[form.text].append(form)
        for text in self._by_text:
            for sound in sounds_of(text):
                self._by_sound[sound].append(text)
        self._firsts = [
            (folded(text), form)
            for text, forms in self._by_text.items()
            for form in forms
            if form.part is Part.FIRST and form.short is None
        ]
        self._texts = [text for text in self._by_text if len(text) >= 4]

    def hits(self, heard: str, *, loosely: bool, spelled: bool = False) -> list[Hit]:
        """The forms that what was heard fits: exactly; by a letter, if it was spelled; by its sound, if `loosely`."""
        found = [Hit(form, _fit(form, Likeness.SAME)) for form in self._by_text.get(heard, ())]
        if spelled and not found:
            return [Hit(form, Fit.FAR) for text in self._nearly_spelled(heard) for form in self._by_text[text]]
        if not loosely or len(heard) < 2:
            return found
        alike = {text: likeness(heard, text) for sound in sounds_of(heard) for text in self._by_sound.get(sound, ())}
        if len(heard) >= 4:
            near = process.extract(heard, self._texts, scorer=JaroWinkler.similarity, score_cutoff=NEAR, limit=8)
            alike |= {text: Likeness.NEAR for text, _, _ in near if text not in alike and nearly_as_long(heard, text)}
        for text, like in alike.items():
            if text != heard and like:
                found += [Hit(form, _fit(form, like)) for form in self._by_text[text]]
        return found + self._short_for(heard) + self._begun(heard)

    def _begun(self, heard: str) -> list[Hit]:
        """First names that what was heard begins, as short forms do that no list holds: "Nat", "Seb"."""
        if len(heard) < 3:
            return []
        exact = any(form.part is Part.FIRST and not form.short for form in self._by_text.get(heard, ()))
        fit = Fit.BEGUN if Usual.USUAL in also_called(heard).values() and not exact else Fit.FAR
        stem = re.sub(r"(?<=...)(?:y|ie|ey)$", "", heard) if fit is Fit.BEGUN else heard
        begins, least = folded(stem), len(stem) + 1
        return [Hit(form, fit) for text, form in self._firsts if len(form.text) > least and text.startswith(begins)]

    def knows(self, word: str) -> bool:
        """Whether that is part of somebody's name, so written."""
        return word in self._by_text

    def _nearly_spelled(self, letters: str) -> list[str]:
        """Forms that letters spell but for one misheard or missed, or that they begin."""
        if len(letters) < 3:
            return []
        near = process.extract(letters, self._texts, scorer=Levenshtein.distance, score_cutoff=1, limit=8)
        begun = [text for text in self._by_text if text.startswith(letters)]
        return list(dict.fromkeys([*(text for text, _, _ in near), *begun]))

    def _short_for(self, heard: str) -> list[Hit]:
        """First names that what was heard is short for, in another spelling: "Kate" for a Catherine with a C."""
        found = []
        for name in (name for name, usual in also_called(heard).items() if usual is Usual.USUAL):
            for text in {text for sound in sounds_of(name) for text in self._by_sound.get(sound, ())}:
                if likeness(name, text) >= Likeness.TWIN:
                    forms = (form for form in self._by_text[text] if form.part is Part.FIRST and not form.short)
                    found += [Hit(form, Fit.SHORT) for form in forms]
        return found


def _fit(form: Form, like: Likeness) -> Fit:
    fit = _FITS[like]
    if form.short is None:
        return fit
    return min(fit, Fit.SHORT) if form.short is Usual.USUAL else Fit.FAR


@lru_cache(maxsize=8)
def _directory(people: tuple[Person, ...]) -> Directory:
    return Directory(people)


def directory_of(people: Sequence[Person]) -> Directory:
    """The forms of these people's names, kept from the last time they were asked for."""
    return _directory(tuple(people))
