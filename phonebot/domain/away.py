"""The away message: what a caller hears of somebody's whereabouts, composed for the instant of the call."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from phonebot.domain.back_words import BackWords, back_words, near
from phonebot.domain.hours import OfficeHours
from phonebot.domain.office import Office, Person
from phonebot.domain.spoken import Prompt, SpokenValue
from phonebot.domain.status import AwayStatus, Presence, daypart_of, status_at
from phonebot.domain.times import start_of_day

AWAY_FROM_DESK = "away from the desk"
"""The activity of somebody who is in the building and not at the telephone."""

_LONG_ACTIVITY = 4
"""Words; beside a closed office or a far date and time, a longer one is left out: the first question is due in 15 s."""
_ENGAGED = re.compile(
    r"(?:busy|tied up|unavailable|engaged|teaching|presenting|interviewing"
    r"|(?:in|on|with|taking|giving|holding)\b.*\b(?:meetings?|calls?"
    r"|interviews?|one-to-one|workshops?|presentations?|clients?|patients?|class|lessons?|consultations?|sessions?"
    r"|phone|hearing))\b",
    re.IGNORECASE,
)
_BRIEF = re.compile(r"\b(?:lunch|breakfast|coffee|break|errand|running late)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\b[Ii]n (?:[A-Z]\w+|town)\b")
"""A meeting in Leeds is one to come back from, and not only to be free after."""


@dataclass(frozen=True, slots=True)
class AwayMessage:
    """What the caller hears, and what it rests on: the status still spoken from, and expected-back with its last bound.

    `status` is None with no status at that instant, and once its expected-back and leeway have passed.
    """

    prompts: tuple[Prompt, ...]
    status: AwayStatus | None = None
    back: datetime | None = None
    back_latest: datetime | None = None


def speaking_status(statuses: Iterable[AwayStatus], hours: OfficeHours, at: datetime) -> AwayStatus | None:
    """The status that may still be believed at that instant: the last set, unless its return has lapsed."""
    status = status_at(statuses, at)
    if status is None:
        return None
    latest = status.latest(hours)
    return status if latest is None or at <= latest else None


def away_message(
    person: Person,
    office: Office,
    statuses: Iterable[AwayStatus],
    at: datetime,
    *,
    rings: bool,
    colleagues: Iterable[Person] = (),
) -> AwayMessage:
    """The message a caller hears for that person at that instant (aware).

    `statuses` may hold those of everybody; `rings` is whether the person's telephone was tried before. Only a cover
    among `colleagues` who is not away is named.
    """
    hours = office.hours
    known = tuple(statuses)
    status = speaking_status((each for each in known if each.person == person.id), hours, at)
    date_said = Prompt("away-line-date", {"person": person.name, "date": hours.local_day(at)})
    back = None if status is None else back_words(status, hours, at)
    said = _whereabouts(person.first_name, status, back, hours, at, rings=rings)
    if status is not None and (back is None or back.day != hours.local_day(at)) and hours.is_open(at):
        said += _cover(status, known, hours, at, colleagues)
    spoken_back = status.back if status is not None and back is not None else None
    return AwayMessage(
        (date_said, *said),
        status,
        None if spoken_back is None else spoken_back.at,
        None if status is None or spoken_back is None else status.latest(hours),
    )


def office_message(office: Office, at: datetime) -> AwayMessage:
    """The message of a line that the whole office answers: the date, and when it opens if it is closed."""
    date_said = Prompt("away-office-date", {"office": office.name, "date": office.hours.local_day(at)})
    closed = () if office.hours.is_open(at) else (_closed(office.hours, at),)
    return AwayMessage((date_said, *closed))


def pass_on_prompt(person: Person, message: AwayMessage, office: Office, at: datetime) -> Prompt:
    """What a goodbye may say of when the person has the message: no more of the return than the day, as it was set."""
    name: dict[str, SpokenValue] = {"name": person.first_name}
    status = message.status
    back = None if status is None else back_words(status, office.hours, at)
    if status is None or back is None:
        return Prompt("away-pass-on", name)
    today = office.hours.local_day(at)
    if back.day == today:
        return Prompt("away-pass-on-when", {**name, "then": _then(status)})
    values = {**name, "then": _then(status), "day": back.day, "near": near(back.day, today)}
    if "part" in back.values:
        return Prompt("away-pass-on-when-part", {**values, "part": back.values["part"]})
    return Prompt("away-pass-on-when-day", values)


def _whereabouts(
    name: str, status: AwayStatus | None, back: BackWords | None, hours: OfficeHours, at: datetime, *, rings: bool
) -> tuple[Prompt, ...]:
    """All that is said after the date, the cover apart."""
    if not hours.is_open(at):
        if status is None or (back is None and not _matters_when_open(status, hours, at)):
            return (_closed(hours, at),)
        closed = Prompt("away-office-closed") if back is not None else _closed(hours, at)
        return (closed, *_status_said(name, status, back, hours, at))
    if status is None or (status.presence is Presence.IN and not status.activity and not rings):
        return (Prompt("away-cannot-take-call", {"name": name}),)
    return _status_said(name, status, back, hours, at)


def _matters_when_open(status: AwayStatus, hours: OfficeHours, at: datetime) -> bool:
    """Whether somebody will still be away once the office opens; being in, while it is closed, says nothing true."""
    opens = hours.opens_next(at)
    return status.presence is Presence.AWAY and opens is not None and status.starts <= opens < status.ends


def _status_said(
    name: str, status: AwayStatus, back: BackWords | None, hours: OfficeHours, at: datetime
) -> tuple[Prompt, ...]:
    """The activity and the return, in one sentence but for the desk."""
    named: dict[str, SpokenValue] = {"name": name}
    desk = status.presence is Presence.IN and status.activity in {"", AWAY_FROM_DESK} and not status.discreet
    doing = _doing(status)
    if back is None:
        return (Prompt("away-desk", named) if desk else _doing_without_return({**named, **doing}, status, hours, at),)
    sentence = {**named, **doing, **back.values, "then": _then(status)}
    only_return = Prompt(back.id, {**sentence, "doing": "told", "activity": ""})
    if desk:
        return (Prompt("away-desk", named), only_return)
    long = len(status.activity.split()) > _LONG_ACTIVITY and not status.discreet
    crowded = not hours.is_open(at) or (back.values.get("near") == "far" and "time" in back.values)
    return (only_return if long and crowded else Prompt(back.id, sentence),)


def _doing(status: AwayStatus) -> Mapping[str, SpokenValue]:
    """The activity as prompts select it: "out" says nothing of the reason."""
    if status.discreet or not status.activity:
        return {"doing": "out", "activity": ""}
    return {"doing": "said", "activity": status.activity}


def _doing_without_return(
    values: Mapping[str, SpokenValue], status: AwayStatus, hours: OfficeHours, at: datetime
) -> Prompt:
    """The activity with how long it lasts today, as far as the status itself reaches."""
    ends = hours.local(status.ends)
    part = daypart_of(ends - timedelta(seconds=1))
    if ends.minute == ends.second == 0 and ends.hour in {12, 18} and part is daypart_of(hours.local(at)):
        return Prompt("away-doing-part", {**values, "part": part.value})
    day = hours.local_day(at)
    midnight = start_of_day(day + timedelta(days=1), hours.zone)
    # A meeting or a lunch with no end given is hardly the whole day's.
    passing = values["doing"] == "said" and (_then(status) == "free" or _BRIEF.search(status.activity))
    if not passing and status.ends >= (hours.closes(day) or midnight):
        return Prompt("away-doing-today", values)
    return Prompt("away-doing", values)


def _then(status: AwayStatus) -> str:
    """What the person will be: "free" after what is done in the building, "back" from anywhere else."""
    if status.discreet or _ELSEWHERE.search(status.activity):
        return "back"
    return "free" if _ENGAGED.match(status.activity) else "back"


def _closed(hours: OfficeHours, at: datetime) -> Prompt:
    """That the office is closed, all day or just now, and when it opens if that is known."""
    opens = hours.opens_next(at)
    if opens is None:
        return Prompt("away-office-closed")
    today = hours.local_day(at)
    local = hours.local(opens)
    ending = "today-opens" if hours.is_closed_day(today) else "opens"
    values: dict[str, SpokenValue] = {
        "day": local.date(),
        "near": near(local.date(), today),
        "time": local.time(),
    }
    return Prompt(f"away-office-closed-{ending}", values)


def _cover(
    status: AwayStatus, statuses: Iterable[AwayStatus], hours: OfficeHours, at: datetime, colleagues: Iterable[Person]
) -> tuple[Prompt, ...]:
    """Who stands in, while that is true: somebody still here whose own status does not have them away."""
    cover = next((each for each in colleagues if each.id == status.cover and not each.departed), None)
    if cover is None or status.presence is not Presence.AWAY:
        return ()
    own = speaking_status((each for each in statuses if each.person == cover.id), hours, at)
    if own is not None and own.presence is Presence.AWAY:
        return ()
    return (Prompt("away-cover", {"cover": cover.name}),)
