"""The account's own numbers: listed and set over REST, and the calls and texts that then go where they say."""

from collections.abc import Iterator

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from phonebot.simulator import Network

from .conftest import ACCOUNT, TOKEN
from .test_rest import Here
from .tiny_app import TinyApp

CALLER, LINE, OTHER_LINE = "+447700900143", "+442079460100", "+442079460101"


@pytest.fixture
def network(app: TinyApp) -> Iterator[Network]:
    app.pages |= {"/twilio/voice": "<Say>The usual way</Say>", "/new/voice": "<Say>The new way</Say>"}
    with Network(app.url, ACCOUNT, TOKEN) as network:
        yield network


def client(network: Network) -> Client:
    return Client(ACCOUNT, TOKEN, http_client=Here(network.serve_rest()))


def test_calls_and_texts_go_where_the_number_is_set_to(app: TinyApp, network: Network) -> None:
    sid = network.owns(LINE).sid
    client(network).incoming_phone_numbers(sid).update(
        voice_url=f"{app.url}/new/voice",
        voice_method="GET",
        status_callback=f"{app.url}/new/status",
        sms_url=f"{app.url}/new/text",
    )
    network.phone(CALLER).dials(LINE).hears("The new way")
    network.phone(CALLER).texts(LINE, "Hello")
    network.phone(CALLER).dials(OTHER_LINE).hears("The usual way")
    methods = [(seen.path, seen.method) for seen in app.seen]
    assert methods == [
        ("/new/voice", "GET"),
        ("/new/status", "POST"),
        ("/new/text", "POST"),
        ("/twilio/voice", "POST"),
        ("/twilio/status", "POST"),
    ]


def test_a_numbers_own_fallback_is_asked(app: TinyApp, network: Network) -> None:
    app.pages["/new/fallback"] = "<Say>Second best</Say>"
    network.owns(LINE, voice_url="http://127.0.0.1:9/", voice_fallback_url=f"{app.url}/new/fallback")
    network.expects_status(0)
    network.phone(CALLER).dials(LINE).hears("Second best")
    assert app.asked("/new/fallback")[0]["ErrorUrl"] == "http://127.0.0.1:9/"


def test_a_number_that_is_set_to_nothing_takes_no_texts_and_complains_of_calls(app: TinyApp) -> None:
    network = Network(app.url, ACCOUNT, TOKEN)
    network.owns(LINE)
    assert network.phone(CALLER).texts(LINE, "Hello") == []
    network.phone(CALLER).dials(LINE)
    assert app.seen == []
    with pytest.raises(AssertionError, match="no answer"):
        network.close()


def test_numbers_are_listed_shown_and_set_over_rest(network: Network) -> None:
    sid = network.owns(LINE, sms_url="https://example.com/text").sid
    network.owns(OTHER_LINE, can_call=False)
    numbers = client(network).incoming_phone_numbers
    assert [each.phone_number for each in numbers.list(page_size=1)] == [LINE, OTHER_LINE]
    assert [each.sid for each in numbers.list(phone_number=LINE)] == [sid]
    assert numbers.list()[1].capabilities["voice"] is False
    numbers(sid).update(voice_url="https://example.com/voice")
    shown = numbers(sid).fetch()
    assert (shown.voice_url, shown.sms_url) == ("https://example.com/voice", "https://example.com/text")
    with pytest.raises(TwilioRestException) as refused:
        numbers(sid).update(voice_url="example.com/voice")
    assert (refused.value.status, refused.value.code) == (400, 21502)
    with pytest.raises(TwilioRestException, match="not found"):
        numbers("PN" + "9" * 32).fetch()


def test_once_the_account_owns_numbers_calls_show_one_of_them(network: Network) -> None:
    network.owns(LINE)
    with pytest.raises(TwilioRestException) as refused:
        client(network).calls.create(to=CALLER, from_=OTHER_LINE, twiml="<Response><Say>Hello</Say></Response>")
    assert refused.value.code == 21210


def test_the_account_is_shown(network: Network) -> None:
    account = client(network).api.accounts(ACCOUNT).fetch()
    assert (account.sid, account.status) == (ACCOUNT, "active")
