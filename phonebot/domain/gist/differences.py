"""What differs between a recording and what the caller gave: telephone numbers, references and times."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from phonebot.domain.gist.agreement import NEAR, Known, is_said, is_to_ring, readable, words_before
from phonebot.domain.gist.numbers import LABELLED, label_before, telephone_runs
from phonebot.domain.gist.question import Kind, Question, Source
from phonebot.domain.gist.runs import Run, has_digits, runs, until_pause
from phonebot.domain.gist.time_words import DEADLINES, TIMES
from phonebot.domain.gist.times import SaidTime
from phonebot.domain.gist.tokens import Shape, Token, quoted, tokens_of
from phonebot.domain.message import Answers
from phonebot.domain.phone.digits import words_of
from phonebot.domain.text import clean
from phonebot.domain.transcript import Transcript
from phonebot.domain.window import Part

_SLIPS = words_of("sorry actually instead rather wait correction no")
_OUTDATED = words_of("not wrong old")
"""Before a number, what says that it is not the one to ring."""

_SHORTEST_REFERENCE = 2
_LONGEST = 160


def number_questions(
    transcript: Transcript, tokens: Sequence[Token], given: str | None, caller_id: str | None, region: str
) -> Iterator[Question]:
    """The telephone numbers in the recording that differ from the one given, else from the one rung from."""
    if not has_digits(tokens):
        return
    number = given or caller_id
    known = Known(number) if number else None
    found = [run for run in telephone_runs(transcript.text, tokens, region) if is_to_ring(run, tokens, known)]
    agreeing = [run for run in found if known is not None and is_said(run, known)]
    source = Source.FORM if given else Source.CALLER_ID if caller_id else Source.NOTHING
    asked: set[str] = set()
    for at, run in enumerate(found):
        put_right = at + 1 < len(found) and _put_right(tokens, run, found[at + 1])
        as_well = bool(agreeing) and not _replaces(tokens, run, agreeing)
        if run in agreeing or as_well or put_right or (run.e164 or run.said) in asked:
            continue
        asked.add(run.e164 or run.said)
        said = quoted(transcript, run.start, run.end)
        yield Question(Kind.NUMBER, said, readable(known.e164, region) if known else "", source)


def _put_right(tokens: Sequence[Token], run: Run, following: Run) -> bool:
    """Whether the caller takes the number back for the one after it: "…124, sorry, …123"."""
    between = {token.key for token in tokens[run.after : following.at]}
    return following.at - run.after <= NEAR and bool(between & _SLIPS) and "not" not in between


def _replaces(tokens: Sequence[Token], run: Run, agreeing: Sequence[Run]) -> bool:
    """Whether a number replaces the one that agrees, and is not merely another way to ring."""
    if any(other.at < run.at for other in agreeing) and words_before(tokens, run) & _SLIPS:
        return True
    return any(not _OUTDATED.isdisjoint(words_before(tokens, other)) for other in agreeing)


def reference_questions(transcript: Transcript, tokens: Sequence[Token], business: str) -> Iterator[Question]:
    """The numbers of invoices and such of which the form gives another of the same sort, and the recording only it."""
    given = _references(tokens_of(business))
    heard = _references(tokens) if given else {}
    for label in heard:
        if label in given and not heard[label].keys() & given[label].keys():
            start, end = next(iter(heard[label].values()))
            form_start, form_end = next(iter(given[label].values()))
            yield Question(Kind.REFERENCE, quoted(transcript, start, end), clean(business[form_start:form_end], 80))


def _references(tokens: Sequence[Token]) -> dict[str, dict[str, tuple[int, int]]]:
    """The labelled numbers: by label and by digits the place in the text from the label to their end."""
    if LABELLED.isdisjoint(token.key for token in tokens):
        return {}
    labelled = (run for run in runs(tokens) if label_before(tokens, run.at) is not None)
    ways = ((run, said) for run in labelled for said in (until_pause(run, tokens), run.said))
    numbers = [(said, run.at, run.end) for run, said in ways if len(said) >= _SHORTEST_REFERENCE]
    codes = [(token.key, at, token.end) for at, token in enumerate(tokens) if token.shape is Shape.CODE]
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for value, at, end in [*numbers, *codes]:
        label = label_before(tokens, at)
        if label is not None:
            digits = value if value.isdigit() else "".join(filter(str.isdigit, value))
            found.setdefault(tokens[label].key, {})[digits] = tokens[label].start, end
    return found


def date_question(transcript: Transcript, times: Sequence[SaidTime], answers: Answers) -> Question | None:
    """Whether the recording asks for another time than the form; none where one of the times it says agrees.

    Where the form's words were not understood, only a deadline is asked about, of a day that they do not name.
    """
    said = answers.window_said
    bound = [time for time in times if any(part.end is not None for part in time.parts)]
    if not said or not bound:
        return None
    form_words = {token.key for token in tokens_of(said)}
    if answers.window_parts:
        deadline = not DEADLINES.isdisjoint(form_words)
        agrees = any(_agrees(time, answers.window_parts, given_deadline=deadline) for time in times)
    else:
        bound = [time for time in bound if time.deadline]
        days = [token.key for time in bound for token in tokens_of(transcript.text[time.start : time.end])]
        agrees = not bound or not form_words.isdisjoint(TIMES.intersection(days))
    if agrees:
        return None
    asked = next((time for time in bound if time.deadline), bound[0])
    return Question(Kind.DATE, quoted(transcript, asked.start, asked.end), clean(said, _LONGEST).strip(" ."))


def _agrees(time: SaidTime, given: Sequence[Part], *, given_deadline: bool) -> bool:
    """Whether the time is the one given, or another way to put it: of the same days, and at hours they share."""
    if tuple(time.parts) == tuple(given):
        return True
    shared = any(_overlap(one, other) for one in time.parts for other in given)
    if not shared:
        return False
    if any(part.end is None for part in time.parts):
        return True
    said_days, given_days = _days(time.parts, deadline=time.deadline), _days(given, deadline=given_deadline)
    return given_days is not None and said_days is not None and (said_days <= given_days or given_days <= said_days)


def _overlap(one: Part, other: Part) -> bool:
    starts = [part.start for part in (one, other) if part.start is not None]
    ends = [part.end for part in (one, other) if part.end is not None]
    return not starts or not ends or max(starts) < min(ends)


def _days(parts: Sequence[Part], *, deadline: bool) -> frozenset[date] | None:
    """The days that are named: of a deadline the day it ends at; None where they are open."""
    found: set[date] = set()
    for part in parts:
        if part.end is None or part.start is None:
            return None
        last = part.end if deadline else part.end - timedelta(microseconds=1)
        first = last if deadline else part.start
        span = min((last.date() - first.date()).days, 60)
        found |= {first.date() + timedelta(days=ahead) for ahead in range(span + 1)}
    return frozenset(found)
