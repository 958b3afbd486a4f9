"""An away status in the making: what a note said and what the options say besides, made one with their defaults."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from phonebot.domain.office import DEFAULT_LEEWAY, Office, Person
from phonebot.domain.status import AwayStatus, ExpectedBack, Grain, Presence
from phonebot.domain.times import start_of_day


class StatusMistake(ValueError):
    """A status whose times contradict each other, or whose cover is nobody; the text says which, in one line."""


@dataclass(frozen=True, slots=True)
class StatusDraft:
    """What a note says; None where it says nothing. Instants are aware UTC."""

    activity: str
    presence: Presence
    until: datetime | None = None
    back: ExpectedBack | None = None
    leeway: timedelta | None = None
    cover: str | None = None
    starts: datetime | None = None
    discreet: bool = False


@dataclass(frozen=True, slots=True)
class StatusOptions:
    """What was given beside the note, and wins over it; None where nothing was. Instants are aware UTC."""

    from_: datetime | None = None
    until: datetime | None = None
    back: ExpectedBack | None = None
    leeway: timedelta | None = None
    cover: str | None = None


def make_status(
    draft: StatusDraft,
    *,
    person: Person,
    now: datetime,
    office: Office,
    options: StatusOptions | None = None,
    people: Sequence[Person] | None = None,
) -> AwayStatus:
    """The status as it will be stored: from now, until the later of midnight and back plus leeway, leeway 30 minutes.

    An option wins over the note. With `people` given, a cover must be one of them. Raises StatusMistake.
    """
    given = options or StatusOptions()
    starts = (given.from_ or draft.starts or now).astimezone(UTC)
    back = given.back or draft.back
    leeway = next(each for each in (given.leeway, draft.leeway, DEFAULT_LEEWAY) if each is not None)
    cover = given.cover or draft.cover
    latest = None if back is None else back.latest(office.hours, leeway)
    # A day's opening may lie before now: somebody expected back today has until the close to be so.
    exact = back is not None and back.grain is Grain.INSTANT
    if back is not None and latest is not None and (back.at < starts if exact else latest <= starts):
        raise StatusMistake("back is before the status begins")
    ends = given.until or (draft.until if given.back is None else None) or _default_end(starts, latest, office)
    if ends <= starts:
        raise StatusMistake("until is not after the status begins")
    if people is not None and cover is not None:
        _check_cover(cover, people, person)
    return AwayStatus(
        person=person.id,
        activity=draft.activity,
        presence=draft.presence,
        starts=starts,
        ends=ends.astimezone(UTC),
        back=back,
        leeway=leeway,
        cover=cover,
        set_at=now.astimezone(UTC),
        discreet=draft.discreet,
    )


def _default_end(starts: datetime, latest: datetime | None, office: Office) -> datetime:
    """The midnight that ends the status's first day, or the end of the leeway where that is later."""
    midnight = start_of_day(office.hours.local_day(starts) + timedelta(days=1), office.hours.zone)
    return midnight if latest is None else max(midnight, latest)


def _check_cover(cover: str, people: Sequence[Person], person: Person) -> None:
    others = [each.id for each in people if each.id != person.id and not each.departed]
    if cover not in others:
        raise StatusMistake(f"nobody here who could cover has the id {cover!r}; there are: {', '.join(others)}")
