"""What a caller hears of somebody's whereabouts, case by case, as a receptionist would say it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from phonebot.domain.away import away_message, office_message, pass_on_prompt
from phonebot.domain.hours import OfficeHours
from phonebot.domain.speaking import word_count
from phonebot.domain.status import parse_back
from phonebot.domain.status_draft import StatusOptions
from tests.whereabouts import LONDON, OFFICE, PROMPTS, SUE, TOM, heard, london, status, words

MORNING = "2026-11-24T09:05"  # a Tuesday


@pytest.mark.parametrize(
    ("note", "at", "said"),
    [
        # in the office but away from the desk
        ("in", "2026-11-24T10:00", "Sue is in the office but away from the desk."),
        ("in, away from desk", "2026-11-24T10:00", "Sue is in the office but away from the desk."),
        (
            "in, away from her desk, back at 11",
            "2026-11-24T10:00",
            "Sue is in the office but away from the desk. Sue expects to be back between eleven and half past eleven.",
        ),
        # in meetings until two
        (
            "in meetings until two",
            "2026-11-24T10:00",
            "Sue is in meetings and expects to be free between two and half past two.",
        ),
        ("in meetings until two", "2026-11-24T13:59:59", "Sue is in meetings and expects to be free between two and"),
        # between expected-back and the end of the leeway
        ("in meetings until two", "2026-11-24T14:00", "Sue is in meetings and expects to be free by half past two."),
        ("in meetings until two", "2026-11-24T14:29", "Sue is in meetings and expects to be free by half past two."),
        # back time passed
        ("in meetings until two", "2026-11-24T14:31", "Sue can't take your call just now."),
        # the leeway is spoken rounded up, in words people use, and not at all when there is none
        ("out until two, leeway 47m", "2026-11-24T14:10", "by three."),
        ("out until two, leeway 0m", "2026-11-24T10:00", "at about two."),
        ("out until two, leeway 10m", "2026-11-24T10:00", "between two and ten past two."),
        ("out until 14:07, leeway 40m", "2026-11-24T10:00", "between two and three."),
        ("out until 14:07, leeway 40m", "2026-11-24T14:03", "by three."),
        # out today
        ("out today, tom covers", "2026-11-24T10:00", "Sue is out of the office today. Tom Hart is covering."),
        ("sick", "2026-11-24T10:00", "Sue is out of the office today."),
        ("in court this morning", "2026-11-24T10:00", "Sue is in court this morning."),
        ("at lunch", "2026-11-24T12:40", "Sue is at lunch."),
        ("working from home", "2026-11-24T12:40", "Sue is working from home today."),
        # away since Monday and expected back on Thursday
        ("travelling until Thursday", "2026-11-25T10:00", "Sue is travelling and expects to be back tomorrow."),
        ("travelling until Thursday", MORNING, "Sue is travelling and expects to be back on Thursday."),
        ("travelling until Thursday", "2026-11-26T08:00", "expects to be back today."),
        ("travelling until Thursday", "2026-11-26T10:00", "Sue is travelling and expects to be back by the end of the"),
        ("travelling until Thursday", "2026-11-26T17:31", "The office is closed and opens tomorrow at nine."),
        ("out until Thursday afternoon", "2026-11-26T10:00", "expects to be back this afternoon."),
        ("out until Thursday afternoon", "2026-11-26T14:00", "expects to be back by the end of the afternoon."),
        ("out until Thursday morning", "2026-11-26T08:00", "The office is closed. Sue is out of the office and"),
        ("out until Thursday morning", "2026-11-26T12:01", "Sue can't take your call just now."),
        (
            "on leave until Monday the 7th",
            "2026-11-25T10:00",
            "Sue is out of the office and expects to be back on Monday the 7th of December.",
        ),
        # back later than the office closes
        (
            "travelling, back at six",
            "2026-11-24T15:00",
            "Sue is travelling and expects to be back between six and half past six, after the office closes.",
        ),
        ("travelling, back at six, leeway 0m", "2026-11-24T15:00", "back at about six, after the office closes."),
        ("travelling, back at six", "2026-11-24T17:45", "The office is closed. Sue is travelling and expects to be"),
        ("travelling, back at six", "2026-11-24T18:10", "back by half past six."),
        ("travelling, back tomorrow at six", "2026-11-24T15:00", "back tomorrow, after the office closes."),
        ("travelling, back tomorrow at 5am", "2026-11-24T15:00", "expects to be back tomorrow morning."),
        # an hour that could be either of two is told apart in the small hours
        ("out until Wednesday at two", "2026-11-25T01:00", "back this afternoon between two and half past two."),
        # a leeway that reaches another day is said as that day
        ("out until two, leeway 20h", "2026-11-24T10:00", "expects to be back by the end of tomorrow."),
        # the office is closed
        ("in", "2026-11-24T20:00", "The office is closed and opens tomorrow at nine."),
        ("in meetings until two", "2026-11-24T20:00", "The office is closed and opens tomorrow at nine."),
        ("out today", "2026-11-24T20:00", "The office is closed and opens tomorrow at nine."),
        (
            "out this week",
            "2026-11-25T08:00",
            "The office is closed and opens at nine. Sue is out of the office today.",
        ),
    ],
)
def test_the_away_message_of_each_case_is_what_a_receptionist_would_say(note: str, at: str, said: str) -> None:
    spoken = words(heard([status(note, MORNING)], at))
    assert spoken.startswith("Sue Cohen's line. It's ")
    assert said in spoken


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-11-24T10:00", "It's Tuesday the 24th of November. Sue can't take your call just now."),
        ("2026-11-24T08:00", "It's Tuesday the 24th of November. The office is closed and opens at nine."),
        ("2026-11-27T18:00", "It's Friday the 27th of November. The office is closed and opens on Monday at nine."),
        ("2026-11-28T11:00", "The office is closed today and opens on Monday at nine."),
        ("2026-12-25T11:00", "The office is closed today and opens on Tuesday at nine."),
        ("2026-12-24T23:59", "It's Thursday the 24th of December. The office is closed and opens on Tuesday at nine."),
        ("2026-12-25T00:00", "It's Friday the 25th of December. The office is closed today and opens on Tuesday"),
    ],
)
def test_with_no_status_nothing_is_said_of_whereabouts(at: str, said: str) -> None:
    message = heard([], at)
    assert words(message).endswith(said) or said in words(message)
    assert (message.status, message.back, message.back_latest) == (None, None, None)


def test_an_opening_over_six_days_away_is_named_by_its_date() -> None:
    closed = frozenset(london("2026-12-25T12:00").date() + timedelta(days=ahead) for ahead in range(10))
    office = replace(OFFICE, hours=OfficeHours(LONDON, OFFICE.hours.weekly, closed))
    message = away_message(SUE, office, [], london("2026-12-24T19:00"), rings=True)
    assert "opens on Monday the 4th of January at nine" in words(message)


def test_an_office_that_never_opens_says_only_that_it_is_closed() -> None:
    office = replace(OFFICE, hours=OfficeHours(LONDON))
    assert words(office_message(office, london(MORNING))).endswith("The office is closed.")


def test_in_on_a_line_that_rings_nobody_is_said_without_whereabouts() -> None:
    message = heard([status("in", MORNING)], "2026-11-24T10:00", rings=False)
    assert words(message).endswith("Sue can't take your call just now.")
    assert message.status is not None


def test_a_status_that_begins_tomorrow_is_silent_until_its_first_instant() -> None:
    leave = status("from tomorrow on leave until 7 December", MORNING)
    assert words(heard([leave], "2026-11-24T17:00")).endswith("Sue can't take your call just now.")
    assert heard([leave], "2026-11-24T23:59:59").status is None
    assert "7th of December" in words(heard([leave], "2026-11-25T00:00"))


def test_of_two_statuses_that_overlap_the_later_set_speaks() -> None:
    first = status("in meetings until four", "2026-11-24T09:00")
    second = status("at lunch until two", "2026-11-24T12:55")
    for order in ([first, second], [second, first]):
        assert "at lunch" in words(heard(order, "2026-11-24T13:00"))
        assert "in meetings" in words(heard(order, "2026-11-24T12:00"))


def test_a_colleagues_status_is_not_spoken_on_another_line() -> None:
    assert "court" not in words(heard([status("in court until four", MORNING, person=TOM)], "2026-11-24T10:00"))


@pytest.mark.parametrize(
    ("at", "date_said", "said", "unsaid"),
    [
        ("2027-03-28T00:59", "Sunday the 28th of March", "back tomorrow between ten and half past ten", "Monday"),
        ("2027-03-28T02:01", "Sunday the 28th of March", "back tomorrow between ten and half past ten", "Monday"),
        ("2027-03-29T09:59", "Monday the 29th of March", "back between ten and half past ten", "tomorrow"),
        ("2027-03-29T10:15", "Monday the 29th of March", "back by half past ten", "between"),
        ("2027-03-29T10:31", "Monday the 29th of March", "can't take your call just now", "travelling"),
    ],
)
def test_a_status_set_before_the_clocks_change_is_right_after(at: str, date_said: str, said: str, unsaid: str) -> None:
    travelling = status("travelling, back on Monday at ten", "2027-03-27T22:00")
    spoken = words(heard([travelling], at))
    assert date_said in spoken
    assert said in spoken
    assert unsaid not in spoken.removeprefix("Sue Cohen's line. It's Monday")


def test_a_status_across_midnight_names_the_new_day() -> None:
    night = status("travelling, back tomorrow at ten", "2026-11-24T22:00")
    assert "Tuesday" in words(heard([night], "2026-11-24T23:59:59"))
    after = words(heard([night], "2026-11-25T00:00"))
    assert "Wednesday" in after
    assert "tomorrow" not in after


def test_a_private_reason_is_not_told_unless_the_person_chose_so() -> None:
    kept = status("at the hospital until four", MORNING)
    assert "hospital" not in words(heard([kept], "2026-11-24T10:00"))
    assert kept.activity == "at the hospital"
    told = status("on holiday until Thursday, openly", MORNING)
    assert "Sue is on holiday and" in words(heard([told], "2026-11-24T10:00"))


def test_a_cover_is_named_only_while_that_is_true() -> None:
    sue = status("out until Thursday, tom covers", MORNING)
    assert "Tom Hart is covering" in words(heard([sue], "2026-11-24T10:00"))
    away = status("in court until four", MORNING, person=TOM)
    assert "Tom Hart" not in words(heard([sue, away], "2026-11-24T10:00"))
    assert "Tom Hart is covering" in words(heard([sue, away], "2026-11-24T16:45"))
    assert "Tom Hart" not in words(heard([sue], "2026-11-24T20:00"))
    departed = away_message(
        SUE, OFFICE, [sue], london("2026-11-24T10:00"), rings=True, colleagues=[replace(TOM, departed=True)]
    )
    assert "Tom" not in words(departed)


def test_back_and_its_last_bound_are_given_while_they_are_spoken() -> None:
    until_two = status("in meetings until two", MORNING)
    message = heard([until_two], "2026-11-24T14:10")
    assert (message.status, message.back, message.back_latest) == (
        until_two,
        london("2026-11-24T14:00"),
        london("2026-11-24T14:30"),
    )
    over = heard([until_two], "2026-11-24T14:31")
    assert (over.status, over.back, over.back_latest) == (None, None, None)


def test_the_office_line_says_the_date_and_when_it_opens() -> None:
    assert words(office_message(OFFICE, london(MORNING))) == "Cohen and Hart. It's Tuesday the 24th of November."
    assert words(office_message(OFFICE, london("2026-11-24T19:00"))).endswith("closed and opens tomorrow at nine.")


@pytest.mark.parametrize(
    ("note", "at", "said"),
    [
        (None, "2026-11-24T10:00", "Sue will have this."),
        ("in meetings until two", "2026-11-24T10:00", "Sue will have this when free."),
        ("out until two", "2026-11-24T14:10", "Sue will have this when back."),
        ("out until two", "2026-11-24T14:40", "Sue will have this."),
        ("out until Thursday", "2026-11-24T10:00", "Sue will have this when back, expected on Thursday."),
        ("out until Wednesday morning", "2026-11-24T10:00", "when back, expected tomorrow morning."),
        ("in meetings in Leeds until two", "2026-11-24T10:00", "Sue will have this when back."),
    ],
)
def test_the_goodbye_says_no_more_of_the_return_than_was_set(note: str | None, at: str, said: str) -> None:
    message = heard([] if note is None else [status(note, MORNING)], at)
    assert said in PROMPTS.speak(pass_on_prompt(SUE, message, OFFICE, london(at)))


def test_every_away_prompt_is_short_and_no_pronoun_guesses_who_is_a_woman() -> None:
    for prompt_id in sorted(each for each in PROMPTS.ids if each.startswith("away-")):
        assert PROMPTS.longest_words(prompt_id) <= 25, prompt_id
        for wording in PROMPTS.wordings(prompt_id):
            assert not {"she", "he", "her", "his", "him"} & set(wording.lower().replace(",", "").split())


@pytest.mark.parametrize("back", ["2026-11-24T12:40", "2026-11-25T10:40", "2026-12-03T10:40", "2026-12-03"])
@pytest.mark.parametrize("at", ["2026-11-24T10:00", "2026-11-24T11:59", "2026-11-24T08:59"])
def test_the_whole_away_part_leaves_room_for_the_first_question_in_fifteen_seconds(back: str, at: str) -> None:
    options = StatusOptions(back=parse_back(back, OFFICE.hours))
    longest = status("in a meeting with Ann Marsh", "2026-11-24T08:00", options)
    message = heard([longest], at)
    # The notice and the question are eight words more, and fifteen seconds are 39 of them, give or take one.
    assert word_count(words(message)) <= 32
    assert all(word_count(PROMPTS.speak(prompt)) <= 25 for prompt in message.prompts)


@pytest.mark.parametrize(
    ("leeway", "said"),
    [(30, "on Thursday the 3rd of December at about ten"), (90, "on the morning of Thursday the 3rd")],
)
def test_a_return_over_a_week_away_is_said_in_few_words(leeway: int, said: str) -> None:
    options = StatusOptions(back=parse_back("2026-12-03T10:00", OFFICE.hours), leeway=timedelta(minutes=leeway))
    assert said in words(heard([status("travelling", MORNING, options)], "2026-11-24T10:00"))
