"""Connecting a number changes what keeps its calls from coming here, says so first, and nothing else."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from phonebot.config import Settings
from phonebot.services.health.connecting import NotConnectable, Plan, connect, plan
from phonebot.services.office.people import NoOffice
from phonebot.simulator import Network
from phonebot.store.database import Database
from phonebot.telephony.client import TwilioClient
from tests.left_messages import load_office
from tests.offices import OFFICE_TOML, SUE_LINE
from tests.outside import network, settings

HERE = "https://phone.example.com"
BIN = "https://handler.twilio.com/twiml/EH1"
WITH_TEXTS = OFFICE_TOML.replace("[reception]", f'text_number = "{SUE_LINE}"\n\n[reception]')
RIGHT: dict[str, Any] = {
    "voice_url": f"{HERE}/twilio/voice",
    "voice_method": "POST",
    "voice_fallback_url": f"{HERE}/twilio/voice/fallback",
    "voice_fallback_method": "POST",
    "status_callback": f"{HERE}/twilio/status#rc=2&rp=ct,5xx",
    "status_callback_method": "POST",
}
TEXTS_HERE: dict[str, Any] = {"sms_url": f"{HERE}/twilio/sms#rc=2&rp=ct,5xx", "sms_method": "POST"}

Planning = Callable[[str], Plan]


@pytest.fixture
def database_kind() -> str:
    """Only the office is read."""
    return "sqlite"


@pytest.fixture
def outside() -> Iterator[Network]:
    with network() as one:
        yield one


@pytest.fixture
def ours(outside: Network) -> Settings:
    return settings(outside.serve_rest())


@pytest.fixture
def planning(database: Database, ours: Settings, tmp_path: Path) -> Planning:
    load_office(database, tmp_path)
    return lambda asked: plan(database, TwilioClient(ours), ours, asked)


def set_to(outside: Network, number: str = SUE_LINE) -> dict[str, Any]:
    owned = outside.owned(number)
    assert owned is not None
    return {name: getattr(owned.settings, name) for name in (*RIGHT, *TEXTS_HERE)}


def test_a_new_number_is_pointed_here_and_then_there_is_nothing_to_change(
    outside: Network, ours: Settings, planning: Planning
) -> None:
    outside.owns(SUE_LINE, voice_url="https://demo.example.com/welcome", sms_url="https://demo.example.com/sms")
    planned = planning(SUE_LINE)
    assert [(change.what, change.old, change.new) for change in planned.changes] == [
        ("voice_url", "https://demo.example.com/welcome", RIGHT["voice_url"]),
        ("voice_fallback_url", "nothing", RIGHT["voice_fallback_url"]),
        ("status_callback", "nothing", RIGHT["status_callback"]),
    ]
    assert set_to(outside)["voice_url"] == "https://demo.example.com/welcome"
    connect(TwilioClient(ours), planned)
    assert set_to(outside) == RIGHT | {"sms_url": "https://demo.example.com/sms", "sms_method": "POST"}
    assert planning(SUE_LINE).changes == ()


@pytest.mark.parametrize("spelled", ["020 7946 0100", "+44 20 7946 0100", SUE_LINE])
def test_a_number_is_found_as_people_write_it(outside: Network, planning: Planning, spelled: str) -> None:
    outside.owns("+442079460101")
    outside.owns(SUE_LINE)
    assert planning(spelled).number.number == SUE_LINE


@pytest.mark.parametrize("there", [RIGHT["voice_url"] + "#rc=1", RIGHT["voice_url"]])
def test_an_address_that_leads_here_stays_however_often_it_is_tried(
    outside: Network, planning: Planning, there: str
) -> None:
    outside.owns(SUE_LINE, **(RIGHT | {"voice_url": there}))
    assert planning(SUE_LINE).changes == ()


@pytest.mark.parametrize("name", ["voice_method", "voice_fallback_method", "status_callback_method"])
def test_an_address_that_is_asked_by_get_is_set_to_post(
    outside: Network, ours: Settings, planning: Planning, name: str
) -> None:
    outside.owns(SUE_LINE, **(RIGHT | {name: "GET"}))
    planned = planning(SUE_LINE)
    (change,) = planned.changes
    assert change.old.endswith("(GET)")
    connect(TwilioClient(ours), planned)
    assert set_to(outside)[name] == "POST"


def test_a_fallback_on_another_host_is_kept_and_one_on_our_own_is_told_of(outside: Network, planning: Planning) -> None:
    outside.owns(SUE_LINE, **(RIGHT | {"voice_fallback_url": BIN, "voice_fallback_method": "GET"}))
    kept = planning(SUE_LINE)
    assert kept.changes == ()
    assert any(BIN in note for note in kept.notes)
    outside.owns("+442079460101", **RIGHT)
    assert any("TwiML Bin" in note for note in planning("+442079460101").notes)


@pytest.mark.parametrize(
    ("name", "word"), [("voice_application_sid", "application"), ("trunk_sid", "trunk")], ids=["application", "trunk"]
)
def test_what_would_overrule_the_addresses_is_taken_away_and_said(
    outside: Network, ours: Settings, planning: Planning, name: str, word: str
) -> None:
    owned = outside.owns(SUE_LINE, **(RIGHT | {name: "XX" + "1" * 32}))
    planned = planning(SUE_LINE)
    (change,) = planned.changes
    assert (change.what, change.old) == (name, "XX" + "1" * 32)
    assert word in change.why
    connect(TwilioClient(ours), planned)
    assert getattr(owned.settings, name) == ""


def test_only_the_offices_text_number_has_its_texts_sent_here(
    database: Database, outside: Network, ours: Settings, planning: Planning, tmp_path: Path
) -> None:
    load_office(database, tmp_path, WITH_TEXTS)
    owned = outside.owns(SUE_LINE, **RIGHT, sms_application_sid="AP" + "1" * 32)
    outside.owns("+442079460101", **RIGHT)
    assert planning("+442079460101").changes == ()
    planned = planning(SUE_LINE)
    assert [change.what for change in planned.changes] == ["sms_application_sid", "sms_url"]
    connect(TwilioClient(ours), planned)
    assert set_to(outside) == RIGHT | TEXTS_HERE
    assert owned.settings.sms_application_sid == ""


def test_a_text_number_that_cannot_text_is_told_of_and_left(
    database: Database, outside: Network, planning: Planning, tmp_path: Path
) -> None:
    load_office(database, tmp_path, WITH_TEXTS)
    outside.owns(SUE_LINE, can_text=False, **RIGHT)
    planned = planning(SUE_LINE)
    assert planned.changes == ()
    assert any("cannot text" in note for note in planned.notes)


def test_a_number_that_no_line_has_is_told_of(outside: Network, planning: Planning) -> None:
    outside.owns("+442079460177", **RIGHT)
    assert any("no line" in note for note in planning("+442079460177").notes)


def test_a_number_the_account_has_not_is_refused_with_those_it_has(outside: Network, planning: Planning) -> None:
    with pytest.raises(NotConnectable, match="none at all"):
        planning(SUE_LINE)
    for last in range(20, 31):
        outside.owns(f"+4420794601{last}")
    with pytest.raises(NotConnectable) as why:
        planning("hotline")
    assert "'hotline'" in str(why.value)
    assert "+442079460120" in str(why.value)
    assert str(why.value).endswith("and 3 more")


def test_a_number_that_takes_no_calls_is_refused(outside: Network, planning: Planning) -> None:
    outside.owns(SUE_LINE, can_call=False)
    with pytest.raises(NotConnectable, match="no calls"):
        planning(SUE_LINE)


def test_without_an_office_nothing_is_planned(database: Database, outside: Network, ours: Settings) -> None:
    outside.owns(SUE_LINE)
    with pytest.raises(NoOffice):
        plan(database, TwilioClient(ours), ours, SUE_LINE)


def test_an_address_that_only_this_machine_reaches_is_no_use_to_the_real_twilio(database: Database) -> None:
    at_home = settings(PUBLIC_URL="http://127.0.0.1:8000")
    with pytest.raises(NotConnectable, match="PUBLIC_URL"):
        plan(database, TwilioClient(at_home), at_home, SUE_LINE)


def test_what_twilio_refuses_is_said_in_a_line(outside: Network, ours: Settings, planning: Planning) -> None:
    outside.owns(SUE_LINE)
    planned = planning(SUE_LINE)
    outside.rest_faults.fail(400, method="POST", code=21502)
    with pytest.raises(NotConnectable, match="nothing was changed"):
        connect(TwilioClient(ours), planned)
    outside.auth_token = "another token"
    with pytest.raises(NotConnectable, match="TWILIO_AUTH_TOKEN"):
        planning(SUE_LINE)
