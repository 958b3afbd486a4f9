"""Leave to text the caller: only a plain yes is one."""

from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.heard import Heard
from phonebot.dialog.phrases import asks_again, holds_phrase, spoken_key, words_of
from phonebot.dialog.spoken_words import spoken_words
from phonebot.dialog.understood import Failure, Filled, Understood
from phonebot.dialog.word_list import phrases, words
from phonebot.dialog.yes_no import LONGEST_ANSWER, yes_or_no

_THANKS = words(
    "thanks thank you cheers ta very much many that's that is was all it then and um uh er well so oh i said"
)
_FAREWELLS = words("bye goodbye cheerio")
_PRAISE = words("great lovely good perfect brilliant excellent super right have a day nice")
_AGREES = phrases(
    "do not mind, if you like, if you want, if you wish, if you must, feel free, i agree, text is fine, texts are fine",
    "text me, that would be good, that would be great, that would be fine, happy for you to, that is ok, okay with me",
)
_RESERVED = words(
    "not instead another different other landline email mail rather unless except never stop cannot wrong only no"
)
"""A yes with one of these after it is a yes to something else: "yes, but not to this number"."""


def texts(heard: Heard, dialogue: Dialogue) -> Understood:
    """Yes or no to being texted on the number the call comes from; a caller who just says goodbye has not answered."""
    if key := heard.digits or spoken_key(heard.speech):
        failure = Failure.WRONGKEY if heard.digits else Failure.NOMATCH
        return {"1": Filled("yes", dialogue), "2": Filled("no", dialogue)}.get(key, failure)
    if asks_again(heard.speech) or _only_takes_leave(heard.speech):
        return Failure.NOMATCH
    said = yes_or_no(heard.speech)
    if said.answer is None:
        agreed = _agrees(heard.speech)
        return Filled("yes", dialogue) if agreed else Failure.NOMATCH
    return Filled("yes" if said.answer and not _is_reserved(said.rest) else "no", dialogue)


def _only_takes_leave(text: str) -> bool:
    """Whether the words are thanks and goodbyes alone; praise is an answer unless it comes with a goodbye."""
    said = frozenset(words_of(text))
    leaving = not said.isdisjoint(_FAREWELLS)
    return said <= _THANKS | _FAREWELLS | (_PRAISE if leaving else frozenset())


def _is_reserved(rest: str) -> bool:
    return not _RESERVED.isdisjoint(_plain(rest))


def _agrees(text: str) -> bool:
    plain = " ".join(_plain(text))
    without = plain.replace("do not mind", "")
    return holds_phrase(plain, _AGREES) and _RESERVED.isdisjoint(without.split())


def _plain(text: str) -> list[str]:
    return [word.text for word in spoken_words(text, LONGEST_ANSWER)]
