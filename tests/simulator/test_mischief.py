import threading
from collections import Counter

import pytest
from flask import Response
from twilio.request_validator import RequestValidator

from phonebot.simulator import LiveCall, Mischief, Network

from .conftest import ACCOUNT, TOKEN
from .tiny_app import Seen, TinyApp

CALLER, LINE = "+447700900143", "+442079460100"
PAGES = {
    "/twilio/voice": '<Gather action="{app}/name" input="speech"><Say>Who is calling?</Say></Gather>',
    "/name": (
        '<Say>Speak</Say><Record action="{app}/recorded" recordingStatusCallback="{app}/recording#rc=2&amp;rp=ct,5xx"/>'
    ),
    "/recorded": "<Say>Goodbye</Say>",
}


@pytest.fixture(autouse=True)
def _pages(app: TinyApp) -> None:
    app.pages |= PAGES


def whole_call(network: Network) -> LiveCall:
    return network.phone(CALLER).dials(LINE).says("Julie").records(5, "#").hears_goodbye()


def signed_only(app: TinyApp) -> None:
    """The app refuses what is not signed or not of this account."""
    validator = RequestValidator(TOKEN)

    def refuse(seen: Seen) -> bool:
        stranger = seen.form.get("AccountSid") != ACCOUNT
        return stranger or not validator.validate(app.url + seen.url, seen.form, seen.signature)

    app.refuse = refuse


@pytest.mark.parametrize("mischief", [Mischief(repeat=2), Mischief(parallel=2)])
def test_every_webhook_comes_three_times(app: TinyApp, mischief: Mischief) -> None:
    with Network(app.url, ACCOUNT, TOKEN, mischief=mischief) as network:
        whole_call(network)
    assert set(Counter(app.paths).values()) == {3}
    assert len(set(Counter(app.paths))) == 5


@pytest.mark.parametrize("mischief", [Mischief(repeat=1), Mischief(parallel=1)])
def test_a_repeated_request_that_is_answered_differently_is_a_breach(app: TinyApp, mischief: Mischief) -> None:
    said = iter(["<Say>Goodbye</Say>", "<Say>Are you still there?</Say>"])
    app.pages["/recorded"] = lambda seen: next(said)
    network = Network(app.url, ACCOUNT, TOKEN, mischief=mischief)
    network.phone(CALLER).dials(LINE).says("Julie").records(5, "#")
    with pytest.raises(AssertionError, match="answered differently"):
        network.close()


def test_dropped_kinds_never_arrive(app: TinyApp) -> None:
    with Network(app.url, ACCOUNT, TOKEN, mischief=Mischief(drop={"status", "recording"})) as network:
        whole_call(network)
    assert app.paths == ["/twilio/voice", "/name", "/recorded"]


def test_held_kinds_arrive_when_told(app: TinyApp) -> None:
    with Network(app.url, ACCOUNT, TOKEN, mischief=Mischief(hold={"recording"})) as network:
        whole_call(network)
        assert app.paths[-1] == "/twilio/status"
        network.deliver_held()
        assert app.paths[-1] == "/recording"


def test_a_recording_can_be_announced_before_its_action(app: TinyApp) -> None:
    with Network(app.url, ACCOUNT, TOKEN, mischief=Mischief(recording_first=True)) as network:
        whole_call(network)
    assert app.paths.index("/recording") < app.paths.index("/recorded")


def test_reordered_callbacks_come_after_the_call_in_an_order_that_the_seed_decides(app: TinyApp) -> None:
    orders: dict[int, tuple[str, ...]] = {}
    for seed in (*range(8), *range(8)):
        app.seen.clear()
        with Network(app.url, ACCOUNT, TOKEN, seed=seed, mischief=Mischief(reorder=True)) as network:
            whole_call(network)
        order = tuple(app.paths)
        assert orders.setdefault(seed, order) == order
        assert set(order[3:]) == {"/recording", "/twilio/status"}
    assert len(set(orders.values())) == 2


