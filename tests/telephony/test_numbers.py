"""The account's own numbers: shown as they are set, set one by one, and the account's own standing."""

from collections.abc import Iterator

import pytest

from phonebot.simulator import Network
from phonebot.telephony.errors import NotThere, Refused
from tests.outside import client, network

OFFICE, SHOP = "+442079460100", "+442079460101"
SITE = "https://phone.example.com"


@pytest.fixture
def outside() -> Iterator[Network]:
    with network() as one:
        yield one


def test_every_number_is_listed_with_what_it_is_set_to_and_able_to(outside: Network) -> None:
    office = outside.owns(OFFICE, voice_url=f"{SITE}/twilio/voice", voice_method="GET")
    outside.owns(SHOP, can_text=False)
    first, second = client(outside).numbers()
    assert (first.sid, first.number, first.can_call, first.can_text) == (office.sid, OFFICE, True, True)
    assert (first.voice_url, first.voice_method, first.sms_url) == (f"{SITE}/twilio/voice", "GET", "")
    assert (second.number, second.can_text) == (SHOP, False)


def test_more_numbers_than_one_page_holds_are_all_listed(outside: Network) -> None:
    for number in range(205):
        outside.owns(f"+4420794601{number:03}")
    assert len(client(outside).numbers()) == 205


def test_setting_a_number_changes_what_is_named_and_nothing_else(outside: Network) -> None:
    outside.owns(OFFICE, sms_url=f"{SITE}/old", voice_application_sid="AP" + "1" * 32)
    asking = client(outside)
    asking.configure_number(
        asking.numbers()[0].sid,
        voice_url=f"{SITE}/twilio/voice",
        voice_method="POST",
        voice_fallback_url=f"{SITE}/twilio/voice/fallback",
        voice_fallback_method="POST",
        status_callback=f"{SITE}/twilio/status",
        status_callback_method="POST",
        voice_application_sid="",
    )
    (number,) = asking.numbers()
    assert (number.voice_url, number.voice_fallback_url) == (
        f"{SITE}/twilio/voice",
        f"{SITE}/twilio/voice/fallback",
    )
    assert (number.status_callback, number.sms_url) == (f"{SITE}/twilio/status", f"{SITE}/old")
    assert number.voice_application_sid == ""


def test_what_a_number_does_not_have_cannot_be_set(outside: Network) -> None:
    sid = outside.owns(OFFICE).sid
    with pytest.raises(ValueError, match="friendly_name"):
        client(outside).configure_number(sid, friendly_name="Hotline")
    with pytest.raises(ValueError, match="sid"):
        client(outside).configure_number("../Calls", voice_url=SITE)
    with pytest.raises(Refused) as error:
        client(outside).configure_number(sid, voice_url="no address")
    assert error.value.code == 21502
    with pytest.raises(NotThere):
        client(outside).configure_number("PN" + "9" * 32, voice_url=SITE)


@pytest.mark.parametrize("status", ["active", "suspended"])
def test_the_account_says_how_it_stands(outside: Network, status: str) -> None:
    outside.account_status = status
    assert client(outside).account_is_well() == status
