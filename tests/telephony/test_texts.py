"""Sending texts over REST, and finding out what became of them, also when the answer was lost."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from phonebot.simulator import Network
from phonebot.telephony.errors import Refused, Unknown
from phonebot.telephony.texts import SentText
from tests.outside import ACCOUNT, NOW, TOKEN, client
from tests.simulator.tiny_app import TinyApp

CALLER, OFFICE = "+447700900143", "+447700900100"


@pytest.fixture
def app() -> Iterator[TinyApp]:
    with TinyApp() as tiny:
        yield tiny


@pytest.fixture
def outside(app: TinyApp) -> Iterator[Network]:
    with Network(app.url, ACCOUNT, TOKEN, now=lambda: NOW) as one:
        yield one


def send(outside: Network, app: TinyApp, body: str = "Did we get back to you?") -> str:
    return client(outside).send_text(to=CALLER, from_=OFFICE, body=body, status_url=f"{app.url}/sent")


def test_a_text_arrives_and_every_status_is_told(app: TinyApp, outside: Network) -> None:
    outside.expects_text(CALLER)
    sid = send(outside, app, "Zoë’s 😀")
    outside.settle()
    assert outside.phone(CALLER).texts_received == ["Zoë’s 😀"]
    assert [(form["MessageSid"], form["MessageStatus"]) for form in app.asked("/sent")] == [
        (sid, "sent"),
        (sid, "delivered"),
    ]
    assert client(outside).text_status(sid) == SentText(sid, CALLER, OFFICE, "Zoë’s 😀", "delivered", None, NOW)


def test_a_text_that_fails_says_why(app: TinyApp, outside: Network) -> None:
    outside.phone(CALLER).texts_fail(30006)
    outside.expects_text(CALLER)
    sid = send(outside, app)
    outside.settle()
    text = client(outside).text_status(sid)
    assert text is not None
    assert (text.status, text.error_code) == ("undelivered", 30006)


def test_a_telephone_that_has_opted_out_is_refused_with_its_code(app: TinyApp, outside: Network) -> None:
    outside.phone(CALLER).texts(OFFICE, "Stop")
    with pytest.raises(Refused) as error:
        send(outside, app)
    assert error.value.code == 21610
    assert not error.value.retryable


def test_a_text_whose_answer_was_lost_is_found(app: TinyApp, outside: Network) -> None:
    outside.expects_text(CALLER, 2)
    send(outside, app, "first")
    outside.rest_faults.lose_answers(path="Messages", method="POST")
    with pytest.raises(Unknown):
        send(outside, app, "second")
    outside.settle()
    asking = client(outside)
    found = asking.texts_sent(to=CALLER, from_=OFFICE, since=NOW + timedelta(milliseconds=900))
    assert [(text.body, text.status, text.error_code, text.created) for text in found] == [
        ("first", "delivered", None, NOW),
        ("second", "delivered", None, NOW),
    ]
    assert asking.texts_sent(to=CALLER, from_=OFFICE, since=NOW + timedelta(seconds=1)) == []
    assert asking.texts_sent(to=OFFICE, from_=OFFICE, since=NOW) == []
    assert asking.texts_sent(to=CALLER, from_=CALLER, since=NOW) == []


def test_a_text_answered_with_a_server_error_may_have_gone_all_the_same(app: TinyApp, outside: Network) -> None:
    outside.expects_text(CALLER)
    outside.rest_faults.fail(500, path="Messages", done=True)
    with pytest.raises(Unknown):
        send(outside, app)
    assert len(client(outside).texts_sent(to=CALLER, from_=OFFICE, since=NOW)) == 1


def test_a_text_unknown_or_no_text_at_all_is_none(outside: Network) -> None:
    assert client(outside).text_status("SM" + "9" * 32) is None
    assert client(outside).text_status("../Calls") is None