def test_mischief_strikes_as_often_as_it_is_likely_and_the_same_for_the_same_seed(app: TinyApp) -> None:
    def struck(seed: int) -> list[str]:
        app.seen.clear()
        with Network(app.url, ACCOUNT, TOKEN, seed=seed, mischief=Mischief(repeat=1, likely=0.5)) as network:
            for _ in range(4):
                whole_call(network)
        return app.paths

    assert struck(1) == struck(1)
    assert 20 < len(struck(1)) < 40
    assert struck(1) != struck(2)


def test_a_lost_answer_leads_to_the_fallback_although_the_app_has_acted(app: TinyApp) -> None:
    app.pages["/twilio/voice/fallback"] = '<Record action="{app}/recorded"/>'
    app.pages["/recorded"] = "<Say>Goodbye</Say>"
    with Network(app.url, ACCOUNT, TOKEN, mischief=Mischief(lose_answers=True, likely=0.5), seed=5) as network:
        for _ in range(6):
            network.phone(CALLER).dials(LINE).hangs_up()
    lost = app.asked("/twilio/voice/fallback")
    assert 0 < len(lost) < 6
    assert {form["ErrorCode"] for form in lost} == {"11205"}
    assert len(app.asked("/twilio/voice")) == 6


def test_probes_pass_an_app_that_checks_and_catch_one_that_does_not(app: TinyApp) -> None:
    mischief = Mischief(probe_signatures=True, probe_accounts=True)
    careless = Network(app.url, ACCOUNT, TOKEN, mischief=mischief)
    whole_call(careless)
    complaints = [breach.what for breach in careless.breaches]
    assert sum("missing signature" in complaint for complaint in complaints) == 5
    assert sum("wrong signature" in complaint for complaint in complaints) == 5
    assert sum("another account" in complaint for complaint in complaints) == 5
    with pytest.raises(AssertionError, match="not 403"):
        careless.close()
    signed_only(app)
    with Network(app.url, ACCOUNT, TOKEN, mischief=mischief) as network:
        whole_call(network)


def test_retries_are_those_of_the_urls_fragment_and_carry_one_token(app: TinyApp, network: Network) -> None:
    app.pages["/recording"] = Response(status=503)
    app.pages["/twilio/status"] = Response(status=503)
    network.expects_status(503)
    whole_call(network)
    recordings = [seen for seen in app.seen if seen.path == "/recording"]
    assert len(recordings) == 3
    assert len({seen.token for seen in recordings}) == 1
    assert len(app.asked("/twilio/status")) == 1


@pytest.mark.parametrize(
    ("answer", "matches"),
    [
        (Response("ok", mimetype="text/html"), "neither 204 nor sound XML"),
        (Response("", mimetype="text/html"), "neither 204 nor sound XML"),
        (Response(status=500), "status 500"),
        (Response(status=302, headers={"Location": "/elsewhere"}), "status 302"),
    ],
)
def test_a_callback_must_be_answered_with_204_or_sound_xml(app: TinyApp, answer: Response, matches: str) -> None:
    app.pages["/twilio/status"] = answer
    network = Network(app.url, ACCOUNT, TOKEN)
    whole_call(network)
    with pytest.raises(AssertionError, match=matches):
        network.close()


def test_an_empty_document_is_a_sound_answer_to_a_callback(app: TinyApp, network: Network) -> None:
    app.pages["/twilio/status"] = ""
    whole_call(network)


def test_a_slow_answer_is_a_breach(app: TinyApp) -> None:
    tired = threading.Event()
    app.pages["/name"] = lambda seen: "<Say>Late</Say>" if tired.wait(1.0) else "<Say>Too late</Say>"
    app.pages["/twilio/voice/fallback"] = "<Say>Goodbye</Say>"
    network = Network(app.url, ACCOUNT, TOKEN, timeout=0.2)
    network.phone(CALLER).dials(LINE).says("Julie").hears("Goodbye")
    tired.set()
    with pytest.raises(AssertionError, match="no answer"):
        network.close()


def test_a_captured_call_can_be_sent_again_as_it_was(app: TinyApp, network: Network) -> None:
    call = whole_call(network)
    before = [(seen.path, seen.form) for seen in app.seen]
    app.seen.clear()
    network.replay(call.sid)
    assert [(seen.path, seen.form) for seen in app.seen] == before
