"""An admin's note: what is read out of it, and what is refused rather than spoken wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from phonebot.domain.status import Grain, Presence
from phonebot.domain.status_draft import StatusDraft
from phonebot.domain.status_text import StatusUnreadable, read_status
from phonebot.domain.status_text.words import NUMBERS
from tests.whereabouts import LONDON, OFFICE, PEOPLE, SUE, london

NOW = "2026-11-24T10:42"  # a Tuesday


def read(note: str, now: str = NOW) -> StatusDraft:
    return read_status(note, now=london(now), office=OFFICE, people=PEOPLE, person=SUE)


def back_of(draft: StatusDraft) -> str | None:
    """When back, as London's clocks show it, with the grain unless it is an instant."""
    if draft.back is None:
        return None
    local = draft.back.at.astimezone(LONDON)
    return f"{local:%Y-%m-%dT%H:%M}" + ("" if draft.back.grain is Grain.INSTANT else f" {draft.back.grain}")


@pytest.mark.parametrize(
    ("note", "activity", "back"),
    [
        ("in meetings until two, back after", "in meetings", "2026-11-24T14:00"),
        ("in meetings until two", "in meetings", "2026-11-24T14:00"),
        ("meetings till 2pm", "in meetings", "2026-11-24T14:00"),
        ("In a meeting with Sarah until quarter past three", "in a meeting with Sarah", "2026-11-24T15:15"),
        ("Sue is in court until 4 p.m.", "in court", "2026-11-24T16:00"),
        ("I'm teaching til half two", "teaching", "2026-11-24T14:30"),
        ("until two", "", "2026-11-24T14:00"),
        ("out until 14:30", "", "2026-11-24T14:30"),
        ("out until 1430", "", "2026-11-24T14:30"),
        ("out until two thirty", "", "2026-11-24T14:30"),
        ("out until twenty-five to three", "", "2026-11-24T14:35"),
        ("out until twenty five past two", "", "2026-11-24T14:25"),
        ("out until six this evening", "", "2026-11-24T18:00"),
        ("out until nine in the evening", "", "2026-11-24T21:00"),
        ("busy until noon", "busy", "2026-11-24T12:00"),
        ("at a client's until 3.30pm", "at a client's", "2026-11-24T15:30"),
        ("back tomorrow at nine", "", "2026-11-25T09:00"),
        ("back at nine tomorrow", "", "2026-11-25T09:00"),
        ("not back until Thursday", "", "2026-11-26T09:00 day"),
        ("back first thing tomorrow", "", "2026-11-25T09:00 daypart"),
        ("away since Monday, back on Thursday", "", "2026-11-26T09:00 day"),
        ("travelling since last Friday, back at two", "travelling", "2026-11-24T14:00"),
        ("in meetings since nine, back at two", "in meetings", "2026-11-24T14:00"),
        ("travelling until Thursday morning", "travelling", "2026-11-26T09:00 daypart"),
        ("travelling until Thursday afternoon", "travelling", "2026-11-26T12:00 daypart"),
        ("travelling until Thursday 2pm", "travelling", "2026-11-26T14:00"),
        ("travelling until 2026-11-26T14:00", "travelling", "2026-11-26T14:00"),
        ("travelling until 2026-11-26T14:00+02:00", "travelling", "2026-11-26T12:00"),
        ("travelling until 26/11", "travelling", "2026-11-26T09:00 day"),
        ("travelling until 5/1/2027", "travelling", "2027-01-05T09:00 day"),
        ("visiting Leeds until 7 December", "visiting Leeds", "2026-12-07T09:00 day"),
        ("visiting Leeds until December 7th", "visiting Leeds", "2026-12-07T09:00 day"),
        ("visiting Leeds until the 7th", "visiting Leeds", "2026-12-07T09:00 day"),
        ("visiting Leeds until Monday the seventh", "visiting Leeds", "2026-12-07T09:00 day"),
        ("abroad until Monday 7 December 2026", "abroad", "2026-12-07T09:00 day"),
        ("on leave until Monday the 7th", "on leave", "2026-12-07T09:00 day"),
        ("out for two hours", "", "2026-11-24T12:42"),
        ("back in 20 minutes", "", "2026-11-24T11:02"),
        ("in meetings until two, free at three", "in meetings", "2026-11-24T15:00"),
        ("in back to back meetings until four", "in back-to-back meetings", "2026-11-24T16:00"),
        ("in a one-to-one until 11:30", "in a one-to-one", "2026-11-24T11:30"),
    ],
)
def test_the_time_to_be_back_is_read_as_exactly_as_it_was_written(note: str, activity: str, back: str) -> None:
    draft = read(note)
    assert (draft.activity, back_of(draft), draft.presence) == (activity, back, Presence.AWAY)
    assert draft.until is None


