"""An admin's note of somebody's whereabouts read into its parts, or refused with an example of what can be read."""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from phonebot.domain.office import DEFAULT_LEEWAY, Office, Person
from phonebot.domain.status import ExpectedBack, Grain, Presence
from phonebot.domain.status_draft import StatusDraft
from phonebot.domain.status_text.activity import Activity, ActivityMistake, read_activity
from phonebot.domain.status_text.cover_name import CoverMistake, read_cover
from phonebot.domain.status_text.said_day import SaidTimeMistake
from phonebot.domain.status_text.times import NoteTimes, NoteTimesReader

EXAMPLE = "travelling, back tomorrow at nine"
"""A note that can be read whoever is in the office, on whatever day and at whatever hour."""
_LONGEST_NOTE = 200
_MONTH_FIRST = {"US", "PR", "PH"}
"""Regions where 5/10 is the 10th of May (CLDR short dates)."""


class StatusUnreadable(ValueError):
    """A note that cannot be read; `why` is one line, and `example` is a note that can."""

    def __init__(self, why: str, example: str = EXAMPLE) -> None:
        super().__init__(f'{why} (for example: "{example}")')
        self.why = why
        self.example = example


def _no_promises(_: str) -> Sequence[object]:
    return ()


def read_status(
    text: str,
    *,
    now: datetime,
    office: Office,
    people: Sequence[Person],
    person: Person,
    promises: Callable[[str], Sequence[object]] = _no_promises,
) -> StatusDraft:
    """What the note says of `person` at `now` (aware); every time in it is read, or it is refused.

    `promises` finds promise wording in a text. Raises StatusUnreadable.
    """
    note = _clean(text)
    try:
        cover, left = read_cover(note, people, person)
        times = NoteTimesReader(left, office.hours, now, month_first=office.region in _MONTH_FIRST).read()
        activity = read_activity(_without(left, times.cut), person.first_name)
        draft = _draft(times, activity, cover)
        _refuse_past(draft, office, now)
    except (CoverMistake, SaidTimeMistake, ActivityMistake) as mistake:
        raise StatusUnreadable(str(mistake)) from None
    except OverflowError:
        raise StatusUnreadable("it holds a time too far away to be meant") from None
    if promises(activity.words) or promises(text):
        raise StatusUnreadable("it promises something that nobody has taken on")
    return draft


def _clean(text: str) -> str:
    note = " ".join(unicodedata.normalize("NFC", text).split())
    if not any(character.isalnum() for character in note):
        raise StatusUnreadable("it says nothing")
    if len(note) > _LONGEST_NOTE:
        raise StatusUnreadable(f"it is longer than {_LONGEST_NOTE} characters")
    for character in note:
        if not (character.isprintable() and unicodedata.category(character)[0] in "LNPZS") or ord(character) > 0x2FFF:
            raise StatusUnreadable("it holds a character that cannot be spoken")
    lowered = note.replace("a.m.", "am").replace("p.m.", "pm").replace("A.M.", "am").replace("P.M.", "pm")
    return lowered.replace("back to back", "back-to-back").replace("Back to back", "Back-to-back")


def _without(note: str, cut: Sequence[tuple[int, int]]) -> str:
    """The note with the stretches already read cut to NUL."""
    left, at = "", 0
    for start, end in sorted(cut):
        left += note[at:start] + "\0"
        at = end
    return left + note[at:]


def _draft(times: NoteTimes, activity: Activity, cover: str | None) -> StatusDraft:
    if not activity.said and times.back is None and times.until is None:
        raise ActivityMistake("it does not say what the person is doing")
    back, until = times.back, times.ends
    if times.until is not None and activity.presence is Presence.IN and back is None:
        # Somebody in until two is not expected at two: they leave then.
        until = times.until.at
    elif times.until is not None:
        if back is not None and back.at < times.until.at:
            raise SaidTimeMistake("back is before the time it lasts until")
        back = back or times.until
    return StatusDraft(
        activity=activity.words,
        presence=_presence(activity, back),
        until=None if back is not None else until,
        back=back,
        leeway=times.leeway,
        cover=cover,
        starts=times.starts,
        discreet=activity.discreet,
    )


def _presence(activity: Activity, back: ExpectedBack | None) -> Presence:
    """Somebody in, with a time to be back, is out until then."""
    return Presence.AWAY if back is not None and not activity.words else activity.presence


def _refuse_past(draft: StatusDraft, office: Office, now: datetime) -> None:
    starts = draft.starts or now.astimezone(UTC)
    if draft.starts is not None and draft.starts < now.astimezone(UTC):
        raise SaidTimeMistake("it begins in the past")
    if draft.until is not None and draft.until <= starts:
        raise SaidTimeMistake("it ends before it begins, or in the past")
    if draft.back is None:
        return
    latest = draft.back.latest(office.hours, DEFAULT_LEEWAY if draft.leeway is None else draft.leeway)
    exact = draft.back.grain is Grain.INSTANT
    if latest <= starts or (exact and draft.back.at <= starts):
        raise SaidTimeMistake("the time given to be back is past")
