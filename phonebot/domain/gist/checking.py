"""The digits of a recording checked against the number that the caller gave or rang from."""

from collections.abc import Iterable, Sequence

from phonebot.domain.gist.agreement import FEW_WRONG, Known, differing, is_said, is_to_ring
from phonebot.domain.gist.numbers import telephone_runs
from phonebot.domain.gist.runs import Run
from phonebot.domain.gist.tokens import tokens_of
from phonebot.domain.message import Answers
from phonebot.domain.transcript import Span, Transcript
from phonebot.domain.transcript.doubt import Word, is_number


def checked(transcript: Transcript, answers: Answers, caller_id: str | None, region: str) -> Transcript:
    """The transcript with a number that agrees unmarked, and one that does not marked where its digits differ.

    A number is held against the one given, and against the caller's own (E.164 each). The one number to ring that is
    wholly unlike the one given is doubtful as a whole; any other may well be another telephone, and stays as it is.
    """
    numbers = [number for number in (answers.number, caller_id) if number]
    if not numbers or not transcript.text:
        return transcript
    tokens = tokens_of(transcript.text)
    runs = telephone_runs(transcript.text, tokens, region)
    known = [Known(number) for number in numbers]
    agrees = any(is_said(run, number) for run in runs for number in known)
    doubtful = list(transcript.doubtful)
    for run in runs:
        to_ring = answers.number is not None and is_to_ring(run, tokens, known[0])
        marks = _marks(run, known, whole=to_ring and not agrees)
        if marks is not None:
            doubtful = [*_outside(doubtful, run, transcript.text), *marks]
    return Transcript(transcript.text, tuple(sorted(doubtful)))


def _marks(run: Run, known: Sequence[Known], *, whole: bool) -> list[Span] | None:
    """What to mark of the run, `whole` where it is unlike all that is known; None to leave its marks as they are."""
    if any(is_said(run, number) for number in known):
        return []
    laid = (differing(run, number) for number in known)
    near = [found for found in laid if found is not None and len(found) <= FEW_WRONG]
    if any(len(found) == 1 for found in near):
        return [Span(digit.start, digit.end) for digit in min(near, key=len)]
    # Where more differ, those that agree may do so by chance: direct lines of one switchboard are that much alike.
    return [Span(run.start, run.end)] if near or whole else None


def _outside(spans: Iterable[Span], run: Run, text: str) -> list[Span]:
    """The spans without what of them lies within the run; of one cut only numbers are left."""
    left: list[Span] = []
    for span in spans:
        if span.end <= run.start or span.start >= run.end:
            left.append(span)
            continue
        cut = (Span(span.start, run.start), Span(run.end, span.end))
        left += [_trimmed(piece, text) for piece in cut if _holds_a_number(text[piece.start : piece.end])]
    return left


def _holds_a_number(text: str) -> bool:
    """Whether there is a number in it: all else in a stretch of numbers is doubtful for their sake alone."""
    return any(is_number(Word(piece)) for piece in text.split())


def _trimmed(span: Span, text: str) -> Span:
    """The stretch from its first letter or digit to its last."""
    places = [at for at in range(span.start, span.end) if text[at].isalnum()]
    return Span(places[0], places[-1] + 1)
