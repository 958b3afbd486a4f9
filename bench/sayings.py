"""What is said in the clips that recognisers are measured on: voicemail, and strings of digits, made by a seed."""

from dataclasses import dataclass
from random import Random
from typing import Final

from bench.tellings import DIGITS

NAMES = (
    *("Sue Cohen", "Tom Hart", "Daniel Okafor", "Priya Patel", "Grace Turner", "Kevin Nguyen", "Anna Miller"),
    *("Robert Schmidt", "Joan Tate", "Martin Gray", "Helen Fisher", "Peter Osborne", "Rachel Quinn"),
)
"""The people that voicemail tells of, as the office's directory has them."""

VOICEMAIL = (
    "Hello Sue Cohen, this is Daniel Okafor about invoice four four one seven.",
    "Please ask Tom Hart to call me back before half past three on Friday.",
    "Good morning, I am calling about the boiler in our kitchen.",
    "It is Priya Patel from the dentist, and your appointment is on Tuesday at ten o'clock.",
    "Could somebody ring me tomorrow afternoon, after two o'clock?",
    "This is Grace Turner. I have not received the contract that you promised.",
    "We were charged twice for invoice nine two six three last month.",
    "Kevin Nguyen called. He wants to know when the deposit is paid back.",
    "The meeting with Anna Miller has been moved to Thursday at eleven.",
    "I would like to cancel my order, please. The number is five eight one six.",
    "My name is Robert Schmidt and I am calling about the lease for the shop.",
    "Tell Joan Tate that the keys are with the neighbour.",
    "There is water coming through the ceiling, so please hurry.",
    "I can be reached until six o'clock this evening.",
    "Nothing urgent. I will try again on Monday morning.",
    "Martin Gray has sent the wrong form, and we need it before the end of the week.",
    "Could you send me a copy of invoice three zero seven one?",
    "This message is for Helen Fisher in the accounts department.",
    "The delivery did not arrive, although I waited at home all day.",
    "Peter Osborne will be late. His train leaves at quarter to nine.",
    "I spoke to your colleague yesterday, and she said that you would help me.",
    "We have paid the bill, so please stop sending reminders.",
    "Rachel Quinn would like to talk about the price of the new windows.",
    "The password does not work any more, and nobody can open the files.",
    "Please tell Sue Cohen that the parcel is waiting at the front desk.",
    "I need a plumber on Wednesday between nine and twelve.",
    "My daughter left her jacket in your waiting room this morning.",
    "Is your office open on Saturday, or should I come next week?",
    "Tom Hart asked for the drawings, and they are ready to be collected.",
    "Order seven two five nine was damaged when the box was opened.",
)

_AREAS = ("212", "415", "617", "303", "206")


@dataclass(frozen=True, slots=True)
class Digits:
    """A string of digits, and how it is read out: in groups, one digit after the other."""

    digits: str
    said: str


def digit_strings(seed: int, count: int) -> list[Digits]:
    """So many numbers of seven to eleven digits: telephone numbers kept for fiction, and references of any digits."""
    random = Random(seed)
    return [_digits(_GROUPS[number % len(_GROUPS)](random), random) for number in range(count)]


def _digits(groups: tuple[str, ...], random: Random) -> Digits:
    nought = random.choice(("oh", "zero"))
    said = (" ".join(nought if digit == "0" else DIGITS[int(digit)] for digit in group) for group in groups)
    return Digits("".join(groups), ", ".join(said) + ".")


def _mobile(random: Random) -> tuple[str, ...]:
    return "07700", "900", f"{random.randrange(1000):03}"


def _london(random: Random) -> tuple[str, ...]:
    return "020", "7946", f"0{random.randrange(1000):03}"


def _american(random: Random) -> tuple[str, ...]:
    return random.choice(_AREAS), "555", f"01{random.randrange(100):02}"


def _local(random: Random) -> tuple[str, ...]:
    return "555", f"01{random.randrange(100):02}"


def _reference(random: Random) -> tuple[str, ...]:
    digits = "".join(random.choice("0123456789") for _ in range(random.choice((7, 8, 9))))
    return digits[:3], digits[3:6], digits[6:]


_GROUPS = (_mobile, _reference, _london, _reference, _american, _reference, _local, _reference)

DIGIT_STRINGS: Final = digit_strings(20261124, 24)
"""Those that were said and kept."""
