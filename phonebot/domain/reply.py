"""What a caller's text message means: a word that Twilio acts on, a wish for no more texts, or a yes or a no."""

import re
import unicodedata
from enum import StrEnum

from phonebot.domain.reply_words import (
    COURTESY,
    DOUBTS_A_YES,
    FIGURE_OF_SPEECH,
    LIKES,
    NEGATED,
    NO_EMOJI,
    NO_STATEMENT,
    NO_WORD,
    QUOTED,
    REFUSES_TEXTS,
    SETTLED,
    SPLITS,
    UNCERTAIN,
    YES_EMOJI,
    YES_STATEMENT,
    YES_WORD,
    written_out,
)

LONGEST = 1600
"""Characters that are read: the longest a text message can be at Twilio (twilio.com/docs/glossary)."""

STOP_WORDS = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "optout", "revoke"})
START_WORDS = frozenset({"start", "unstop"})
HELP_WORDS = frozenset({"help", "info"})
"""Twilio acts on these where they are all of a message (help.twilio.com, "Twilio support for opt-out keywords")."""

_WORD = re.compile(r"\w+(?:['-]\w+)*")


class Reply(StrEnum):
    """What a text says. YES and NO answer "did we get back to you?".

    STOP is one of Twilio's own words, alone; STOP_IN_WORDS says the same in a sentence, which Twilio does not act on.
    """

    STOP = "stop"
    STOP_IN_WORDS = "stop-in-words"
    START = "start"
    HELP = "help"
    YES = "yes"
    NO = "no"
    OTHER = "other"

    @property
    def ends_consent(self) -> bool:
        """Whether no text may be sent to that number from now on."""
        return self in {Reply.STOP, Reply.STOP_IN_WORDS}

    @property
    def for_a_human(self) -> bool:
        """Whether somebody should read it: it says more than phonebot can act on."""
        return self in {Reply.STOP_IN_WORDS, Reply.OTHER}


def read_reply(body: str) -> Reply:
    """What that text message means. Never raises; whatever is not plain is OTHER, for somebody to read.

    A yes closes what is owed, so it takes a plain one; a no only keeps it open. A wish for no more texts goes before
    both.
    """
    text = _readable(body)
    words = _WORD.findall(text)
    if len(words) == 1 and (keyword := _keyword(words[0])):
        return keyword
    clauses = _clauses(text)
    if any(pattern.search(clause) for clause in clauses for pattern in REFUSES_TEXTS):
        return Reply.STOP_IN_WORDS
    answer = _answer(clauses, asks="?" in text)
    if answer is None:
        answer = _sign(text)
    return {True: Reply.YES, False: Reply.NO, None: Reply.OTHER}[answer]


def _readable(body: str) -> str:
    """The text in small letters and plain apostrophes, without invisible characters and without what it quotes of ours.

    Telephones answer a "like" with a text that holds ours: Liked “Did we get back to you? Reply STOP to end.”
    """
    plain = unicodedata.normalize("NFKC", body[:LONGEST]).casefold()[:LONGEST]
    visible = "".join(each for each in plain if unicodedata.category(each) != "Cf")
    return QUOTED.sub(r"\1", visible).replace("’", "'")


def _keyword(word: str) -> Reply | None:
    if word in STOP_WORDS:
        return Reply.STOP
    if word in START_WORDS:
        return Reply.START
    return Reply.HELP if word in HELP_WORDS else None


def _clauses(text: str) -> list[str]:
    """Its clauses in plain words, their short forms written out."""
    clauses = (" ".join(clause.replace("-", " ").split()) for clause in SPLITS.split(written_out(text)))
    return [clause for clause in clauses if clause]


def _answer(clauses: list[str], *, asks: bool) -> bool | None:
    """Whether it says that somebody got back to them; None where it does not say, or says both.

    A statement ("nobody rang") weighs more than a bare yes or no before it.
    """
    plain = [" ".join(FIGURE_OF_SPEECH.sub(" ", clause).split()) for clause in clauses]
    denied = any(pattern.search(clause) for clause in plain for pattern in NO_STATEMENT)
    told = any(map(_tells_of_a_call, plain))
    if denied:
        return None if told else False
    words = [COURTESY.sub("", clause) for clause in plain]
    yes, no = any(map(YES_WORD.match, words)), any(map(NO_WORD.match, words))
    if (yes or told) == no or any(map(UNCERTAIN.search, plain)):
        return None
    if no:
        return None if any(map(SETTLED.search, clauses)) else False
    return None if asks or any(pattern.search(clause) for clause in plain for pattern in DOUBTS_A_YES) else True


def _tells_of_a_call(clause: str) -> bool:
    return not NEGATED.search(clause) and any(pattern.search(clause) for pattern in YES_STATEMENT)


def _sign(text: str) -> bool | None:
    """What an emoji or a "like" says where nothing else but thanks is said."""
    rest = COURTESY.sub("", " ".join(_WORD.findall(text)) + " ").strip()
    if rest and rest not in LIKES:
        return None
    yes = LIKES.get(rest) is True or any(sign in text for sign in YES_EMOJI)
    no = LIKES.get(rest) is False or any(sign in text for sign in NO_EMOJI)
    return None if yes == no else yes
