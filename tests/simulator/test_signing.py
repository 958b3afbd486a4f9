import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from phonebot.simulator.signing import signature, signed_voice_url

CALL = [
    ("CallSid", "CA1234567890ABCDE"),
    ("Caller", "+14158675310"),
    ("Digits", "1234"),
    ("From", "+14158675310"),
    ("To", "+18005551212"),
]


@pytest.mark.parametrize(
    ("url", "parameters", "expected"),
    [
        ("https://example.com/myapp.php?foo=1&bar=2", CALL, "L/OH5YylLD5NRKLltdqwSvS0BnU="),
        ("https://mycompany.com/myapp.php?foo=1&bar=2", CALL, "GvWf1cFY/Q7PnoempGyD5oXAezc="),
        ("https://example.com/x", [("b", "1"), ("B", "2"), ("a", "3")], "VqEZjtpUnP82cCXJWj9vkWS3BSo="),
        ("https://example.com/x", [("A", "2"), ("A", "1"), ("A", "1"), ("B", "")], "J9v60Y4T3jDEKg5GqhXDRBQIFV4="),
        (
            "https://example.com/x",
            [("CallerName", "Zoë 😀"), ("SpeechResult", "  hi  ")],
            "/fOpNXZNB96EtjpZ54IHRudnbJQ=",
        ),
        ("https://example.com/x", [], "uun0/3452neA+UJKgVpv8ZnK/DM="),
        (
            "https://example.com/voice?From=%2B14155551234&To=%2B18005551212&CallSid=CA1",
            [],
            "y48uAmZ3d280fXbuRJ7nlB2XrHc=",
        ),
        ("https://example.com:8443/cb", [("A", "1")], "NzQxwu87K8WtJ/BVRGYKr+NLmZY="),
        ("https://example.com:443/cb", [("A", "1")], "PizAyg+oVpOzY5FjPAq/iDcBr4A="),
    ],
)
def test_the_published_vectors_hold(url: str, parameters: list[tuple[str, str]], expected: str) -> None:
    assert signature("12345", url, parameters) == expected


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.dictionaries(WORDS.filter(bool), WORDS, max_size=6))
def test_the_client_library_accepts_what_we_sign(parameters: dict[str, str]) -> None:
    url = "https://example.com/twilio/voice?n=3"
    assert RequestValidator("token").validate(url, parameters, signature("token", url, parameters.items()))


@pytest.mark.parametrize(
    ("url", "signed"),
    [
        ("https://example.com:8443/a?b=%7Ec#rc=2", "https://example.com/a?b=%7Ec"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
        ("https://user:word@example.com/a", "https://example.com/a"),
    ],
)
def test_a_voice_url_is_signed_without_fragment_user_or_https_port(url: str, signed: str) -> None:
    assert signed_voice_url(url) == signed