@pytest.mark.parametrize(
    ("now", "note", "back"),
    [
        ("2026-09-28T09:00", "on leave until Monday the 5th", "2026-10-05T09:00 day"),
        ("2026-11-24T18:30", "out until ten", "2026-11-25T10:00"),  # today's office is over
        ("2026-11-27T18:30", "out until ten", "2026-11-30T10:00"),  # and so is the week's
        ("2026-12-20T10:00", "away until the 5th of January", "2027-01-05T09:00 day"),
        ("2026-12-20T10:00", "away until Monday the 28th", "2026-12-28T00:00 day"),  # the office is closed that day
        ("2026-10-24T10:00", "away until tomorrow at 1:30am", "2026-10-25T01:30"),  # shown twice: the first
        ("2027-03-27T22:00", "travelling, back on Monday at ten", "2027-03-29T10:00"),
    ],
)
def test_words_are_read_from_the_day_they_are_set(now: str, note: str, back: str) -> None:
    assert back_of(read(note, now)) == back


def test_the_first_of_two_equal_local_times_is_meant() -> None:
    draft = read("away until tomorrow at 1:30am", "2026-10-24T10:00")
    assert draft.back is not None
    assert draft.back.at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("note", "activity", "starts", "until"),
    [
        ("out today", "", None, "2026-11-25T00:00"),
        ("gone for today", "", None, "2026-11-25T00:00"),
        ("out for the day", "", None, "2026-11-25T00:00"),
        ("in court all day", "in court", None, "2026-11-25T00:00"),
        ("in court all day tomorrow", "in court", "2026-11-25T00:00", "2026-11-26T00:00"),
        ("out until the end of the day", "", None, "2026-11-25T00:00"),
        ("out until midnight", "", None, "2026-11-25T00:00"),
        ("out this morning", "", None, "2026-11-24T12:00"),
        ("on holiday 1 to 5 December", "on holiday", "2026-12-01T00:00", "2026-12-06T00:00"),
        ("on holiday from 1-5 December", "on holiday", "2026-12-01T00:00", "2026-12-06T00:00"),
        ("on holiday between 1 and 5 December", "on holiday", "2026-12-01T00:00", "2026-12-06T00:00"),
        ("on holiday 28 to 2 December", "on holiday", "2026-11-28T00:00", "2026-12-03T00:00"),
        ("on holiday 1 until 5 December", "on holiday", "2026-12-01T00:00", "2026-12-05T00:00"),
        ("on holiday 24-27 November", "on holiday", None, "2026-11-28T00:00"),
        ("with clients all afternoon", "with clients", "2026-11-24T12:00", "2026-11-24T18:00"),
        ("out on Friday", "", "2026-11-27T00:00", "2026-11-28T00:00"),
        ("out Friday morning", "", "2026-11-27T00:00", "2026-11-27T12:00"),
        ("travelling this week", "travelling", None, "2026-11-30T00:00"),
        ("travelling next week", "travelling", "2026-11-30T00:00", "2026-12-07T00:00"),
        ("travelling Thursday to Friday", "travelling", "2026-11-26T00:00", "2026-11-28T00:00"),
        ("at a conference through Friday", "at a conference", None, "2026-11-28T00:00"),
        ("travelling 1 December to 4 December", "travelling", "2026-12-01T00:00", "2026-12-05T00:00"),
    ],
)
def test_days_and_parts_of_them_bound_a_status(note: str, activity: str, starts: str | None, until: str) -> None:
    draft = read(note)
    assert draft.activity == activity
    assert draft.starts == (None if starts is None else london(starts))
    assert draft.until == london(until)
    assert draft.back is None


