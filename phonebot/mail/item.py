"""One message that is owed, in the words and links that a mail shows of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from phonebot.domain.callback import Outcome
from phonebot.domain.digest import Act, Asked, Owed, Try, is_urgent
from phonebot.domain.gist import question_words
from phonebot.domain.gist.words import NO_BUSINESS, NO_TIME
from phonebot.domain.message import State
from phonebot.mail.dates import Dates
from phonebot.mail.recording_words import BREAKS_OFF, heard_words, hearing_words
from phonebot.mail.wording import LABELS, outcome_words, readable_number, said, seconds_words, sentence, who_of

HEAR_NAME: Final = "Hear their name"
NAME_PLAYER: Final = "#name"
"""The place on the page of a recording where that of their name is."""

LinkTo = Callable[[Owed, Act], str]
"""Gives the address of the page that does this to that message; empty where there are no pages."""

_LONGEST_WHAT = 160

_MOST_TRIES = 5
"""Tries written out, the latest; those before them are counted."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom it is written: their name, when their next digest is due, and how dates are written to them.

    `covers` are the names of people away for whom they stand in.
    """

    name: str
    next_at: datetime | None
    dates: Dates
    covers: tuple[str, ...] = ()

    def is_asked(self, owed: Owed) -> bool:
        """Whether it is they who are to ring the caller in a colleague's place."""
        return owed.asked is not None and owed.asked.of in {self.name, *self.covers}


@dataclass(frozen=True, slots=True)
class Link:
    """A link: what is written on it, where it leads, and whether it is the one to press first."""

    label: str
    address: str
    first: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Somebody's own words with what stands before them, such as when they were told."""

    before: str
    words: str


@dataclass(frozen=True, slots=True)
class Item:
    """A message in words; texts may be empty.

    `who`, `what` and when (`window`, `window_said`, else `by_when`) are its top: a name and a company as far as they
    were given, a sentence, and a time. `about` is what it is about in full where `what` is cut, `questions` are those
    to staff, `whose` is its owner's name where that is not the reader; `marks` are a word or two each, `standing` are
    sentences, of which `asked` says what the reader is to do in a colleague's place, and `answers` are those to
    `question`. `hear_name` leads to a recording of just their name. `doubted` is whether anything in it is marked as
    doubtful: see mail.recording_words.
    """

    ref: str
    who: tuple[str, ...]
    whose: str
    marks: tuple[str, ...]
    what: str
    window: str
    window_said: str
    by_when: str
    questions: tuple[str, ...]
    number: str
    other_number: str
    rang: str
    about: str
    missing: str
    transcript: str
    unheard: str
    breaks_off: str
    doubted: bool
    told: tuple[Words, ...]
    asked: str
    standing: tuple[str, ...]
    tries: tuple[Words, ...]
    question: str
    answers: tuple[Link, ...]
    links: tuple[Link, ...]
    listen: Link | None
    hear_name: Link | None


def item_of(owed: Owed, reader: Reader, link: LinkTo) -> Item:
    """The message as this reader sees it."""
    dates, about, what = reader.dates, said(owed.business), _what(owed)
    return Item(
        ref=owed.ref,
        who=who_of(owed),
        whose="" if owed.owner_name == reader.name else owed.owner_name,
        marks=tuple(_marks(owed, reader)),
        what=what,
        window=_window(owed, dates),
        window_said=_window_said(owed, dates),
        by_when=_by_when(owed),
        questions=tuple(question_words(each) for each in owed.gist.questions) if owed.gist else (),
        number=_number(owed),
        other_number=_other_number(owed),
        rang=dates.past(owed.received_at),
        about="" if what in {about, f"{about}."} else about,
        missing="" if owed.complete else "The caller rang off before everything was asked.",
        transcript=heard_words(owed.transcript),
        unheard=hearing_words(owed.hearing, owed.transcript, playable=owed.recording_seconds is not None),
        breaks_off=BREAKS_OFF if owed.cut_off else "",
        doubted=owed.transcript is not None and bool(owed.transcript.doubtful),
        told=tuple(Words(dates.past(at), said(words)) for at, words in owed.told),
        asked=_asked(owed, reader),
        standing=tuple(_standing(owed, reader)),
        tries=tuple(_tries(owed.tries, dates)),
        question=_question(owed, reader),
        answers=_links(owed, _ANSWERS if owed.asks_what_happened else (), link),
        links=_links(owed, tuple(_acts(owed)), link),
        listen=_listen(owed, link, LABELS[Act.HEAR], owed.recording_seconds),
        hear_name=_listen(owed, link, HEAR_NAME, owed.name_seconds, NAME_PLAYER),
    )


def _marks(owed: Owed, reader: Reader) -> Iterator[str]:
    if owed.reopened:
        yield "Reopened"
    if owed.accepted is not None and owed.accepted.slipped:
        yield "Slipped"
    if reader.is_asked(owed):
        yield "Holding call"
    if is_urgent(owed, reader.dates.now, reader.next_at):
        yield "Urgent"
    if owed.overdue:
        yield "Overdue"


def _what(owed: Owed) -> str:
    """What it is about, as a sentence, short enough for a heading."""
    heard = owed.gist.what_then_when[0] if owed.gist is not None else ""
    return sentence(heard or said(owed.business, _LONGEST_WHAT) or NO_BUSINESS)


