"""How long words take to say."""

WORDS_PER_SECOND = 2.6
"""The design's yardstick for a telephone voice; a call's length is budgeted with it."""


def word_count(words: str) -> int:
    """How many words are spoken: runs of text between spaces that hold a letter or a digit."""
    return sum(any(character.isalnum() for character in word) for word in words.split())


def spoken_seconds(words: str) -> float:
    """How many seconds the words take to say, at WORDS_PER_SECOND."""
    return word_count(words) / WORDS_PER_SECOND
