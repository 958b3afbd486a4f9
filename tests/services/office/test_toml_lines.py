"""Every key of a TOML text is found, on the line where it stands, however it is written."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.services.office.toml_lines import KeyPath, key_lines, line_of

EVERYTHING = '''\
# a comment with [brackets] and key = "value"
title = "a # that is no comment, and a \\" quote"
'single quoted' = 'C:\\path'  # [not.a.table]
"esc\\u0061ped" = 1

a.b.c = true
a.b . "d e" = 1979-05-27 07:32:00Z

long = """
not.a.key = 1
""" # still line 9
quotes = """"one" ""two"" and \\""" three"""""
raw = \'\'\'
[no] ''\'\'\'
empty = ""

[table]
list = [
  1, # one ]
  "two, ]",

  [ 3, { four = 4 , "fi.ve" = [5] } ],
]
inline = { x = 1, y.z = { deep = [ ] }, w = 'a}b' }
[ table . "sub table" ]
key = 0xff
[[people]]
id = "a"
[people.address]
street = "s"
[[people]]

id = "b"
  [[people.cars]]
  plate = 1
  [[people.cars]]
  plate = 2
[last]'''


def paths_in(value: Any, path: KeyPath = ()) -> set[KeyPath]:
    """The path of everything in a value, from what tomllib made of it."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found: set[KeyPath] = {path} if path else set()
    for step, held in inside:
        found |= paths_in(held, (*path, step))
    return found


@pytest.mark.parametrize(
    "text", [EVERYTHING, EVERYTHING.replace("\n", "\r\n"), "", "\n# nothing\n", "a=[[[1],[]],[{}]]"]
)
def test_what_is_found_is_what_tomllib_reads(text: str) -> None:
    assert set(key_lines(text)) == paths_in(tomllib.loads(text))


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        (("title",), "title ="),
        (("single quoted",), "'single quoted'"),
        (("escaped",), '"esc'),
        (("a", "b", "c"), "a.b.c"),
        (("a", "b"), "a.b.c"),
        (("a", "b", "d e"), "a.b . "),
        (("quotes",), "quotes ="),
        (("empty",), "empty ="),
        (("table",), "[table]"),
        (("table", "list"), "list = ["),
        (("table", "list", 0), "1, # one"),
        (("table", "list", 1), '"two, ]"'),
        (("table", "list", 2), "[ 3, {"),
        (("table", "list", 2, 1, "fi.ve", 0), "[ 3, {"),
        (("table", "inline", "y", "z", "deep"), "inline ="),
        (("table", "sub table", "key"), "key = 0xff"),
        (("people", 0), "[[people]]"),
        (("people", 0, "address", "street"), "street ="),
        (("people", 1, "id"), 'id = "b"'),
        (("people", 1, "cars", 1, "plate"), "plate = 2"),
        (("last",), "[last]"),
    ],
)
def test_a_key_is_on_the_line_where_it_stands(path: KeyPath, holds: str) -> None:
    lines = key_lines(EVERYTHING)
    assert holds in EVERYTHING.splitlines()[lines[path] - 1]


def test_of_an_array_of_tables_each_has_its_own_line() -> None:
    lines = key_lines(EVERYTHING)
    assert lines["people",] == lines["people", 0] < lines["people", 1]
    assert lines["people", 1, "cars", 0] < lines["people", 1, "cars", 1]


def test_what_is_missing_is_looked_for_where_it_should_be() -> None:
    lines = key_lines(EVERYTHING)
    assert line_of(lines, ("people", 1, "name")) == lines["people", 1]
    assert line_of(lines, ("table", "list", 2, 1, "six", 6)) == lines["table", "list", 2, 1]
    assert line_of(lines, ("nothing", "of", "it")) == 1
    assert line_of({}, ()) == 1


NAMES = st.sampled_from(["a", "b-1", "2", '"q.t"', "'l t'", '"\\n\\u00e9"', '""'])
COMMENTS = st.sampled_from(["", "# c", '# "', "# ]"])
GAPS = st.builds("{}\n{}".format, COMMENTS, st.sampled_from(["", "\n", " # ''' \n"]))
SCALARS = st.sampled_from(
    [
        "1",
        "-0.5e3",
        "true",
        "07:32:00",
        "1979-05-27 07:32:00",
        '"]"',
        "'}#'",
        '"""\n,"\n"""',
        "'''\n''\n'''",
        '"\\\\"',
        "inf",
    ]
)


def arrays(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    written = st.lists(values, max_size=3)
    return st.builds(lambda parts, gap: f"[{gap}" + f" ,{gap}".join(parts) + f"{gap}]", written, GAPS)


def inline_tables(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.dictionaries(NAMES, values, max_size=3)
    return pairs.map(lambda held: "{" + ", ".join(f"{name} = {value}" for name, value in held.items()) + " }")


VALUES = st.recursive(SCALARS, lambda values: arrays(values) | inline_tables(values), max_leaves=8)
KEYS = st.lists(NAMES, min_size=1, max_size=3).map(" . ".join)
PAIRS = st.builds("{} = {} {}".format, KEYS, VALUES, COMMENTS)
HEADERS = st.builds("[{}] {}".format, KEYS, COMMENTS) | st.builds("[[ {} ]] {}".format, KEYS, COMMENTS)


@given(st.lists(PAIRS | HEADERS, max_size=8).map("\n".join))
def test_whatever_tomllib_reads_is_found_whole(text: str) -> None:
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    lines = key_lines(text)
    assert set(lines) == paths_in(value)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())
