"""Dates, times, digits and names as they are said, each read back by an ear that shares nothing with the speaker."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.speaking import functions_for, spoken_seconds, word_count
from phonebot.domain.speaking.english import (
    LONGEST_SPELLED,
    clock,
    date_in_month,
    digits,
    full_day,
    part_of_day,
    spelled,
    telephone_number,
    weekday,
)

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
MINUTES = [time(minute // 60, minute % 60) for minute in range(24 * 60)]

UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
TEENS = ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
COUNTS = {word: number for number, word in enumerate([*UNITS, *TEENS, *(f"twenty-{unit}" for unit in UNITS[:9])], 1)}
HOURS = {**{word: COUNTS[word] for word in UNITS}, "noon": 12, "midnight": 0}
HEARD_DIGITS = {"oh": "0", **{word: str(COUNTS[word]) for word in UNITS[:9]}}


def heard_minutes(words: str) -> int:
    """The minute of a twelve-hour clock face that an English ear takes from the words."""
    if " " not in words:
        return HOURS[words] * 60 % 720
    side = "past" if " past " in words else "to"
    minutes, hour = words.removesuffix(" minutes").split(f" {side} ")
    counted = {"half": 30, "quarter": 15}.get(minutes) or COUNTS[minutes.split()[0]]
    return (HOURS[hour] * 60 + (counted if side == "past" else -counted)) % 720


def heard_digits(words: str) -> str:
    """The digits an ear writes down."""
    heard, times = "", 1
    for word in words.replace(",", "").split():
        if word == "double":
            times = 2
        else:
            heard += HEARD_DIGITS[word] * times
            times = 1
    return heard


@given(DAYS)
def test_a_day_is_understood_as_the_day_that_was_meant(day: date) -> None:
    found = re.fullmatch(r"(\w+day) the (\d{1,2})(st|nd|rd|th) of (\w+)", full_day(day))
    assert found is not None
    assert datetime.strptime(f"{found[2]} {found[4]} {day.year}", "%d %B %Y").date() == day  # noqa: DTZ007 a day has no zone
    assert found[1] == f"{day:%A}" == weekday(day)
    assert full_day(day) == f"{weekday(day)} {date_in_month(day)}"


def test_every_ordinal_of_a_month_ends_as_it_is_said() -> None:
    endings = [re.sub("[^a-z]", "", date_in_month(date(2027, 1, day)).split()[1]) for day in range(1, 32)]
    assert endings == [
        *["st", "nd", "rd", *["th"] * 17],
        *["st", "nd", "rd", *["th"] * 7, "st"],
    ]


def test_every_minute_of_the_day_is_understood_as_the_minute_that_was_meant() -> None:
    for at in MINUTES:
        assert heard_minutes(clock(at)) == (at.hour * 60 + at.minute) % 720, at


def test_no_minute_of_the_day_is_said_with_figures_or_with_another_at_the_same_half_of_the_day() -> None:
    said = [(clock(at), at.hour < 12) for at in MINUTES]
    assert not any(re.search(r"\d", words) for words, _ in said)
    assert len(set(said)) == len(MINUTES)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("10:00", "ten"),
        ("14:30", "half past two"),
        ("15:15", "quarter past three"),
        ("15:40", "twenty to four"),
        ("09:05", "five past nine"),
        ("12:00", "noon"),
        ("00:00", "midnight"),
        ("12:30", "half past twelve"),
        ("00:30", "half past midnight"),
        ("23:45", "quarter to midnight"),
        ("11:45", "quarter to twelve"),
        ("14:47", "thirteen minutes to three"),
        ("08:01", "one minute past eight"),
        ("13:35", "twenty-five to two"),
    ],
)
def test_a_clock_time_is_said_as_british_people_say_it(at: str, words: str) -> None:
    assert clock(time.fromisoformat(at)) == words


def test_seconds_are_never_said() -> None:
    assert clock(time(14, 30, 59, 999_999)) == clock(time(14, 30))


@pytest.mark.parametrize(
    ("at", "part"),
    [
        ("00:31", "in the morning"),
        ("11:59", "in the morning"),
        ("12:01", "in the afternoon"),
        ("17:59", "in the afternoon"),
        ("18:00", "in the evening"),
        ("23:30", "in the evening"),
        ("12:00", ""),
        ("00:00", ""),
        ("00:15", ""),
        ("23:45", ""),
    ],
)
def test_a_part_of_the_day_follows_every_time_but_noon_and_about_midnight(at: str, part: str) -> None:
    assert part_of_day(time.fromisoformat(at)) == part


@given(st.text("0123456789", min_size=1, max_size=20))
def test_digits_are_written_down_as_they_were_and_never_run_together(text: str) -> None:
    words = digits(text)
    assert heard_digits(words) == text
    assert not re.search(r"\d", words)
    assert all(len(heard_digits(breath)) <= 5 for breath in words.split(","))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0143", "oh one four three"),
        ("07971400653", "oh seven nine seven one, four double oh, six five three"),
        ("020 7946 0143", "oh two oh, seven nine four six, oh one four three"),
        ("(0)20-7946.0143", "oh, two oh, seven nine four six, oh one four three"),
        ("7700", "seven seven oh oh"),
        ("000", "oh oh oh"),
        ("4403", "double four oh three"),
        ("12345678", "one two three, four five six seven eight"),
        ("+44 20", "plus double four, two oh"),
        ("102#", "one oh two, hash"),
    ],
)
def test_digits_are_grouped_for_the_ear(text: str, words: str) -> None:
    assert digits(text) == words


@pytest.mark.parametrize("text", ["", "-", "call me", "12a", "½", "٠١٢"])
def test_what_is_not_digits_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="only digits"):
        digits(text)


@pytest.mark.parametrize(
    ("number", "region", "heard"),
    [
        ("+447700900143", "GB", "07700900143"),
        ("+442079460143", "GB", "02079460143"),
        ("+12125550143", "GB", "plus 12125550143"),
        ("+12125550143", "US", "2125550143"),
        ("+442079460143", "US", "plus 442079460143"),
    ],
)
def test_a_number_is_said_as_it_is_dialled_in_its_own_region_and_with_its_country_elsewhere(
    number: str, region: str, heard: str
) -> None:
    words = telephone_number(number, region)
    plus = "plus " if words.startswith("plus ") else ""
    assert plus + heard_digits(words.removeprefix("plus ")) == heard
    assert "," in words


@given(st.integers(0, 999))
def test_a_telephone_number_loses_no_digit(last: int) -> None:
    number = f"+447700900{last:03}"
    assert "+44" + heard_digits(telephone_number(number)).removeprefix("0") == number


@pytest.mark.parametrize("number", ["", "2079460143", "anonymous", "+"])
def test_what_is_no_e164_number_is_not_said_as_one(number: str) -> None:
    with pytest.raises(ValueError, match=r"E\.164"):
        telephone_number(number)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Smythe", "S, M, Y, T, H, E"),
        ("O'Brien", "O, apostrophe, B, R, I, E, N"),
        ("Jo  Day-Li", "J, O, space, D, A, Y, hyphen, L, I"),
        ("K7Q0", "K, seven, Q, zero"),
        ("Zoë!", "Z, O, Ë"),
        ("", ""),
    ],
)
def test_a_name_is_spelled_letter_by_letter(text: str, words: str) -> None:
    assert spelled(text) == words


@given(st.text(max_size=100))
def test_whatever_is_spelled_is_letters_apart_and_soon_over(text: str) -> None:
    # Two letters at most stand for one where a capital has no single form, as in "ß".
    assert len(spelled(text).split(", ")) <= 3 * LONGEST_SPELLED
    assert not re.search(r"[0-9]", spelled(text))


def test_a_regional_tag_speaks_its_language_and_an_unknown_language_is_refused() -> None:
    assert functions_for("en-GB") is functions_for("en")
    with pytest.raises(LookupError, match="xx"):
        functions_for("xx")


def test_the_example_greeting_takes_its_twelve_seconds() -> None:
    greeting = (
        "Sue Cohen's line. It's Tuesday the 24th of November. Sue is in meetings and expects to be free by about "
        "half past two. What you say is recorded. Who's calling, please?"
    )
    assert word_count(greeting) == 31
    assert 11.5 < spoken_seconds(greeting) < 12.5


@given(st.lists(st.text("abc'1", min_size=1).filter(lambda word: any(map(str.isalnum, word)))))
def test_dashes_and_stops_standing_alone_are_not_counted_as_words(words: list[str]) -> None:
    assert word_count(" – ".join(words)) == len(words)


def test_every_day_of_a_year_is_said_differently() -> None:
    days = [date(2028, 1, 1) + timedelta(days=number) for number in range(366)]
    assert len({full_day(day) for day in days}) == 366
