"""office.toml is read strictly: a mistake names its line and changes nothing, and loading twice is loading once."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.hours import parse_hours
from phonebot.domain.office import Line, Office, OfficeBook, Person
from phonebot.services.office.loading import OfficeMistake, load, load_office_file
from phonebot.store.database import Database
from phonebot.store.offices import load_office

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

GOOD = """\
[office]
name = "Cohen and Hart"
timezone = "Europe/London"
region = "GB"
language = "en-GB"
hours = { mon-fri = "09:00-17:30", sat = "closed", sun = "closed" }
closed = [
  "2026-12-25",
  2026-12-28,
]
return_within = "1 day"    # staff only
notice = ""
text_number = ""
countries = ["GB", "IE"]

[reception]
phone = "+442079460199"

[[people]]
id = "tom"
name = "Tom Hart"
extension = "102"
email = "tom@example.com"
phone = "+447700900102"

[[people]]
id = "sue"
name = "Sue Cohen"
extension = "101"
email = "sue@example.com"
phone = "+447700900101"
cover = "tom"
admin = true
digest = ["08:30", "16:00"]

[[lines]]
number = "+442079460100"
answers = "sue"
ring = 20

[[lines]]
number = "+442079460101"
answers = "office"
"""

BOOK = OfficeBook(
    office=Office(
        name="Cohen and Hart",
        hours=parse_hours(
            {"mon-fri": "09:00-17:30"}, [date(2026, 12, 25), date(2026, 12, 28)], ZoneInfo("Europe/London")
        ),
        countries=("GB", "IE"),
        reception="+442079460199",
    ),
    people=(
        Person("tom", "Tom Hart", "102", "tom@example.com", "+447700900102"),
        Person(
            "sue",
            "Sue Cohen",
            "101",
            "sue@example.com",
            "+447700900101",
            cover="tom",
            admin=True,
            digest=(time(8, 30), time(16)),
        ),
    ),
    lines=(Line("+442079460100", "sue", ring=20), Line("+442079460101", "office")),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "office.toml"
    path.write_text(GOOD, "utf-8")
    return path


def mistake_in(path: Path, text: str | bytes) -> OfficeMistake:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(OfficeMistake) as caught:
        load_office_file(path)
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_file_is_read_as_it_is_meant(file: Path) -> None:
    assert load_office_file(file) == BOOK


def test_how_somebody_is_called_and_in_which_team_is_kept_with_them(file: Path, database: Database) -> None:
    named = 'known_as = ["Susie", "Sue Brown"]\npronounced = ["cone"]\nteam = "accounts"\n'
    file.write_text(GOOD.replace("admin = true\n", named), "utf-8")
    load(database, file, NOON)
    with database.read() as session:
        book = load_office(session)
    sue = book and book.person("sue")
    assert sue
    assert (sue.known_as, sue.pronounced, sue.team) == (("Susie", "Sue Brown"), ("cone",), "accounts")
    tom = book and book.person("tom")
    assert tom
    assert (tom.known_as, tom.pronounced, tom.team) == ((), (), None)


def test_a_name_a_zone_and_hours_are_enough(file: Path) -> None:
    file.write_text('office = { name = "Hart", timezone = "UTC", hours = {} }', "utf-8")
    assert load_office_file(file) == OfficeBook(Office("Hart", parse_hours({}, [], ZoneInfo("UTC"))))


def test_a_byte_order_mark_and_the_line_ends_of_windows_are_no_mistake(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load_office_file(file) == BOOK


@pytest.mark.parametrize(
    ("right", "wrong", "names"),
    [
        ('name = "Cohen and Hart"\n', 'nmae = "Cohen and Hart"\n', ["nmae", "name", "timezone"]),
        ('name = "Cohen and Hart"', "name = 7", ["office: name", "quotes"]),
        ('name = "Cohen and Hart"', 'name = "  "', ["office: name", "empty"]),
        ('name = "Cohen and Hart"', 'name = "Cohen\\nHart"', ["office: name"]),
        ("[office]\nname", "office = 7\n[offices]\nname", ["office", "table"]),
        ('"Europe/London"', '"Europe/Lonodn"', ["timezone", "Europe/London"]),
        ('"Europe/London"', '"../etc/passwd"', ["timezone"]),
        ('region = "GB"', 'region = "gb"', ["region", "GB"]),
        ('region = "GB"', 'region = "United Kingdom"', ["region", "United Kingdom"]),
        ('"en-GB"', '"english"', ["language", "english"]),
        ('"en-GB"', '""', ["language"]),
        ('sat = "closed"', 'sat = "shut"', ["hours.sat", "shut"]),
        ('sat = "closed"', "sat = true", ["hours.sat"]),
        ('sat = "closed"', 'fri = "closed"', ["hours.fri", "twice"]),
        ('sat = "closed"', 'sta = "closed"', ["hours.sta", "day"]),
        ('{ mon-fri = "09:00-17:30", sat = "closed", sun = "closed" }', '"nine to five"', ["hours", "table"]),
        ('  "2026-12-25"', '  "Christmas"', ["closed", "Christmas"]),
        ("  2026-12-28", "  20261228", ["closed", "20261228"]),
        ("  2026-12-28", '  "2026-02-30"', ["closed", "2026-02-30"]),
        ('"1 day"', '"soon"', ["return_within", "soon"]),
        ('"1 day"', '"0 days"', ["return_within", "0 days"]),
        ('notice = ""', 'notice = "Somebody will call you back by five."', ["notice", "promises"]),
        ('notice = ""', f'notice = "{"word " * 30}"', ["notice", "words"]),
        ('text_number = ""', 'text_number = "07700 900102"', ["text_number", "07700 900102"]),
        ('["GB", "IE"]', '["GB", "Ireland"]', ["countries", "Ireland"]),
        ('["GB", "IE"]', '"GB"', ["countries", "list"]),
        ("[reception]", "[recption]", ["recption", "reception"]),
        ('phone = "+442079460199"', 'phon = "+442079460199"', ["reception: phon", "known are phone"]),
        ('phone = "+442079460199"', 'phone = "+442079460101"', ["reception: phone", "lines"]),
        ('id = "tom"', 'id = "Tom"', ["people", "id", "a-z"]),
        ('id = "tom"', 'id = ""', ["people", "id"]),
        ('id = "tom"', 'id = "office"', ["people", "office"]),
        ('id = "tom"', "id = 4", ["people number 1: id", "quotes"]),
        ('id = "sue"', 'id = "tom"', ['people "tom": id', "taken"]),
        ('name = "Tom Hart"', 'nick = "Tom"', ['people "tom": nick', "known are id, name"]),
        ('extension = "101"', 'extension = "102"', ['people "sue": extension', "102", "taken"]),
        ('extension = "101"', "extension = 101", ['people "sue": extension', "quotes"]),
        ('extension = "101"', 'extension = "0"', ['people "sue": extension', "digits"]),
        ('extension = "101"', 'extension = "1O1"', ['people "sue": extension', "1O1"]),
        ('"sue@example.com"', '"sue at example.com"', ['people "sue": email', "sue at example.com"]),
        ('"sue@example.com"', '"sue@example"', ['people "sue": email']),
        ('"sue@example.com"', '"sue@example.com\\nBcc: x@example.com"', ['people "sue": email']),
        ('"+447700900101"', '"+44 7700 900 101"', ['people "sue": phone', '"+447700900101"']),
        ('"+447700900101"', '"07700900101"', ['people "sue": phone', "country"]),
        ('"+447700900101"', '"+4477009001"', ['people "sue": phone']),
        ('"+447700900101"', '"+442079460101"', ['people "sue": phone', "lines"]),
        ('cover = "tom"', 'cover = "tim"', ['people "sue": cover "tim"', "nobody's id", "tom, sue"]),
        ('cover = "tom"', 'cover = "sue"', ['people "sue": cover "sue"', "same person"]),
        ("admin = true", 'known_as = "Susie"', ['people "sue": known_as', "list"]),
        ("admin = true", 'known_as = ["Susie", ""]', ['people "sue": known_as', "empty"]),
        ("admin = true", 'pronounced = "cone"', ['people "sue": pronounced', "list"]),
        ("admin = true", "pronounced = [1]", ['people "sue": pronounced', "quotes"]),
        ("admin = true", 'team = ["accounts"]', ['people "sue": team', "quotes"]),
        ("admin = true", 'team = " "', ['people "sue": team', "empty"]),
        ("admin = true", f'team = "{"x" * 81}"', ['people "sue": team', "too long"]),
        ("admin = true", 'admin = "yes"', ['people "sue": admin', "true or false"]),
        ('"16:00"', '"4pm"', ['people "sue": digest', "4pm"]),
        ('"16:00"', '"24:10"', ['people "sue": digest', "24:10"]),
        ('"16:00"', "16:00:00", ['people "sue": digest', "quotes"]),
        ('number = "+442079460101"', 'number = "+442079460100"', ['lines "+442079460100": number', "taken"]),
        ('number = "+442079460101"', 'number = "020 7946 0101"', ["lines", "number", "country"]),
        ('answers = "office"', 'answers = "tim"', ['lines "+442079460101": answers "tim"', "tom, sue, office"]),
        ("ring = 20", "ring = 4", ['lines "+442079460100": ring', "5 to 60"]),
        ("ring = 20", "ring = 61", ['lines "+442079460100": ring', "5 to 60"]),
        ("ring = 20", "ring = -1", ['lines "+442079460100": ring', "5 to 60"]),
        ("ring = 20", "ring = true", ['lines "+442079460100": ring', "whole number"]),
        ("ring = 20", "ring = 20.0", ['lines "+442079460100": ring', "whole number"]),
        ('answers = "office"', 'answers = "office"\nrang = 20', ['lines "+442079460101": rang', "known are number"]),
        ("admin = true", "admin = ", ["not TOML"]),
        ("admin = true", 'cover = "tom"', ["not TOML"]),
    ],
)
def test_a_mistake_is_told_in_one_line_with_its_place(file: Path, right: str, wrong: str, names: list[str]) -> None:
    assert right in GOOD
    mistake = mistake_in(file, GOOD.replace(right, wrong, 1))
    assert str(mistake).startswith(f"{file}:{mistake.line}: ")
    for name in names:
        assert name in mistake.why
    line = file.read_text("utf-8").splitlines()[(mistake.line or 0) - 1]
    assert line.startswith(wrong.partition("\n")[0]) or wrong.rpartition("\n")[2] in line


@pytest.mark.parametrize(
    ("right", "wrong", "at", "names"),
    [
        ('\nphone = "+447700900101"', "", "ring =", ["rings a phone", "sue has none"]),
        ('answers = "office"', 'answers = "office"\nring = 20', "ring = 20", ["nobody"]),
        ('name = "Tom Hart"\n', "", "[[people]]", ['people "tom": name is missing']),
        ('id = "tom"\n', "", "[[people]]", ["people number 1: id is missing"]),
        ('number = "+442079460101"\n', "", "[[lines]]", ["lines number 2: number is missing"]),
        ('timezone = "Europe/London"\n', "", "[office]", ["office: timezone is missing"]),
        ('[[people]]\nid = "tom"', '[people]\nid = "tom"', "[[people]]", ["not TOML"]),
    ],
)
def test_what_is_missing_is_told_at_the_line_of_what_should_hold_it(
    file: Path, right: str, wrong: str, at: str, names: list[str]
) -> None:
    assert right in GOOD
    text = GOOD.replace(right, wrong, 1)
    mistake = mistake_in(file, text)
    assert all(name in mistake.why for name in names)
    assert at in text.splitlines()[(mistake.line or 0) - 1]


def test_of_several_mistakes_the_first_in_the_file_is_told(file: Path) -> None:
    both_wrong = GOOD.replace("ring = 20", "ring = 4").replace('"1 day"', '"soon"')
    neither_fits = GOOD.replace('cover = "tom"', 'cover = "tim"').replace("2026-12-28", '"never"')
    assert "return_within" in mistake_in(file, both_wrong).why
    assert "never" in mistake_in(file, neither_fits).why


@pytest.mark.parametrize(
    ("content", "line", "why"),
    [
        (b'[office]\nname = "Caf\xe9"\n', 2, "UTF-8"),
        (b'[office]\nname = "Hart\n', 2, "not TOML"),
        (b"[office]\nclosed = [\n1,\n", 3, "not TOML"),
        (b"[office]\n\nname = 1\nname = 2\n", 4, "not TOML"),
        (b"[people]\nid = 1\n[office]\n", 1, "[[people]]"),
        (b"", 1, "office is missing"),
        (b"a = " + b"[" * 100_000, None, "deep"),
    ],
)
def test_what_is_no_office_file_at_all_is_told_too(file: Path, content: bytes, line: int | None, why: str) -> None:
    mistake = mistake_in(file, content)
    assert mistake.line == line
    assert why in mistake.why


def test_a_file_that_is_not_there_is_told_by_its_name(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.toml", tmp_path):
        with pytest.raises(OfficeMistake) as caught:
            load_office_file(path)
        assert str(caught.value).startswith(f"{path}: cannot be read")


@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.text(max_size=5))
def test_a_damaged_file_is_read_or_refused_with_a_line_that_it_has(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int, put: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.toml"
    text = GOOD[:start] + put + GOOD[start + length :]
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    line = 1
    try:
        load_office_file(path)
    except OfficeMistake as mistake:
        line = mistake.line or 0
    assert 1 <= line <= text.count("\n") + 1


def test_what_is_loaded_is_kept_and_loading_again_keeps_the_same(file: Path, database: Database) -> None:
    for _ in range(2):
        assert load(database, file, NOON) == BOOK
        with database.read() as session:
            assert load_office(session) == BOOK


def test_a_mistake_changes_nothing(file: Path, database: Database) -> None:
    load(database, file, NOON)
    file.write_text(GOOD.replace('name = "Tom Hart"', 'name = "Thomas Hart"').replace("ring = 20", "ring = 1"), "utf-8")
    with pytest.raises(OfficeMistake, match="ring"):
        load(database, file, NOON)
    with database.read() as session:
        assert load_office(session) == BOOK
