"""The words that staff read around what a caller said: where it was said, that it was not, and what must be settled."""

from typing import Final

from phonebot.domain.gist.question import Kind, Question, Source

NO_NAME: Final = "No name given"
NO_BUSINESS: Final = "What it is about was not said"
NO_TIME: Final = "not said"
_NEITHER: Final = "Neither what it is about nor when to ring was said"
_HEARD: Final = " (in the recording)"
_BOTH_HEARD: Final = " (both in the recording)"

_TEMPLATES: Final = {
    (Kind.NUMBER, Source.FORM): "The recording has the number {said}; the form has {given}. Which is right?",
    (
        Kind.NUMBER,
        Source.CALLER_ID,
    ): "The recording has the number {said}; they rang from {given}. Which is to be rung?",
    (Kind.NUMBER, Source.NOTHING): "The recording has the number {said}; the form has none. Is it the one to ring?",
    (Kind.REFERENCE, Source.FORM): "The recording has {said}; the form has {given}. Which is right?",
    (Kind.DATE, Source.FORM): 'The recording says "{said}"; the form says "{given}". Which is meant?',
    (Kind.NAME, Source.FORM): 'The recording has the name "{said}"; the form has {given}. Who is it?',
}


def question_words(question: Question) -> str:
    """The question in one line, as staff read it."""
    template = _TEMPLATES.get((question.kind, question.source), _TEMPLATES[question.kind, Source.FORM])
    return template.format(said=question.said, given=question.given or "nothing")


def in_the_recording(said: str) -> str:
    """Something that only the recording says, put so."""
    return f"{said}{_HEARD}"


def what_then_when(what: str, by_when: str, *, both_heard: bool) -> tuple[str, str]:
    """The two as they are read one after the other: where the recording alone says both, put so once, at the end."""
    if not both_heard:
        return what, by_when
    return what.removesuffix(_HEARD), f"{by_when.removesuffix(_HEARD)}{_BOTH_HEARD}"


def what_and_when(what: str, by_when: str) -> str:
    """What it is about and when, in one line without a full stop."""
    if (what, by_when) == (NO_BUSINESS, NO_TIME):
        return _NEITHER
    return f"{what.rstrip(' .')} – when: {by_when.rstrip(' .')}"
