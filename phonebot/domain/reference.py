"""A message's short reference: its row number, shuffled and written in letters nobody confuses."""

ALPHABET = "ABCDEFGHJKMNPQRTUVWXYZ2346789"
"""Without I, L, O, S, 0, 1 and 5, which are mistaken for one another aloud or by hand. Its length is a prime."""

SHORTEST = 4
SCATTER = 405_407
"""Prime to the alphabet's length, so that neighbours look unlike and no two numbers share a reference."""

FIRST = 271_828
"""Where the first number falls, so that nobody's first message is AAAA."""


def reference_of(number: int) -> str:
    """The reference of a positive row number: four characters for the first 707,281, then five, and so on."""
    if number < 1:
        raise ValueError("row numbers start at 1")
    rest, length = number - 1, SHORTEST
    while rest >= (space := len(ALPHABET) ** length):
        rest, length = rest - space, length + 1
    scattered = (rest * SCATTER + FIRST) % space
    letters = []
    for _ in range(length):
        scattered, place = divmod(scattered, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def number_of(reference: str) -> int | None:
    """The row number behind a reference, in capitals or not; None where it cannot be one."""
    letters = reference.strip().upper()
    if len(letters) < SHORTEST or len(letters) > 12 or any(letter not in ALPHABET for letter in letters):
        return None
    space = len(ALPHABET) ** len(letters)
    scattered = sum(ALPHABET.index(letter) * len(ALPHABET) ** place for place, letter in enumerate(letters))
    before: int = sum(len(ALPHABET) ** length for length in range(SHORTEST, len(letters)))
    unscattered: int = (scattered - FIRST) * pow(SCATTER, -1, space) % space
    return unscattered + before + 1
