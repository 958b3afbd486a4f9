"""What the gist of a message holds: its parts in words, the two lines they make, and the questions to staff."""

from dataclasses import dataclass

from phonebot.domain.gist.question import Question
from phonebot.domain.gist.words import what_and_when, what_then_when


@dataclass(frozen=True, slots=True)
class Gist:
    """Who, what and by when, each in words that were said or that say that it was not; and the questions to staff.

    `both_heard` is whether what and by when are both of the recording alone, as each of them says by itself.
    """

    who: str
    what: str
    by_when: str
    questions: tuple[Question, ...] = ()
    both_heard: bool = False

    @property
    def what_then_when(self) -> tuple[str, str]:
        """What, then by when, to be read one right after the other: that both are only heard is said once, at last."""
        return what_then_when(self.what, self.by_when, both_heard=self.both_heard)

    @property
    def lines(self) -> tuple[str, str]:
        """The two lines at the top of a message: who; then what, and by when."""
        return self.who, what_and_when(*self.what_then_when)
