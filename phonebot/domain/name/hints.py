"""Words for a speech recogniser to expect: the names of the directory, within Twilio's limits."""

from collections.abc import Iterable, Sequence

from phonebot.domain.office import Person


def hints_for(people: Sequence[Person], most: int = 500, longest: int = 100) -> tuple[str, ...]:
    """At most that many hints of at most that many characters, none with a comma, for they are joined by commas.

    When they do not all fit, everybody has their full name in before anybody has a second hint.
    """
    rounds: list[Iterable[str]] = [
        (person.name for person in people),
        (part for person in people for part in (person.first_name, person.name.split()[-1])),
        (other for person in people for other in person.known_as),
        (sound for person in people for sound in person.pronounced),
        (person.team or "" for person in people),
    ]
    hints: dict[str, str] = {}
    for hint in (hint for each in rounds for hint in each):
        tidy = " ".join(hint.replace(",", " ").split())
        if 1 < len(tidy) <= longest:
            hints.setdefault(tidy.casefold(), tidy)
    return tuple(hints.values())[:most]
