"""Reading the gist of a message out of what the caller gave and what the recording says, adding nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from phonebot.domain.gist import words
from phonebot.domain.gist.differences import date_question, number_questions, reference_questions
from phonebot.domain.gist.meaning import Gist
from phonebot.domain.gist.names import SaidName, differ_clearly, name_said
from phonebot.domain.gist.question import Kind, Question
from phonebot.domain.gist.telling import telling_stretch
from phonebot.domain.gist.times import SaidTime, times_for_the_call
from phonebot.domain.gist.tokens import Token, quoted, tokens_of
from phonebot.domain.message import Answers
from phonebot.domain.text import clean
from phonebot.domain.transcript import Transcript

_LONGEST = 160
_LONGEST_NAME = 48
"""Characters of a name heard: with a company as long, a heading of 120 still ends in where they were said."""

_MOST_QUESTIONS = 5
_SOON = ("as soon as possible", "as soon as you can", "straight away", "right away", "urgently", "asap", "it's urgent")


@dataclass(frozen=True, slots=True)
class _Recording:
    """A transcript as it was read: its tokens, the name in it and the times for the call."""

    transcript: Transcript
    tokens: Sequence[Token]
    name: SaidName | None
    times: Sequence[SaidTime]


def gist_of(
    answers: Answers,
    transcript: Transcript | None,
    received_at: datetime,
    zone: ZoneInfo,
    region: str,
    caller_id: str | None = None,
) -> Gist:
    """Who, what and by when, of the answers first and else of the recording; and what differs between the two.

    `received_at` (aware) is when it was said, from which "tomorrow" is reckoned in `zone`; `caller_id` is E.164. The
    number in the recording is held against the one given, and against the caller's own where none was given.
    """
    heard = _read(transcript, received_at, zone) if transcript is not None and transcript.text.strip() else None
    questions = () if heard is None else tuple(islice(_questions(answers, heard, region, caller_id), _MOST_QUESTIONS))
    what, what_heard = _what(answers, heard)
    by_when, when_heard = _by_when(answers, heard)
    return Gist(_who(answers, heard), what, by_when, questions, both_heard=what_heard and when_heard)


def _read(transcript: Transcript, received_at: datetime, zone: ZoneInfo) -> _Recording:
    tokens = tokens_of(transcript.text)
    times = times_for_the_call(transcript.text, tokens, received_at, zone)
    return _Recording(transcript, tokens, name_said(tokens), times)


def _questions(answers: Answers, heard: _Recording, region: str, caller_id: str | None) -> Iterator[Question]:
    yield from number_questions(heard.transcript, heard.tokens, answers.number, caller_id, region)
    yield from reference_questions(heard.transcript, heard.tokens, answers.business or "")
    date = date_question(heard.transcript, heard.times, answers)
    if date is not None:
        yield date
    if answers.name and heard.name is not None:
        said = heard.transcript.text[heard.name.start : heard.name.end]
        if differ_clearly(said, answers.name):
            marked = quoted(heard.transcript, heard.name.start, heard.name.end)
            yield Question(Kind.NAME, marked, clean(answers.name, _LONGEST))


def _who(answers: Answers, heard: _Recording | None) -> str:
    given = [clean(each, _LONGEST) for each in (answers.name, answers.company) if each]
    if answers.name or heard is None or heard.name is None:
        return ", ".join(given) or words.NO_NAME
    places = [(heard.name.start, heard.name.end), None if given else heard.name.company]
    said = [quoted(heard.transcript, *place, _LONGEST_NAME) for place in places if place is not None]
    return ", ".join([*given, words.in_the_recording(", ".join(said))])


def _what(answers: Answers, heard: _Recording | None) -> tuple[str, bool]:
    """What it is about, and whether only the recording says so."""
    given = clean(answers.business or "", _LONGEST)
    place = telling_stretch(heard.tokens) if heard is not None and not given else None
    return _heard(heard, place) or (given or words.NO_BUSINESS, False)


def _by_when(answers: Answers, heard: _Recording | None) -> tuple[str, bool]:
    """When they would like the call, and whether only the recording says so."""
    given = clean(answers.window_said or "", _LONGEST)
    place = _when_said(heard) if heard is not None and not given else None
    return _heard(heard, place) or (given or words.NO_TIME, False)


def _heard(heard: _Recording | None, place: tuple[int, int] | None) -> tuple[str, bool] | None:
    """That stretch of the recording, put as such; None where nothing is left of it."""
    said = quoted(heard.transcript, *place, _LONGEST) if heard is not None and place is not None else ""
    return (words.in_the_recording(said), True) if said else None


def _when_said(heard: _Recording) -> tuple[int, int] | None:
    best = next((time for time in heard.times if time.deadline), heard.times[0] if heard.times else None)
    return _soon(heard.transcript.text) if best is None else (best.start, best.end)


def _soon(text: str) -> tuple[int, int] | None:
    low = text.lower()
    if len(low) != len(text):
        return None
    return next(((at, at + len(said)) for said in _SOON if (at := low.find(said)) >= 0), None)
