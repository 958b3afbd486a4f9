"""What holds of every away message, whatever was set, whenever it is heard, in whatever zone."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.away import AwayMessage, away_message, pass_on_prompt
from phonebot.domain.hours import OfficeHours
from phonebot.domain.office import Office
from phonebot.domain.status import AwayStatus, ExpectedBack, Grain, Presence, daypart_of, status_at
from tests.whereabouts import PROMPTS, SUE

# Around both changes of the clocks in these zones, one of which moves by half an hour.
ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Havana")
INSTANTS = st.integers(0, 31 * 24 * 60).map(
    lambda minutes: datetime(2027, 3, 10, tzinfo=UTC) + timedelta(minutes=minutes)
)
OFFICES = st.builds(
    lambda zone, opens, closes: Office(
        "Cohen and Hart",
        OfficeHours(ZoneInfo(zone), (((time(opens), time(closes)),),) * 5 + ((),) * 2, frozenset()),
    ),
    st.sampled_from(ZONES),
    st.integers(6, 10),
    st.integers(13, 23),
)
LEEWAYS = st.integers(0, 300).map(lambda minutes: timedelta(minutes=minutes))
BACKS = st.none() | st.builds(ExpectedBack, INSTANTS, st.sampled_from(Grain))


@st.composite
def any_status(draw: st.DrawFn) -> AwayStatus:
    starts = draw(INSTANTS)
    activity = draw(st.sampled_from(["", "in meetings", "travelling", "at the hospital"]))
    return AwayStatus(
        person=draw(st.sampled_from(["sue", "sue", "tom"])),
        activity=activity,
        presence=draw(st.sampled_from(Presence)),
        starts=starts,
        ends=starts + draw(st.integers(1, 20_000)) * timedelta(minutes=1),
        back=draw(BACKS),
        leeway=draw(LEEWAYS),
        cover=None,
        set_at=draw(INSTANTS),
        discreet=activity == "at the hospital",
    )


def spoken_ids(message: AwayMessage) -> set[str]:
    return {prompt.id for prompt in message.prompts}


def local_minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


@given(OFFICES, st.lists(any_status(), max_size=3), INSTANTS, st.booleans())
def test_no_stale_word_is_spoken_and_every_message_names_todays_date(
    office: Office, statuses: list[AwayStatus], at: datetime, rings: bool
) -> None:
    message = away_message(SUE, office, statuses, at, rings=rings)
    first = message.prompts[0]
    assert first.id == "away-line-date"
    assert first.values["date"] == at.astimezone(office.hours.zone).date()
    for prompt in message.prompts:
        assert PROMPTS.speak(prompt)
    assert PROMPTS.speak(pass_on_prompt(SUE, message, office, at))


@given(OFFICES, any_status(), st.integers(-3, 3), st.booleans())
def test_no_stale_word_is_spoken_before_a_status_begins_or_after_it_ends(
    office: Office, status: AwayStatus, seconds: int, rings: bool
) -> None:
    for edge in (status.starts, status.ends):
        at = edge + timedelta(seconds=seconds)
        message = away_message(SUE, office, [status], at, rings=rings)
        if not status.starts <= at <= status.ends or status.person != "sue":
            assert message == away_message(SUE, office, [], at, rings=rings)
            assert message.status is None


@given(OFFICES, any_status(), st.integers(0, 3_000), st.booleans())
def test_no_stale_word_is_spoken_after_expected_back_and_its_leeway(
    office: Office, status: AwayStatus, minutes: int, rings: bool
) -> None:
    latest = status.latest(office.hours)
    if latest is None:
        return
    at = latest + timedelta(minutes=minutes, microseconds=1)
    message = away_message(SUE, office, [status], at, rings=rings)
    assert message == away_message(SUE, office, [], at, rings=rings)


@given(OFFICES, any_status(), st.floats(0, 1))
def test_no_stale_word_is_spoken_within_the_leeway_but_the_later_bound(
    office: Office, status: AwayStatus, share: float
) -> None:
    latest = status.latest(office.hours)
    if latest is None or status.back is None:
        return
    at = status.back.at + (latest - status.back.at) * share
    message = away_message(SUE, office, [status], at, rings=True)
    for prompt in message.prompts:
        if prompt.id.startswith("away-back"):
            assert prompt.id.startswith("away-back-by")


@given(OFFICES, any_status(), INSTANTS)
def test_no_stale_word_is_spoken_as_a_time_more_exact_than_was_set(
    office: Office, status: AwayStatus, at: datetime
) -> None:
    for prompt in away_message(SUE, office, [status], at, rings=True).prompts:
        if not prompt.id.startswith("away-back"):
            continue
        assert status.back is not None
        clocks = {"time", "from", "to"} & prompt.values.keys()
        if status.back.grain is Grain.DAY:
            assert not clocks | ({"part"} & prompt.values.keys())
        elif status.back.grain is Grain.DAYPART:
            assert not clocks
            assert prompt.values["part"] == daypart_of(status.back.at.astimezone(office.hours.zone)).value
        for clock in clocks:
            assert local_minutes(prompt.values[clock]) % 5 == 0  # type: ignore[arg-type]  # these values are times


@given(OFFICES, any_status(), INSTANTS)
def test_the_spoken_bounds_hold_the_true_ones(office: Office, status: AwayStatus, at: datetime) -> None:
    for prompt in away_message(SUE, office, [status], at, rings=True).prompts:
        if prompt.id not in {"away-back-between", "away-back-between-after-closing"}:
            continue
        assert status.back is not None
        latest = status.latest(office.hours)
        assert latest is not None
        back, bound = (each.astimezone(office.hours.zone).time() for each in (status.back.at, latest))
        earliest, last = prompt.values["from"], prompt.values["to"]
        assert isinstance(earliest, time)
        assert isinstance(last, time)
        assert earliest <= back
        assert bound <= last


@given(st.lists(any_status(), min_size=1, max_size=5), INSTANTS)
def test_of_the_statuses_that_cover_an_instant_the_last_set_speaks(statuses: list[AwayStatus], at: datetime) -> None:
    speaking = status_at(statuses, at)
    covering = [status for status in statuses if status.starts <= at <= status.ends]
    assert (speaking is None) == (not covering)
    assert all(speaking is not None and speaking.set_at >= status.set_at for status in covering)


@given(OFFICES, any_status(), INSTANTS)
def test_a_discreet_activity_is_never_in_any_prompt(office: Office, status: AwayStatus, at: datetime) -> None:
    message = away_message(SUE, office, [status], at, rings=True)
    if status.discreet:
        assert "hospital" not in " ".join(PROMPTS.speak(prompt) for prompt in message.prompts)
    assert "away-cover" not in spoken_ids(message)
