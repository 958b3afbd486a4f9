"""What came of listening for a name: whom a caller may mean, and whether the dialogue may go straight on."""

from dataclasses import dataclass

from phonebot.domain.office import Person

MOST_OFFERED = 4
"""People who can be offered as a choice by ear; with more, a surname is asked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a caller may mean, best first. `sure`: there is one, and nothing heard speaks against them.

    One person without `sure` is to be proposed ("Sue Cohen?"), several are a choice. `team` says that a team was asked
    for, whose people come in office order and may be more than MOST_OFFERED, as may people of one name.
    """

    people: tuple[Person, ...] = ()
    sure: bool = False
    team: bool = False


NOBODY_FOUND = Found()
