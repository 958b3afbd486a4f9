"""Signatures. The vectors were made with Twilio's own helper library and the token 12345."""

import base64
import hashlib
import hmac
from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.simulator.signing import signature
from phonebot.telephony.signature import SignatureCheck, posted_form

CHECK = SignatureCheck(["12345"])
X = "https://example.com/x"


@pytest.mark.parametrize(
    ("url", "body", "signed"),
    [
        (X, "b=1&B=2&a=3", "VqEZjtpUnP82cCXJWj9vkWS3BSo="),
        (X, "A=2&A=1&A=1&B=", "J9v60Y4T3jDEKg5GqhXDRBQIFV4="),
        (X, urlencode({"CallerName": "Zoë 😀", "SpeechResult": "  hi  "}), "/fOpNXZNB96EtjpZ54IHRudnbJQ="),
        (X, "", "uun0/3452neA+UJKgVpv8ZnK/DM="),
        ("https://example.com:8443/cb", "A=1", "NzQxwu87K8WtJ/BVRGYKr+NLmZY="),
        ("https://example.com:443/cb", "A=1", "PizAyg+oVpOzY5FjPAq/iDcBr4A="),
        ("https://example.com/cb", "A=1", "PizAyg+oVpOzY5FjPAq/iDcBr4A="),
    ],
)
def test_what_twilio_signs_is_valid(url: str, body: str, signed: str) -> None:
    assert CHECK.verified(url, body.encode(), signed) is not None


@pytest.mark.parametrize(
    ("url", "body", "signed"),
    [
        (X, "b=1&B=2&a=3", ""),
        (X, "b=1&B=2&a=3", "VqEZjtpUnP82"),
        (X, "b=1&B=2&a=4", "VqEZjtpUnP82cCXJWj9vkWS3BSo="),
        ("http://example.com/x", "b=1&B=2&a=3", "VqEZjtpUnP82cCXJWj9vkWS3BSo="),
        ("https://example.org/x", "b=1&B=2&a=3", "VqEZjtpUnP82cCXJWj9vkWS3BSo="),
        (X, "b=1&B=2&a=3", "VqEZjtpUnP82cCXJWj9vkWS3BSö="),
    ],
)
def test_anything_else_is_not(url: str, body: str, signed: str) -> None:
    assert CHECK.verified(url, body.encode(), signed) is None


def test_the_previous_token_still_signs_while_tokens_are_changed() -> None:
    both = SignatureCheck(["new", "12345"])

    assert both.verified(X, b"b=1&B=2&a=3", "VqEZjtpUnP82cCXJWj9vkWS3BSo=") is not None
    assert SignatureCheck(["new"]).verified(X, b"b=1&B=2&a=3", "VqEZjtpUnP82cCXJWj9vkWS3BSo=") is None


@given(st.dictionaries(st.text(min_size=1, max_size=9), st.text(max_size=30), max_size=5))
def test_every_text_that_can_be_posted_can_be_checked(form: dict[str, str]) -> None:
    body = urlencode(form).encode()

    assert {name: values[-1] for name, values in posted_form(body).items()} == form
    assert CHECK.verified(X, body, signature("12345", X, form.items())) is not None


def test_text_that_is_not_utf_8_is_checked_as_the_bytes_it_was_sent_as() -> None:
    body = urlencode({"SpeechResult": "a lone \ud800 surrogate"}, errors="surrogatepass").encode()
    digest = hmac.new(b"12345", X.encode() + b"SpeechResulta lone \xed\xa0\x80 surrogate", hashlib.sha1).digest()

    assert CHECK.verified(X, body, base64.b64encode(digest).decode()) is not None
    assert CHECK.verified(X, body + b"x", base64.b64encode(digest).decode()) is None


@given(st.binary(max_size=60))
def test_no_body_makes_the_check_fail_otherwise_than_by_refusing(body: bytes) -> None:
    assert CHECK.verified(X, body, "AAAA") is None
    assert CHECK.verified(X, quote_plus(body).encode(), "AAAA") is None
