"""The gate: who is refused before anything is looked up, and what is let in whatever it holds."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from phonebot.simulator.signing import signature
from phonebot.simulator.twiml import read_document
from phonebot.store.tables import WebhookRow
from tests.calling import counted, form_of, posts
from tests.running import ACCOUNT, TOKEN, Phonebot, running

VOICE, TURN = "/twilio/voice", "/twilio/voice/turn?n=1"
FORM = form_of(CallStatus="ringing")
FORM_KIND = "application/x-www-form-urlencoded"
JSON = b'{"AccountSid": "%s"}' % ACCOUNT.encode()


def signed_for(url: str) -> str:
    return signature(TOKEN, url, FORM)


def is_refused(phonebot: Phonebot, path: str, **how: object) -> None:
    """The post is answered 403, without a word of why, and no table has gained a row."""
    before = counted(phonebot)
    answer = posts(phonebot, path, FORM, **how)  # type: ignore[arg-type]  # a test's shorthand
    assert answer.status_code == 403
    assert b"ignature" not in answer.content
    assert counted(phonebot) == before


SPOILED: dict[str, Callable[[str], str]] = {
    "none": lambda url: "",
    "wrong": lambda url: signed_for(url).swapcase(),
    "cut short": lambda url: signed_for(url)[:8],
    "of nothing": lambda url: "=",
    "not of ascii": lambda url: "ü" * 28,
    "of the body alone": lambda url: signature(TOKEN, "", FORM),
    "of the address alone": lambda url: signature(TOKEN, url),
    "of another scheme": lambda url: signed_for(url.replace("http://", "https://")),
    "of another host": lambda url: signed_for(url.replace("127.0.0.1", "phonebot.example.com")),
    "of another path": lambda url: signed_for(url + "/"),
    "by another token": lambda url: signature("another token", url, FORM),
}


@pytest.mark.parametrize("how", SPOILED)
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_signature_that_does_not_fit_is_refused_and_leaves_no_row(phonebot: Phonebot, how: str) -> None:
    for path in (VOICE, "/twilio/status", "/twilio/recording", "/twilio/voice/accept?call=CA1&n=1"):
        is_refused(phonebot, path, signed=SPOILED[how](phonebot.settings.public_url + path))


def test_a_query_in_another_order_is_refused(phonebot: Phonebot) -> None:
    signed = signed_for(phonebot.settings.public_url + "/twilio/voice/accept?call=CA1&n=1&tried=1")
    is_refused(phonebot, "/twilio/voice/accept?n=1&call=CA1&tried=1", signed=signed)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_value_changed_on_the_way_is_refused(phonebot: Phonebot) -> None:
    changed = urlencode([*FORM[1:], ("AccountSid", ACCOUNT), ("Digits", "1")]).encode()
    is_refused(phonebot, TURN, body=changed)


def test_the_previous_token_is_accepted_while_tokens_are_changed(tmp_path: Path, database_url: str) -> None:
    with running(tmp_path, database_url, TWILIO_AUTH_TOKEN_PREVIOUS="the old token") as phonebot:
        assert posts(phonebot, VOICE, FORM, token="the old token").status_code == 200
        assert posts(phonebot, VOICE, FORM).status_code == 200
        is_refused(phonebot, VOICE, token="the token before that")
        assert len(phonebot.calls()) == 1


@pytest.mark.parametrize("account", ["AC" + "f" * 32, "", ACCOUNT.upper()])
def test_another_account_is_refused_however_well_it_signs(phonebot: Phonebot, account: str) -> None:
    before = counted(phonebot)
    assert posts(phonebot, VOICE, form_of(AccountSid=account)).status_code == 403
    assert posts(phonebot, VOICE, [*FORM, ("AccountSid", account)]).status_code == 403
    assert posts(phonebot, VOICE, FORM[1:]).status_code == 403
    assert counted(phonebot) == before


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("hashed", [JSON, b"another body"])
def test_a_body_of_json_is_refused_with_the_right_hash_and_with_a_wrong_one(phonebot: Phonebot, hashed: bytes) -> None:
    path = f"{VOICE}?bodySHA256={hashlib.sha256(hashed).hexdigest()}"
    genuine = signature(TOKEN, phonebot.settings.public_url + path)
    is_refused(phonebot, path, body=JSON, kind="application/json", signed=genuine)
    is_refused(phonebot, path, signed=genuine)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data; boundary=x", "text/xml"])
def test_a_form_that_says_it_is_something_else_is_refused(phonebot: Phonebot, kind: str) -> None:
    is_refused(phonebot, VOICE, kind=kind)
    is_refused(phonebot, VOICE, kind=kind, signed=signature(TOKEN, phonebot.settings.public_url + VOICE))


@pytest.mark.parametrize(
    "path", ["/twilio/", "/twilio/nothing", "/twilio/voice/", "/%74wilio/voice", "/twilio%2Fvoice", "/twilio/./voice"]
)
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_stranger_cannot_tell_which_addresses_exist(phonebot: Phonebot, path: str) -> None:
    is_refused(phonebot, path, signed="")


@pytest.mark.parametrize("path", ["//twilio/voice", "/x/../twilio/voice", "/Twilio/voice", "/twilio;x/voice"])
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_no_spelling_of_an_address_goes_round_the_gate(phonebot: Phonebot, path: str) -> None:
    before = counted(phonebot)
    assert posts(phonebot, path, FORM, signed="").status_code != 200
    assert counted(phonebot) == before


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_body_too_large_to_be_a_form_is_not_read(phonebot: Phonebot) -> None:
    assert posts(phonebot, VOICE, [*FORM, ("SpeechResult", "a" * 1_000_001)]).status_code == 413
    assert phonebot.calls() == []


def test_what_is_unknown_is_accepted_and_kept(phonebot: Phonebot) -> None:
    strange = {f"Unheard{number}": f"of {number}" for number in range(30)} | {"CallStatus": "levitating", "Empty": ""}
    live = phonebot.network.phone("+447700900143").dials("+442079460100", extra=strange)
    live.says("Julie Smith").hangs_up()
    event = form_of(live.sid, RecordingStatus="astonished", RecordingSid="RE" + "1" * 32, Novelty="yes")
    assert posts(phonebot, "/twilio/recording", event).status_code == 204
    with phonebot.database.read() as session:
        kept = [row.posted or {} for row in session.scalars(select(WebhookRow).order_by(WebhookRow.id))]
    assert len(kept) == 4
    assert all(strange.items() <= posted.items() for posted in kept[:3])
    assert (kept[3]["RecordingStatus"], kept[3]["Novelty"]) == ("astonished", "yes")
    assert phonebot.recordings() == []
    assert phonebot.the_message().name == "Julie Smith"


def test_of_a_name_posted_twice_the_last_counts_and_both_are_signed(phonebot: Phonebot) -> None:
    assert posts(phonebot, VOICE, FORM).status_code == 200
    assert posts(phonebot, TURN, [*form_of(), ("SpeechResult", "Ann"), ("SpeechResult", "Julie")]).status_code == 200
    assert phonebot.the_message().name == "Julie"


FIELDS = (
    "CallSid", "From", "To", "CallStatus", "Direction", "CallerName", "ForwardedFrom", "SpeechResult", "Confidence",
    "Digits", "RecordingSid", "RecordingUrl", "RecordingDuration", "RecordingStatus", "DialCallStatus", "DialBridged",
    "ErrorCode", "Timestamp", "\u202e\ud800",
)  # fmt: skip
PATHS = (
    VOICE,
    "/twilio/voice/turn?n=1",
    "/twilio/voice/turn?n=2",
    "/twilio/voice/turn?n=-%C2%B2",
    "/twilio/voice/whisper?call=CA1&n=1",
    "/twilio/voice/accept?call=%00&n=99999999999999999999",
    "/twilio/voice/fallback",
    "/twilio/voice/last",
    "/twilio/status",
    "/twilio/recording",
)
ODD = (
    "\x00",
    "\ud800",
    "\udfff\ud800",
    "\u202e",
    "😀",
    "\r\nX: y",
    "\x1b[31m",
    "]]>",
    "<Hangup/>&amp;",
    "\ufffe",
    "\x85",
)
VALUES = st.one_of(
    st.text(st.characters(), max_size=40),
    st.lists(st.sampled_from([*ODD, "yes", "Julie ", "1", "+44", " "]), max_size=12).map("".join),
    st.sampled_from(["", "9" * 400, "1e400", "nan", "-1", "Infinity", "😀" * 10_000, "a" * 10_000, "\ud800" * 10_000]),
)


@example(path=PATHS[1], values={"SpeechResult": "Julie \ud800\x00Smith \u202e😀"})
@example(path=PATHS[3], values={"CallSid": "\x00"})
@given(path=st.sampled_from(PATHS), values=st.dictionaries(st.sampled_from(FIELDS), VALUES, min_size=1, max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_field_holds_the_caller_is_answered_and_it_is_stored(
    phonebot: Phonebot, path: str, values: dict[str, str]
) -> None:
    sid = "CA" + hashlib.sha256(repr((path, values)).encode()).hexdigest()[:32]
    assert posts(phonebot, VOICE, form_of(sid, CallStatus="ringing")).status_code == 200
    form = list((dict(form_of(sid)) | values).items())
    body = urlencode(form, encoding="utf-8", errors="surrogatepass").encode()
    for _ in range(2):
        answer = posts(phonebot, path, form, body=body)
        assert answer.status_code == (200 if "/voice" in path else 204)
        if answer.content:
            whisper = "/whisper" in path or "/accept" in path
            read_document(answer.content, answer.headers["Content-Type"], whisper=whisper)


@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"], indirect=True)
def test_what_the_rows_hold_after_odd_text_is_text(phonebot: Phonebot) -> None:
    odd = "".join(ODD) + "x" * 20_000
    live = phonebot.rings().says("Julie Smith").presses("1")
    form = form_of(live.sid, SpeechResult="The invoice " + odd, CallerName=odd, Novelty=odd)
    body = urlencode(form, encoding="utf-8", errors="surrogatepass").encode()
    answer = posts(phonebot, "/twilio/voice/turn?n=3", form, body=body)
    read_document(answer.content, answer.headers["Content-Type"])
    business = phonebot.the_message().business or ""
    assert business.startswith("The invoice ")
    assert "😀" in business
    assert not {"\x00", "\ud800", "\x1b"} & set(business)
    assert len(business) <= 10_001
    live.hangs_up()
    assert phonebot.the_message().state == "new"


def test_text_that_is_not_utf8_is_checked_over_its_bytes(phonebot: Phonebot) -> None:
    form = form_of(SpeechResult="\ud800 Julie")
    body = urlencode(form, encoding="utf-8", errors="surrogatepass").encode()
    assert b"%ED%A0%80" in body
    assert posts(phonebot, VOICE, FORM).status_code == 200
    before = counted(phonebot)
    assert posts(phonebot, TURN, form, body=body.replace(b"Julie", b"Julia")).status_code == 403
    assert counted(phonebot) == before
    assert posts(phonebot, TURN, form, body=body).status_code == 200
    assert "Julie" in (phonebot.the_message().name or "")


def test_nothing_that_a_log_or_a_page_would_act_on_is_lost_or_done(phonebot: Phonebot) -> None:
    said = '=HYPERLINK("http://x") <script>alert(1)</script>\r\nBcc: all'
    phonebot.rings().says("Julie Smith").presses("1").says(said).says("Thursday").presses("#").hears(
        "script"
    ).hangs_up()
    assert phonebot.the_message().business == '=HYPERLINK("http://x") <script>alert(1)</script> Bcc: all'