@pytest.mark.parametrize(
    ("note", "starts", "back"),
    [
        ("from tomorrow on leave until 7 December", "2026-11-25T00:00", "2026-12-07T09:00 day"),
        ("in a meeting from 2 to 4", "2026-11-24T14:00", "2026-11-24T16:00"),
        ("in meetings 2-4", "2026-11-24T14:00", "2026-11-24T16:00"),
        ("out between 2 and 4", "2026-11-24T14:00", "2026-11-24T16:00"),
        ("in meetings from ten to four", None, "2026-11-24T16:00"),
    ],
)
def test_a_start_is_read_unless_it_has_begun(note: str, starts: str | None, back: str) -> None:
    draft = read(note)
    assert (draft.starts, back_of(draft)) == (None if starts is None else london(starts), back)


@pytest.mark.parametrize(
    ("note", "activity"),
    [
        ("in", ""),
        ("in the office", ""),
        ("Sue is in", ""),
        ("at my desk", ""),
        ("in, away from desk", "away from the desk"),
        ("in the office but away from her desk", "away from the desk"),
        ("working from home", "working from home"),
        ("wfh", "working from home"),
    ],
)
def test_being_in_is_told_from_being_away(note: str, activity: str) -> None:
    assert (read(note).presence, read(note).activity) == (Presence.IN, activity)


def test_somebody_in_until_two_leaves_then_and_is_not_expected_back() -> None:
    draft = read("in until two")
    assert (draft.presence, draft.until, draft.back) == (Presence.IN, london("2026-11-24T14:00"), None)


