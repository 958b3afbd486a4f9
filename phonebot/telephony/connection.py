"""One account at Twilio, reached over REST: the connection that its calls, texts, numbers and recordings share."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlsplit

from phonebot.config import Settings, is_loopback
from phonebot.telephony.circuit import Circuit
from phonebot.telephony.errors import Unavailable

SILENCE_SECONDS: Final = 10.0
"""How long Twilio may send nothing before we give up."""

MOST_PAGES: Final = 200
"""Of 200 resources each: more than any account gathers between two looks at a list."""

SID = re.compile(r"[A-Za-z0-9-]{1,64}")
"""What may stand in the path of a request. Providers that speak Twilio's language have sids of other shapes."""


class Connection:
    """The SDK of one account, made at the first request. `silence_seconds` bounds every wait for an answer."""

    def __init__(self, settings: Settings, *, silence_seconds: float = SILENCE_SECONDS) -> None:
        self._account = settings.twilio_account_sid
        self._token = settings.twilio_auth_token.get_secret_value()
        self._api_url = settings.twilio_api_url
        self._loopback = is_loopback(urlsplit(self._api_url).hostname or "")
        self._silence_seconds = silence_seconds
        self._circuit = Circuit()

    @cached_property
    def _sdk(self) -> Any:
        from phonebot.telephony.rest import rest_client  # noqa: PLC0415 - the SDK is heavy, and the web never asks

        return rest_client(
            self._account,
            self._token,
            self._api_url,
            timeout=self._silence_seconds,
            use_proxy=not self._loopback,
            circuit=self._circuit,
        )


@contextmanager
def our_errors(unreadable: type[Unavailable] = Unavailable) -> Iterator[None]:
    """Turn what the SDK makes of an answer it cannot read into `unreadable`; other errors are TwilioErrors already."""
    from twilio.base.exceptions import TwilioException  # noqa: PLC0415 - as above

    try:
        yield
    except (TwilioException, ValueError) as error:
        raise unreadable("Twilio's answer makes no sense") from error


def every_one(resources: Any, **filters: Any) -> Iterator[Any]:
    """Every resource of one of the SDK's lists, page by page; raise Unavailable where it never ends."""
    page = resources.page(page_size=200, **filters)
    for _ in range(MOST_PAGES):
        yield from page
        if not page.next_page_url:
            return
        page = resources.get_page(page.next_page_url)
    raise Unavailable("Twilio's list has no end")


def checked(sid: str) -> str:
    """The sid; raise ValueError where it is none, so that nothing else ever becomes part of an address."""
    if not SID.fullmatch(sid):
        raise ValueError("not a sid")
    return sid
