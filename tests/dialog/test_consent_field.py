"""Leave to text: a plain yes is one, and nothing else is."""

import pytest

from phonebot.dialog.consent_field import texts
from phonebot.dialog.heard import Heard
from phonebot.dialog.understood import Filled
from tests.dialog.offices import facts_of, fresh_call

CALL = fresh_call(facts_of())

AGREED = (
    *("yes", "yes please", "yeah go on then", "sure", "of course", "ok", "okay then", "that's fine", "please do"),
    *("no problem", "go ahead", "I don't mind", "if you like", "you can", "text me", "perfect, thanks", "alright"),
    *("yes that's my mobile", "yes thanks, bye", "yeah that's great thank you bye"),
)
NOT_AGREED = (
    *(
        "no",
        "no thanks",
        "no thank you bye",
        "rather not",
        "please don't",
        "don't text me",
        "absolutely not",
        "yeah no",
    ),
    *("I'd rather you didn't", "never", "this is a landline", "I'd prefer email", "maybe", "I don't know"),
    *("thanks", "bye", "thank you, goodbye", "that's all thanks", "great, bye", "um", "hello", "sorry?", "what?"),
    *("yes but not at night", "yes but use another number", "yes, but I'd prefer email instead", "only if I ask"),
)


def agreed(heard: Heard) -> bool:
    """Whether leave is given; what is not understood gives none."""
    understood = texts(heard, CALL)
    return isinstance(understood, Filled) and understood.outcome == "yes"


@pytest.mark.parametrize("words", AGREED)
def test_a_plain_yes_is_leave(words: str) -> None:
    assert agreed(Heard(speech=words))


@pytest.mark.parametrize("words", NOT_AGREED)
def test_no_reservations_thanks_and_goodbyes_are_not(words: str) -> None:
    assert not agreed(Heard(speech=words))


@pytest.mark.parametrize(("key", "leave"), [("1", True), ("2", False), ("7", False)])
def test_only_one_is_leave_by_key(key: str, leave: bool) -> None:
    assert agreed(Heard(digits=key)) is leave
