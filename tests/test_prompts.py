"""The strict reader of prompts: what it refuses to read, what it refuses to say, and what it says."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phonebot.domain.spoken import Prompt
from phonebot.prompts import LONGEST_VALUE, PromptMistake, Prompts, data_folder, languages

SAMPLE = """
-firm = { $short ->
    [yes] Cohen
   *[no] Cohen and Hart
 }

# The notice is the law's.
notice = What you say is recorded.

away =
    It's { DAY($today) }. { $name } expects to be free by about { CLOCK($back) }.
    { notice }

waiting = { $count ->
    [one] one message
   *[other] { $count } messages
 } for { -firm(short: "yes") }

ending = ending { DIGITS($ending) }
number = on { PHONE($number, $region) }
spelled = { SPELL($name) }, { $name }
bare = on { $day }
choice = { $way ->
    [keys] Press { $key }
   *[voice] Say { $word }
 } , please.
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes .ftl sources into tmp_path/en/, named a.ftl, b.ftl, …, and gives the prompts folder."""

    def written(*sources: str, language: str = "en") -> Path:
        folder = tmp_path / language
        folder.mkdir()
        for letter, source in zip("abcdef", sources, strict=False):
            (folder / f"{letter}.ftl").write_text(source, encoding="utf-8")
        return tmp_path

    return written


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Prompts:
    """The prompts of SAMPLE."""
    folder = tmp_path_factory.mktemp("prompts")
    (folder / "en").mkdir()
    (folder / "en" / "sample.ftl").write_text(SAMPLE, encoding="utf-8")
    return Prompts.load(folder)


@pytest.mark.parametrize(
    ("sources", "where", "what"),
    [
        (["hello = Hello\nthis is not fluent\n"], "a.ftl:2", "not Fluent"),
        (["hello = Hello { $name\n"], "a.ftl:1", "not Fluent"),
        (["hello = Hello\nhello = Hi\n"], "a.ftl:2", "hello is already at en/a.ftl:1"),
        (["hello = Hello\n", "# twice\n\nbye = Bye\nhello = Hi\n"], "b.ftl:4", "already"),
        (["-firm = Us\n", "-firm = We\n"], "b.ftl:1", "-firm is already"),
        (["hello = { SHOUT($name) }\n"], "a.ftl:1", "no function SHOUT"),
        (["hello = { NUMBER($count) }\n"], "a.ftl:1", "no function NUMBER"),
        (["hello = { DATETIME($day) }\n"], "a.ftl:1", "no function DATETIME"),
        (["hello = { $x ->\n    [a] { SHOUT($x) }\n   *[b] no\n }\n"], "a.ftl:1", "no function SHOUT"),
        (["hello = { DAY() }\n"], "a.ftl:1", "DAY()"),
        (["hello = { DAY($a, $b) }\n"], "a.ftl:1", "DAY($a, $b)"),
        (['hello = { DAY($a, style: "long") }\n'], "a.ftl:1", "style"),
        (["hello = { bye }\n"], "a.ftl:1", "bye, which is nowhere"),
        (["hello = { -firm }\n"], "a.ftl:1", "-firm, which is nowhere"),
        (["hello = { bye.now }\nbye = Bye\n"], "a.ftl:1", "no attribute now"),
        (["-firm = { $size }\n", "hello = { -firm }\n"], "b.ftl:1", "must pass size"),
        (["-firm = { $size }\nhello = { -firm($size) }\n"], "a.ftl:2", "by name"),
        (["hello = { bye }\nbye = { hello }\n"], "a.ftl:1", "refers to itself"),
        (["hello = { hello }\n"], "a.ftl:1", "refers to itself"),
        (["hello = Room { 4417 }\n"], "a.ftl:1", "4417"),
        (["hello =\n    .again = Hello again\n"], "a.ftl:1", "attributes"),
        (["hello = Hello\n    .again = Hello again\n"], "a.ftl:1", "attributes"),
        ([], "en", "no prompts"),
    ],
)
def test_a_mistake_in_the_files_is_refused_with_its_place(
    write: Write, sources: list[str], where: str, what: str
) -> None:
    with pytest.raises(PromptMistake) as refused:
        Prompts.load(write(*sources))
    message = str(refused.value)
    assert where in message.split(": ", maxsplit=1)[0]
    assert what in message
    assert "\n" not in message


def test_a_file_that_is_not_utf8_is_refused(write: Write) -> None:
    folder = write("hello = Hello\n")
    (folder / "en" / "b.ftl").write_bytes("bye = Adiós\n".encode("latin-1"))
    with pytest.raises(PromptMistake, match=r"b\.ftl.*UTF-8"):
        Prompts.load(folder)


def test_a_language_that_cannot_be_spoken_is_refused(write: Write) -> None:
    folder = write("hello = Helo\n", language="cy")
    with pytest.raises(PromptMistake, match="cy"):
        Prompts.load(folder, "cy")


def test_only_messages_have_ids_and_only_folders_with_prompts_are_languages(write: Write) -> None:
    folder = write("-firm = Us\nhello = Hello\n", "bye = Bye\n")
    (folder / "README.md").write_text("words")
    (folder / "empty").mkdir()
    assert Prompts.load(folder).ids == {"hello", "bye"}
    assert languages(folder) == ("en",)


@pytest.mark.parametrize(
    ("prompt_id", "variables"),
    [
        ("notice", set()),
        ("away", {"today", "name", "back"}),
        ("waiting", {"count"}),
        ("number", {"number", "region"}),
        ("choice", {"way", "key", "word"}),
    ],
)
def test_variables_are_found_in_functions_selectors_variants_and_references(
    sample: Prompts, prompt_id: str, variables: set[str]
) -> None:
    assert sample.variables(prompt_id) == variables


def test_variables_of_a_message_referred_to_are_needed_too(write: Write) -> None:
    prompts = Prompts.load(write("inner = Hello { $name }\n", "outer = { inner }, it's { WEEKDAY($today) }\n"))
    assert prompts.variables("outer") == {"name", "today"}
    assert prompts.speak(Prompt("outer", {"name": "Jo", "today": date(2026, 11, 24)})) == "Hello Jo, it's Tuesday"


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        (Prompt("notice"), "What you say is recorded."),
        (
            Prompt("away", {"today": date(2026, 11, 24), "name": "Sue", "back": time(14, 30)}),
            (
                "It's Tuesday the 24th of November. Sue expects to be free by about half past two. "
                "What you say is recorded."
            ),
        ),
        (Prompt("waiting", {"count": 1}), "one message for Cohen"),
        (Prompt("waiting", {"count": 4417}), "4417 messages for Cohen"),
        (Prompt("ending", {"ending": "0143"}), "ending oh one four three"),
        (
            Prompt("number", {"number": "+442079460143", "region": "GB"}),
            "on oh two oh, seven nine four six, oh one four three",
        ),
        (Prompt("spelled", {"name": "Smythe"}), "S, M, Y, T, H, E, Smythe"),
        (Prompt("choice", {"way": "keys", "key": "1", "word": "yes"}), "Press 1, please."),
        (Prompt("choice", {"way": "other", "key": "1", "word": "yes"}), "Say yes, please."),
    ],
)
def test_a_prompt_is_spoken_on_one_line_with_its_values_in_words(sample: Prompts, prompt: Prompt, words: str) -> None:
    assert sample.speak(prompt) == words


@pytest.mark.parametrize("prompt_id", ["", "nope", "-firm", "notice.again", "NOTICE"])
def test_an_unknown_id_is_never_spoken(sample: Prompts, prompt_id: str) -> None:
    for ask in (sample.variables, sample.version, sample.text, sample.wordings, sample.longest_words, sample.place):
        with pytest.raises(PromptMistake, match="there is no prompt"):
            ask(prompt_id)
    with pytest.raises(PromptMistake, match="there is no prompt"):
        sample.speak(Prompt(prompt_id))


FULL: dict[str, dict[str, Any]] = {
    "away": {"today": date(2026, 11, 24), "name": "Sue", "back": time(14, 30)},
    "waiting": {"count": 3},
    "ending": {"ending": "0143"},
    "number": {"number": "+442079460143", "region": "GB"},
    "spelled": {"name": "Smythe"},
    "choice": {"way": "keys", "key": "1", "word": "yes"},
}


@pytest.mark.parametrize(
    ("prompt_id", "missing"), [(name, variable) for name, each in FULL.items() for variable in each]
)
def test_every_missing_variable_is_refused_even_one_this_wording_would_not_say(
    sample: Prompts, prompt_id: str, missing: str
) -> None:
    values = {name: value for name, value in FULL[prompt_id].items() if name != missing}
    with pytest.raises(PromptMistake, match=rf"{prompt_id} lacks \${missing}"):
        sample.speak(Prompt(prompt_id, values))


@pytest.mark.parametrize("prompt_id", FULL)
def test_a_variable_the_prompt_does_not_use_is_refused(sample: Prompts, prompt_id: str) -> None:
    with pytest.raises(PromptMistake, match=r"does not use \$extra"):
        sample.speak(Prompt(prompt_id, {**FULL[prompt_id], "extra": "x"}))


@pytest.mark.parametrize(
    ("prompt_id", "values"),
    [
        ("bare", {"day": date(2026, 11, 24)}),
        ("bare", {"day": time(9)}),
        ("bare", {"day": datetime(2026, 11, 24, tzinfo=UTC)}),
        ("bare", {"day": True}),
        ("bare", {"day": None}),
        ("bare", {"day": 1.5}),
        ("away", {**FULL["away"], "back": date(2026, 11, 24)}),
        ("away", {**FULL["away"], "today": "2026-11-24"}),
        ("ending", {"ending": 143}),
        ("ending", {"ending": "soon"}),
        ("number", {"number": "withheld", "region": "GB"}),
        ("spelled", {"name": 7}),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_rather_than_said_some_other_way(
    sample: Prompts, prompt_id: str, values: dict[str, Any]
) -> None:
    with pytest.raises(PromptMistake):
        sample.speak(Prompt(prompt_id, values))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(st.characters(), max_size=40))
def test_whatever_a_caller_is_called_comes_out_as_plain_legal_text(sample: Prompts, name: str) -> None:
    words = sample.speak(Prompt("spelled", {"name": name}))
    assert not re.search("[\x00-\x1f\ud800-\udfff\ufffe\uffff{}\u202a-\u202e\u2066-\u2069]", words)
    assert words == " ".join(words.split())


@pytest.mark.parametrize("name", ["{ notice }", "{ $name }", "{-firm}", "{ DAY($today) }", '{"x"}', "x }{ y"])
def test_fluent_in_a_value_is_said_as_it_stands_and_never_run(sample: Prompts, name: str) -> None:
    words = sample.speak(Prompt("away", {**FULL["away"], "name": name}))
    said = " ".join(name.replace("{", " ").replace("}", " ").split())
    assert f". {said} expects to be free" in words


@pytest.mark.parametrize("character", ["a", "'", "-", "7", "\x00", "{", "\U0001f600", "ß"])
def test_ten_thousand_characters_are_cut_and_neither_fill_a_say_nor_fail(sample: Prompts, character: str) -> None:
    words = sample.speak(Prompt("spelled", {"name": character * 10_000}))
    assert len(words) < 3_000
    assert words.count("a") <= LONGEST_VALUE + 60 * len("apostrophe")


@given(day=st.dates(date(2026, 1, 1), date(2027, 12, 31)), at=st.times())
def test_every_date_and_time_is_spoken_without_figures_run_together_or_anything_unfilled(
    sample: Prompts, day: date, at: time
) -> None:
    words = sample.speak(Prompt("away", {"today": day, "name": "Sue", "back": at}))
    assert re.findall(r"\d+\w*", words) == [re.findall(r"\d+(?:st|nd|rd|th)\b", words)[0]]
    assert not re.search("[{}$\u2066-\u2069]|today|back|None|\\?\\?", words)


def test_a_version_changes_with_the_words_and_with_words_referred_to_but_not_with_layout(tmp_path: Path) -> None:
    def versions(*sources: str) -> list[str]:
        found = []
        for number, source in enumerate(sources):
            folder = tmp_path / f"{len(list(tmp_path.iterdir()))}-{number}"
            (folder / "en").mkdir(parents=True)
            (folder / "en" / "a.ftl").write_text(source)
            found.append(Prompts.load(folder).version("hello"))
        return found

    same = versions(
        "hello = Hello { -firm }\n-firm = Us\n", "# said first\nhello =\n    Hello { -firm }\n\n-firm = Us\n"
    )
    assert same[0] == same[1]
    other = versions("hello = Hi { -firm }\n-firm = Us\n", "hello = Hello { -firm }\n-firm = We\n")
    assert len({same[0], *other}) == 3
    assert re.fullmatch("[0-9a-f]{10}", same[0])


def test_text_is_the_source_and_wordings_are_all_that_can_be_said(sample: Prompts) -> None:
    assert sample.text("ending") == "ending { DIGITS($ending) }"
    assert sample.wordings("choice") == ("Press {$key} , please.", "Say {$word} , please.")
    assert sample.wordings("waiting") == ("one message for Cohen", "{$count} messages for Cohen")
    assert "recorded" in sample.wordings("away")[0]


def test_a_selector_asked_twice_is_answered_alike_in_every_wording(write: Write) -> None:
    source = """
    who = { $who ->
        [one] she
        [two] they
       *[none] nobody
    }
    asked = { who } { $who ->
        [one] is
       *[other] are
    } { $who ->
        [two] many
        [three] three
       *[one] few
    }
    """
    prompts = Prompts.load(write(re.sub("(?m)^    ", "", source)))
    assert set(prompts.wordings("asked")) == {"she is few", "they are many", "nobody are three", "nobody are few"}
    said = {prompts.speak(Prompt("asked", {"who": who})) for who in ("one", "two", "three", "four", "none")}
    assert said == set(prompts.wordings("asked"))


def test_the_longest_wording_is_counted_with_functions_as_the_words_they_take(sample: Prompts) -> None:
    spoken = sample.speak(Prompt("away", FULL["away"]))
    assert sample.longest_words("away") == len(spoken.split())
    assert sample.longest_words("waiting") == 4


def test_the_projects_own_folders_are_found() -> None:
    assert data_folder("prompts").is_dir()
    with pytest.raises(FileNotFoundError, match="nothing-like-it"):
        data_folder("nothing-like-it")


def test_a_place_names_the_line_of_the_id_and_not_of_its_comment(sample: Prompts) -> None:
    line = int(sample.place("notice").rpartition(":")[2])
    assert SAMPLE.splitlines()[line - 1].startswith("notice =")


@pytest.mark.parametrize("secret", ["Xanthippe", "07700900143x", "+4477009001430000000000"])
def test_a_mistake_never_repeats_what_a_caller_said(sample: Prompts, secret: str) -> None:
    mistaken = [
        Prompt("ending", {"ending": secret + "?"}),
        Prompt("number", {"number": secret, "region": "GB"}),
        Prompt("notice", {"extra": secret}),
        Prompt("away", {**FULL["away"], "today": secret}),
    ]
    for prompt in mistaken:
        with pytest.raises(PromptMistake) as refused:
            sample.speak(prompt)
        assert secret not in str(refused.value)
