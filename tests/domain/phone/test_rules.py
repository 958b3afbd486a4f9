"""What counts as a number, wholly said, and where we may ring."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.domain.phone.rules import Refusal, is_fixed_line, may_be_called, resolve


@pytest.mark.parametrize(
    ("digits", "region", "e164"),
    [
        ("07700900143", "GB", "+447700900143"),
        ("7700900143", "GB", None),
        ("447700900143", "GB", "+447700900143"),
        ("447700900143", "US", None),
        ("+4402079460143", "GB", "+442079460143"),
        ("0012125550143", "GB", "+12125550143"),
        ("2125550143", "GB", None),
        ("2125550143", "US", "+12125550143"),
        ("12125550143", "US", "+12125550143"),
        ("0011447700900143", "AU", "+447700900143"),
        ("1300555014", "AU", "+611300555014"),
        ("131450", "AU", None),
        ("24122026", "DK", None),
        ("2079460143", "ZZ", None),
    ],
)
def test_a_number_counts_only_when_wholly_said(digits: str, region: str, e164: str | None) -> None:
    assert resolve(digits, region) == e164


@given(st.text(alphabet="+0123456789", max_size=40), st.sampled_from(["GB", "US", "DE", "IT", "BR"]))
def test_whatever_resolves_resolves_to_itself(digits: str, region: str) -> None:
    e164 = resolve(digits, region)
    assert e164 is None or resolve(e164, region) == e164


@pytest.mark.parametrize(
    ("e164", "refusal"),
    [
        ("+447700900143", None),
        ("+442079460143", None),
        ("+12125550143", None),
        ("+18765550143", Refusal.COUNTRY),
        ("+33199001234", Refusal.COUNTRY),
        ("+8816123456789", Refusal.COUNTRY),
        ("+449012345678", Refusal.COSTLY),
        ("+447012345678", Refusal.COSTLY),
        ("+19005550143", Refusal.COSTLY),
        ("+44999", Refusal.NOT_A_NUMBER),
        ("client:bob", Refusal.NOT_A_NUMBER),
    ],
)
def test_only_ordinary_numbers_of_allowed_countries_may_be_rung(e164: str, refusal: Refusal | None) -> None:
    assert may_be_called(e164, "GB", ["US"]) is refusal


def test_another_country_is_refused_until_it_is_allowed() -> None:
    assert may_be_called("+12125550143", "GB", ()) is Refusal.COUNTRY
    assert may_be_called("+12125550143", "GB", ("US",)) is None


@pytest.mark.parametrize(
    ("e164", "fixed"),
    [
        ("+442079460143", True),
        ("+441632960143", True),
        ("+447700900143", False),
        ("+12125550143", False),
        ("+44999", False),
        ("client:bob", False),
    ],
)
def test_a_number_is_a_fixed_line_only_where_it_is_known_to_be(e164: str, fixed: bool) -> None:
    assert is_fixed_line(e164) is fixed
