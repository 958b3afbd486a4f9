"""Text messages that are short: what fits in two segments, in the network's own alphabet wherever that can be."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from phonebot.domain.digest import CallerText, Owed, is_urgent
from phonebot.mail.dates import Dates
from phonebot.mail.item import Reader
from phonebot.mail.wording import said, sender_words, who_of

_ALPHABET: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_COUNTED_TWICE: Final = frozenset("^{}\\[~]|€")
"""The default alphabet of 3GPP TS 23.038 and its extension, whose characters take the room of two."""

_PLAINER: Final = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "}
    | {"Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "ı": "i", "Œ": "OE", "œ": "oe", "Ð": "D", "ð": "d", "Þ": "Th", "þ": "th"}
)
"""Signs of typography, and letters that Unicode does not take apart into a plain one and its mark."""

ROOM: Final = 306
"""What two segments hold of the alphabet, and `_ROOM_OUTSIDE` of anything else (3GPP TS 23.040, section 9.2.3.24.1)."""
_ROOM_OUTSIDE: Final = 134
_MOST_NAMED: Final = 12
"""No more messages than this fit, however little is said of them."""
_QUOTED: Final = (220, 160, 110, 70, 50, 30, 20)
_QUOTED_BESIDES: Final = _QUOTED[3:]
"""Characters of a text that are quoted, the most first; and besides calls owed, where a quarter of the room must do."""


def plainer(text: str) -> str:
    """The text with characters outside the alphabet put as its nearest inside, where there is one: "ê" as "e"."""
    if _ALPHABET.issuperset(text):
        return text
    return "".join(_nearest(character) for character in text.translate(_PLAINER))


def _nearest(character: str) -> str:
    if character in _ALPHABET or character in _COUNTED_TWICE:
        return character
    bare = "".join(each for each in unicodedata.normalize("NFKD", character) if not unicodedata.combining(each))
    return bare if bare and _ALPHABET.issuperset(bare) else character


def fits(text: str) -> bool:
    """Whether the text goes in two segments."""
    if all(character in _ALPHABET or character in _COUNTED_TWICE for character in text):
        return len(text) + sum(character in _COUNTED_TWICE for character in text) <= ROOM
    return len(text.encode("utf-16-le")) // 2 <= _ROOM_OUTSIDE


def fitted(opening: str, owed: Sequence[Owed], reader: Reader) -> str:
    """The opening and as many messages as fit, in order, and how many are left out.

    Of a message that comes alone, also what it is about, cut to what fits.
    """
    opening, briefs = plainer(opening), [plainer(_in_brief(each, reader)) for each in owed[:_MOST_NAMED]]
    if len(owed) == 1 and owed[0].business:
        briefs.append(_cut(f"About: {plainer(said(owed[0].business))}", before=f"{opening} {briefs[0]}"))
    for count in range(len(briefs), -1, -1):
        left = max(len(owed) - count, 0)
        text = " ".join([opening, *briefs[:count]]) + _left_out(left)
        if fits(text):
            return text
    return opening


def with_a_text(opening: str, text: CallerText, more: int, dates: Dates) -> str:
    """The opening with a text that came in, its words cut to what fits, and how many more there are.

    What follows it has room to say how many messages are left out.
    """
    opening, rest = plainer(opening), f" And {more} more {'text' if more == 1 else 'texts'}." if more else ""
    who, at = plainer(sender_words(text.name, text.company, text.phone, 40)), dates.past(text.at)
    verb = "wants no more texts" if text.no_more_texts else "texted"
    for heading in (f"{at} {who} {verb}", "No more texts" if text.no_more_texts else "A text"):
        for longest in _QUOTED_BESIDES if opening else _QUOTED:
            words = plainer(said(text.words, longest))
            quoted = f'{opening} {heading}: "{words}"{rest}' if words else f"{opening} {heading}.{rest}"
            if fits(f"{quoted.strip()}{_left_out(1000)}"):
                return quoted.strip()
    return opening


def _left_out(count: int) -> str:
    """How many messages there is no room for."""
    return f" And {count} more." if count else ""


def _cut(text: str, before: str) -> str:
    """As many of the first words of the text as fit after the words before it."""
    words = text.split()
    while words and not fits(f"{before} {' '.join(words)}"):
        words.pop()
    return " ".join(words)


def _in_brief(owed: Owed, reader: Reader) -> str:
    """A message in a dozen words, without its number: "K7QM Julie Smith would like Wed 25 Nov after 15:00."."""
    urgent = "Urgent: " if is_urgent(owed, reader.dates.now, reader.next_at) else ""
    whose = "" if owed.owner_name == reader.name else f" for {owed.owner_name}"
    who = ", ".join(who_of(owed, 40))
    if owed.asked is not None and reader.is_asked(owed):
        due = reader.dates.past(owed.asked.due)
        return f"Please ring {owed.ref} {who}{whose}, and say that no call could be made by {due}."
    return f"{urgent}{owed.ref} {who}{whose}{_wanted(owed, reader.dates)}."


def _wanted(owed: Owed, dates: Dates) -> str:
    """When they would like the call, to follow their name; nothing where that is not known."""
    if owed.reopened:
        return " says nobody got back"
    window = dates.window(owed.window_parts)
    if window:
        return f" would like {window}"
    return f' said "{said(owed.window_said, 40)}"' if owed.window_said else ""
