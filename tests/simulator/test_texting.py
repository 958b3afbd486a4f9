"""Texts on the network: what becomes of each, what it understands by itself, and what it will not take on."""

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from phonebot.simulator import Mischief, Network

from .conftest import ACCOUNT, TOKEN
from .test_rest import Here
from .tiny_app import TinyApp

CALLER, LINE, OTHER_LINE = "+447700900143", "+447700900100", "+447700900102"


def client(network: Network) -> Client:
    return Client(ACCOUNT, TOKEN, http_client=Here(network.serve_rest()))


def send(network: Network, app: TinyApp, to: str = CALLER, from_: str = LINE) -> str:
    network.expects_text(to)
    sent = client(network).messages.create(to=to, from_=from_, body="Hello", status_callback=f"{app.url}/sent")
    network.settle()
    return str(sent.sid)


def refusal(network: Network, to: str = CALLER, from_: str = LINE) -> tuple[int, int]:
    with pytest.raises(TwilioRestException) as refused:
        client(network).messages.create(to=to, from_=from_, body="Hello")
    return refused.value.status, refused.value.code


def told(app: TinyApp) -> list[tuple[str, str]]:
    return [(form["MessageStatus"], form.get("ErrorCode", "")) for form in app.asked("/sent")]


def test_a_text_may_fail_on_its_way(app: TinyApp, network: Network) -> None:
    phone = network.phone(CALLER).texts_fail(30003)
    sid = send(network, app)
    assert told(app) == [("sent", ""), ("undelivered", "30003")]
    shown = client(network).messages(sid).fetch()
    assert (shown.status, shown.error_code, phone.texts_received) == ("undelivered", 30003, [])
    phone.texts_arrive()
    send(network, app)
    assert phone.texts_received == ["Hello"]


def test_a_text_may_fail_before_it_is_sent(app: TinyApp, network: Network) -> None:
    network.phone(CALLER).texts_fail(30007, status="failed")
    send(network, app)
    assert told(app) == [("failed", "30007")]


def test_a_carrier_may_never_say_that_a_text_arrived(app: TinyApp, network: Network) -> None:
    phone = network.phone(CALLER).texts_only_sent()
    sid = send(network, app)
    assert told(app) == [("sent", "")]
    assert (client(network).messages(sid).fetch().status, phone.texts_received) == ("sent", ["Hello"])


def test_a_text_may_not_even_be_taken_on(network: Network) -> None:
    network.phone(CALLER).texts_refused(21408)
    assert refusal(network) == (400, 21408)
    assert refusal(network, to="0123") == (400, 21211)
    assert refusal(network, to=LINE, from_=LINE) == (400, 21266)
    assert client(network).messages.list() == []


def test_once_the_account_owns_numbers_texts_come_from_those_that_can_text(app: TinyApp, network: Network) -> None:
    network.owns(LINE)
    network.owns(OTHER_LINE, can_text=False)
    send(network, app)
    assert refusal(network, from_=OTHER_LINE) == (400, 21606)
    assert refusal(network, from_="+447700900199") == (400, 21606)


@pytest.mark.parametrize("word", ["STOP", "stop", " Stop\n", "STOPALL", "unsubscribe", "Cancel", "END", "quit"])
def test_a_word_that_stops_texts_stops_them_from_that_line_and_still_reaches_the_app(
    app: TinyApp, network: Network, word: str
) -> None:
    phone = network.phone(CALLER)
    assert phone.texts(LINE, word) == []
    assert app.asked("/twilio/sms")[0]["Body"] == word
    assert len(phone.told_by_network) == 1
    assert refusal(network) == (400, 21610)
    send(network, app, from_=OTHER_LINE)


@pytest.mark.parametrize("words", ["Stop please", "stop 🙏", "STOP.", "don't stop", ""])
def test_more_than_the_one_word_stops_nothing(app: TinyApp, network: Network, words: str) -> None:
    phone = network.phone(CALLER)
    phone.texts(LINE, words)
    assert phone.told_by_network == []
    send(network, app)
    assert phone.texts_received == ["Hello"]


@pytest.mark.parametrize("word", ["START", "yes", "UNSTOP"])
def test_a_word_that_starts_texts_again_counts_only_after_a_stop(app: TinyApp, network: Network, word: str) -> None:
    phone = network.phone(CALLER)
    phone.texts(LINE, word)
    assert phone.told_by_network == []
    phone.texts(LINE, "STOP")
    phone.texts(LINE, word)
    assert len(phone.told_by_network) == 2
    assert len(app.asked("/twilio/sms")) == 3
    send(network, app)


@pytest.mark.parametrize("word", ["HELP", "info"])
def test_help_is_answered_by_the_network_and_stops_nothing(app: TinyApp, network: Network, word: str) -> None:
    phone = network.phone(CALLER)
    phone.texts(LINE, word)
    assert ["STOP" in answer for answer in phone.told_by_network] == [True]
    send(network, app)


def test_statuses_may_come_late_and_in_any_order(app: TinyApp) -> None:
    orders = set()
    for seed in range(6):
        app.seen.clear()
        with Network(app.url, ACCOUNT, TOKEN, seed=seed, mischief=Mischief(reorder=True)) as network:
            send(network, app)
        orders.add(tuple(status for status, _ in told(app)))
    assert orders == {("sent", "delivered"), ("delivered", "sent")}
    app.seen.clear()
    with Network(app.url, ACCOUNT, TOKEN, mischief=Mischief(hold={"message-status"})) as network:
        send(network, app)
        assert told(app) == []
        network.deliver_held()
    assert told(app) == [("sent", ""), ("delivered", "")]


def test_the_reports_of_a_text_can_be_sent_again_as_they_were(app: TinyApp, network: Network) -> None:
    sid = send(network, app)
    network.replay(sid)
    assert [status for status, _ in told(app)] == ["sent", "delivered"] * 2
