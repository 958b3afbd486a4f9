"""Answers after somebody was proposed or a choice was offered: "the other Tom", "the second", "no, Hartley"."""

from collections.abc import Sequence

from phonebot.domain.name.called import people_called
from phonebot.domain.name.found import NOBODY_FOUND, Found
from phonebot.domain.name.text import word_set, words_of
from phonebot.domain.name.told_apart import told_apart
from phonebot.domain.name.wanted import wanted
from phonebot.domain.office import Person

_PLACES = {
    "first": 0, "1st": 0, "former": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3,
    "last": -1, "latter": -1,
}  # fmt: skip
_NUMBERS = {"one": 0, "1": 0, "two": 1, "2": 1, "three": 2, "3": 2, "four": 3, "4": 3}
_OF_NAMES = word_set("name names surname")
_OTHER = word_set("other another else different")
_NO = word_set("no not nope nah wrong neither none")
_ASKED_BACK = word_set("what whats who whos which repeat again sorry pardon")
_OF_NUMBERS = word_set("number option the choice please um er yes thats its")


def other_than(text: str, offered: Sequence[Person], all_people: Sequence[Person]) -> Found:
    """Whom a caller means once people were offered, best first: by place, name, team, or as another than those.

    Of one offered, "the other Tom" is another Tom; of two, "the other one" is the second, to be asked about.
    """
    words = words_of(text)
    if (place := _place(words, len(offered))) is not None:
        return Found((offered[place],), sure=True)
    if _OTHER & set(words):
        return _another(text, offered, all_people)
    if len(offered) > 1 and len(apart := told_apart(text, offered)) < len(offered):
        return Found(apart, sure=len(apart) == 1)
    refused = _refused(text, offered)
    open_to = [person for person in offered if person not in refused]
    if len(offered) > 1 and (among := people_called(text, open_to)).people:
        return among
    found = people_called(text, [person for person in all_people if person not in refused])
    if found.people:
        return found
    if refused and len(open_to) == 1:
        return Found(tuple(open_to))
    return NOBODY_FOUND


def _place(words: list[str], count: int) -> int | None:
    """Which of those offered is meant by "the second one", "number two"; None when that says nothing."""
    if count < 2 or (_OF_NAMES | _NO | _ASKED_BACK) & set(words):
        return None
    places = {_PLACES[word] for word in words if word in _PLACES}
    rest = [word for word in words if word not in _OF_NUMBERS]
    if not places and len(rest) == 1 and rest[0] in _NUMBERS:
        places = {_NUMBERS[rest[0]]}
    place = next(iter(places)) if len(places) == 1 else None
    return place if place is not None and place < count else None


def _refused(text: str, offered: Sequence[Person]) -> list[Person]:
    """Those offered whom the words refuse: the one of one by "no", or whom "not Hart" names."""
    if not _NO & set(words_of(text)):
        return []
    if len(offered) == 1:
        again = people_called(text, offered)
        return [] if again.sure and not _starts_with_no(text) else list(offered)
    words = [word for word in wanted(text).refused if word not in _NO | {"dont", "want", "didnt", "say"}]
    return list(people_called(" ".join(words), offered).people)


def _starts_with_no(text: str) -> bool:
    return words_of(text)[:1] != [] and words_of(text)[0] in _NO


def _another(text: str, offered: Sequence[Person], all_people: Sequence[Person]) -> Found:
    """Somebody else: of the name that is said, of two the second, of one another of the same first name."""
    words = [word for word in words_of(text) if word not in _OTHER | _NO | _OF_NAMES]
    named = people_called(" ".join(words), all_people)
    if named.people:
        left = tuple(person for person in named.people if person not in offered)
        return Found(left, sure=len(left) == 1) if left and len(offered) == 1 else Found(left or named.people)
    if len(offered) == 2:
        return Found((offered[1],))
    if len(offered) != 1 or not {"other", "another"} & set(words_of(text)):
        return NOBODY_FOUND
    alike = people_called(offered[0].first_name, all_people).people
    same = tuple(person for person in alike if person not in offered)
    return Found(same, sure=len(same) == 1)