def _by_when(owed: Owed) -> str:
    """When, where the form does not say it: as the recording does, else that it was not said."""
    return NO_TIME if owed.gist is None else owed.gist.what_then_when[1]


def _number(owed: Owed) -> str:
    """The number they asked to be rung on."""
    return readable_number(owed.phone) if owed.phone else "No number given"


def _other_number(owed: Owed) -> str:
    """The number they rang from, where it is another: it may be a switchboard's."""
    return readable_number(owed.caller_id) if owed.caller_id and owed.caller_id != owed.phone else ""


def _window(owed: Owed, dates: Dates) -> str:
    window = dates.window(owed.window_parts)
    over = all(part.end is not None and part.end <= dates.now for part in owed.window_parts)
    return f"{window}, which has passed" if window and over else window


def _window_said(owed: Owed, dates: Dates) -> str:
    """The caller's own words for it, where they are not the same."""
    words = said(owed.window_said, 300)
    return "" if words.casefold().strip(" .") == dates.window(owed.window_parts).casefold() else words


def _standing(owed: Owed, reader: Reader) -> Iterator[str]:
    """Where it stands, in sentences; what came of each try is told apart."""
    if owed.denied_at is not None:
        yield f"{reader.dates.past(owed.denied_at)}: the caller says that nobody got back to them."
    elif owed.reopened:
        yield "The caller says that nobody got back to them."
    if owed.asked is not None:
        others = f"{_slipped(owed.asked, reader)}. {owed.asked.of} has been asked to ring them and say so."
        yield _asked(owed, reader) or others
    if owed.accepted is not None and not (owed.asked is not None and owed.accepted.slipped):
        whose = "You took this on" if owed.accepted.by == reader.name else f"{owed.accepted.by} took this on"
        due = reader.dates.at(owed.accepted.due)
        yield f"{whose}, to call by {due}." + (" That time has passed." if owed.accepted.slipped else "")
    if owed.claimed_by:
        yield f"{'You have' if owed.claimed_by == reader.name else owed.claimed_by + ' has'} it in hand now."
    if owed.passed_by:
        yield f"Passed on by {'you' if owed.passed_by == reader.name else owed.passed_by}."
    if owed.state is State.SAID_RETURNED:
        yield "Said to be returned; the caller has not said so."
    if owed.state is State.HELD:
        yield "A colleague has held it with a call. It is still owed."
    if owed.may_be_called is not None:
        yield f"It cannot be called from here: {owed.may_be_called}."
    if not owed.tries and owed.state is not State.SAID_RETURNED:
        yield "Not tried yet."


def _asked(owed: Owed, reader: Reader) -> str:
    """What the reader is asked to do in a colleague's place."""
    if owed.asked is None or not reader.is_asked(owed):
        return ""
    instead = "" if owed.asked.of == reader.name else f", in place of {owed.asked.of}"
    told = "and the caller has not been told: please ring them and say so"
    return f"{_slipped(owed.asked, reader)}, {told}{instead}."


def _slipped(asked: Asked, reader: Reader) -> str:
    by = "You" if asked.by == reader.name else asked.by
    return f"{by} did not call by {reader.dates.past(asked.due)}"


def _tries(tries: tuple[Try, ...], dates: Dates) -> Iterator[Words]:
    if earlier := len(tries) - _MOST_TRIES if len(tries) > _MOST_TRIES else 0:
        yield Words(f"{earlier} earlier {'try' if earlier == 1 else 'tries'}, and then:", "")
    for each in tries[earlier:]:
        kind = "Holding call" if each.holding else "Tried"
        yield Words(f"{kind} {dates.past(each.at)} by {each.by}: {outcome_words(each.outcome)}", said(each.note))


_ANSWERS = (Act.SPOKE, Act.LEFT_WORD, Act.WRONG_NUMBER)


def _question(owed: Owed, reader: Reader) -> str:
    if not owed.asks_what_happened:
        return ""
    by = next((each.by for each in reversed(owed.tries) if each.outcome == Outcome.JOINED), reader.name)
    joined = "You were" if by == reader.name else f"{by} was"
    return f"{joined} joined to them, or to their voicemail. What happened?"


def _acts(owed: Owed) -> Iterator[Act]:
    """What may be done. A word of staff is not asked for where it cannot change anything, nor twice."""
    if owed.may_be_called is None and (owed.phone or owed.caller_id):
        yield Act.CALL
    taken = owed.accepted is not None and not owed.accepted.slipped
    if not taken and (owed.phone or owed.caller_id):
        yield Act.ACCEPT
    if not owed.asks_what_happened:
        if owed.state is not State.SAID_RETURNED and not owed.reopened:
            yield Act.SAID
        yield Act.TRIED
    yield Act.PASS


def _links(owed: Owed, acts: tuple[Act, ...], link: LinkTo) -> tuple[Link, ...]:
    """The links of these acts; none where there is no address to lead to."""
    made = (Link(LABELS[act], link(owed, act), first=act is Act.CALL) for act in acts)
    return tuple(each for each in made if each.address)


def _listen(owed: Owed, link: LinkTo, label: str, seconds: float | None, place: str = "") -> Link | None:
    """The link to a recording of so many seconds, at that place of its page; none where there is nothing to hear."""
    if seconds is None:
        return None
    address = link(owed, Act.HEAR)
    return Link(f"{label} ({seconds_words(seconds)})", address and address + place)
