"""`phonebot digest`."""

import json

import pytest

from phonebot.domain.reference import reference_of
from phonebot.services.staff.links import Links
from phonebot.store.database import Database
from tests.cli.conftest import CommandLine, sqlite_only
from tests.services.owing import TUESDAY, away, leave

pytestmark = [sqlite_only, pytest.mark.usefixtures("on_a_tuesday")]

SETTINGS = {
    "PUBLIC_URL": "https://phone.example.com",
    "SECRET_KEY": "a secret for tests",
    "TWILIO_ACCOUNT_SID": "AC" + "1" * 32,
    "TWILIO_AUTH_TOKEN": "made-up",
}


def test_it_prints_what_would_be_sent(loaded: CommandLine, database: Database) -> None:
    number = leave(database, business="the invoice was charged twice")
    shown = loaded.says("digest", "sue")

    assert shown.startswith("Subject: 1 call owed")
    assert reference_of(number) in shown
    assert "the invoice was charged twice" in shown
    assert "https://" not in shown


def test_with_all_settings_its_links_are_those_that_would_be_sent(loaded: CommandLine, database: Database) -> None:
    number = leave(database)
    shown = loaded.says("digest", "sue", **SETTINGS)
    tokens = [line.rpartition("/do/")[2].strip() for line in shown.splitlines() if "/do/" in line]
    read = [Links.signed_with("a secret for tests").read(token, TUESDAY) for token in tokens]

    assert len({link.act for link in read if link}) == len(read) >= 4
    assert {(link.number, link.person) for link in read if link} == {(number, "sue")}


def test_as_json_it_has_what_is_owed_in_order(loaded: CommandLine, database: Database) -> None:
    plain = leave(database)
    urgent = leave(database, window_said="soon", window_parts=[[TUESDAY.isoformat(), "2026-11-24T12:00:00+00:00"]])
    digest = json.loads(loaded.says("digest", "sue", "--json"))

    assert digest.keys() == {"person", "at", "next_at", "owed", "texts", "returned", "helped", "missed"}
    assert (digest["person"], digest["next_at"]) == ("sue", "2026-11-24T16:00:00+00:00")
    assert [item["ref"] for item in digest["owed"]] == [reference_of(urgent), reference_of(plain)]
    first = digest["owed"][0]
    assert (first["for"], first["state"], first["name"], first["urgent"]) == ("sue", "new", "Julie Smith", True)
    assert first["window"]["parts"] == [{"start": "2026-11-24T10:42:00+00:00", "end": "2026-11-24T12:00:00+00:00"}]


def test_nothing_owed_is_said_and_is_an_empty_list_for_programs(loaded: CommandLine) -> None:
    assert "No calls owed" in loaded.says("digest", "tom")
    digest = json.loads(loaded.says("digest", "tom", "--json"))
    assert (digest["owed"], digest["returned"], digest["helped"], digest["missed"]) == ([], [], [], [])


def test_of_a_person_away_the_cover_sees_whose_it_is(loaded: CommandLine, database: Database) -> None:
    leave(database)
    away(database, "sue", TUESDAY, TUESDAY.replace(hour=14))

    assert "Sue Cohen" in loaded.says("digest", "tom", "--at", "2026-11-24T12:00")
    assert "No calls owed" in loaded.says("digest", "tom", "--at", "2026-11-24T14:43")


def test_as_html_it_is_a_page_in_which_what_callers_say_is_harmless(loaded: CommandLine, database: Database) -> None:
    leave(database, business="<script>alert(1)</script>")
    page = loaded.says("digest", "sue", "--html")

    assert page.lstrip().lower().startswith("<!doctype html>")
    assert "<script" not in page


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["nobody"], "nobody"),
        (["office"], "office"),
        (["sue", "--at", "noon"], "not a time"),
        (["sue", "--at", "2026-03-29T01:30"], "does not exist"),
        ([], "ID"),
    ],
)
def test_a_mistake_is_one_line(loaded: CommandLine, arguments: list[str], why: str) -> None:
    assert why in loaded.refuses("digest", *arguments)


def test_before_an_office_is_loaded_there_is_nobody_to_ask_about(command: CommandLine) -> None:
    assert "no office is loaded" in command.refuses("digest", "sue")