@pytest.mark.parametrize(
    ("note", "minutes"),
    [
        ("back at half past two give or take 20 minutes", 20),
        ("lunch until 1:30, leeway 15m", 15),
        ("out until two, leeway of an hour and a half", 90),
        ("out until two, plus or minus half an hour", 30),
        ("out until two, +/- 10 mins", 10),
        ("out until two, 1h30m leeway", 90),
        ("out until two, 5 minutes either way", 5),
        ("back by three", 0),  # already the later bound
        ("out until two", None),
    ],
)
def test_the_leeway_is_read(note: str, minutes: int | None) -> None:
    assert read(note).leeway == (None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize(
    "note",
    [
        "out today, tom covers",
        "out today tom covers",
        "out today, Tom Hart is covering",
        "out today, tom is covering",
        "out today, tom is standing in",
        "out today, with tom covering for me",
        "out today, cover: tom",
        "out today, covered by Tom",
        "out today, Tom will cover for Sue",
    ],
)
def test_the_cover_is_read_by_name_or_id(note: str) -> None:
    assert (read(note).cover, read(note).activity) == ("tom", "")


@pytest.mark.parametrize(
    ("note", "why"),
    [
        ("out today, bob covers", "tom"),
        ("out today, ann covers", "ann1 or ann2"),
        ("out today, sue covers", "nobody"),
        ("out today, gus covers", "nobody"),
    ],
)
def test_a_cover_who_is_nobody_here_is_refused_with_who_there_is(note: str, why: str) -> None:
    with pytest.raises(StatusUnreadable, match=why):
        read(note)


@pytest.mark.parametrize(
    "note",
    [
        *("sick", "off sick", "ill today", "on leave", "on annual leave", "holiday", "at the dentist until 11"),
        *("at a funeral", "on maternity leave", "at school", "hospital appointment", "private appointment", "doctor"),
    ],
)
def test_leave_sickness_and_private_reasons_are_discreet(note: str) -> None:
    draft = read(note)
    assert draft.discreet
    assert draft.presence is Presence.AWAY


@pytest.mark.parametrize(
    ("note", "activity"),
    [
        ("on holiday until Thursday, openly", "on holiday"),
        ("holiday, say so", "on holiday"),
        ("off sick openly", "off sick"),
        ("ill, openly", "ill"),
    ],
)
def test_a_person_may_choose_to_have_the_reason_told(note: str, activity: str) -> None:
    assert (read(note).activity, read(note).discreet) == (activity, False)


@pytest.mark.parametrize(
    "note",
    [
        *("", "   ", "...", "🎉", "in meetings 🎉", "\0", "in\u202emeetings", "x" * 10_000, "in meetings " * 2_000),
        *("today", "tom covers", "on leave until further notice", "until whenever", "back soonish", "back later"),
        *("back on the 31st of February", "out until 30 February 2027", "in meetings till half past lunch"),
        *("out until lunch", "back after lunch", "out until 25:00", "out until 14:75", "out until 13pm"),
        *("at lunch, back at 2ish", "out until two or three", "back in a bit", "in late", "in at ten", "out soon"),
        *("in meetings until two until three", "back at two, back at three", "out until nine", "out until 9:30am"),
        *("out until yesterday", "out until 1 November 2026", "out until 2026-11-24T10:41", "out until Tuesday"),
        *("out until next Monday", "out until Friday the 26th of November", "travelling in March", "on leave in May"),
        *("on leave for a fortnight", "on leave for two weeks", "away for 3 days", "room 101", "in meetings at 3"),
        *(
            "in meetings 2pm",
            "in meetings until two and will call you back",
            "gym",
            "purple",
            "tom",
            "in an",
            "with every",
            "sick twenty-first",
        ),
        *(
            "in a very long meeting with all of the partners of the firm",
            "out from Thursday until Wednesday 25 November",
        ),
        *("im Urlaub bis Montag", "en réunion jusqu'à deux heures", "in riunione fino alle due", "на совещании"),
        *("会議中", "في اجتماع", "in vergadering tot twee", "en reunión hasta las dos"),
    ],
)
def test_what_cannot_be_read_is_refused_with_an_example(note: str) -> None:
    with pytest.raises(StatusUnreadable) as refused:
        read(note)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300
    assert read(refused.value.example).activity == "travelling"


def test_a_local_time_that_does_not_exist_is_refused() -> None:
    with pytest.raises(StatusUnreadable, match="does not exist"):
        read("away until tomorrow at 1:30am", "2027-03-27T22:00")


def test_a_note_that_promises_is_refused() -> None:
    with pytest.raises(StatusUnreadable, match="promise"):
        read_status(
            "out today ringing everybody",
            now=london(NOW),
            office=OFFICE,
            people=PEOPLE,
            person=SUE,
            promises=lambda text: [text] if "ringing" in text else [],
        )


WORDS = st.sampled_from(
    [
        *("in", "out", "until", "back", "at", "from", "for", "to", "two", "5", "half", "past", "quarter", "th", "pm"),
        *("thursday", "the", "morning", "next", "week", "tom", "covers", "cover", "leeway", "30m", ",", "-", "/", "31"),
        *("february", "2026", "2027-02-30", "9999-12-31", "9999-12-31t23:59", "0001-01-01", "give", "or", "take"),
        *("tomorrow", "midnight", "all", "day", "between", "and", "meetings", "not", "first", "thing", "1h", "9999"),
    ]
)


@given(st.text(max_size=60) | st.lists(WORDS, max_size=8).map(" ".join))
@example("back in 9999 hours leeway 9999 hours")
@example("until 9999-12-31")
@example("until 9999-12-31t23:59")
@example("from 0001-01-01 until two")
@example("0001-01-010000-00-00T00:00")
@example("until 1.2.3")
def test_no_note_raises_anything_but_a_refusal_and_no_time_is_left_in_what_is_read(note: str) -> None:
    try:
        draft = read(note)
    except StatusUnreadable:
        return
    left = draft.activity.lower().split()
    assert not any(character.isdigit() for character in draft.activity)
    assert not set(left) & (set(NUMBERS) | {"until", "back", "tomorrow", "morning", "thursday", "february"})
