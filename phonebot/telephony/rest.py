"""The Twilio SDK, pointed at TWILIO_API_URL. Imported only when a request is made: it costs half a second and 25 MB."""

from typing import Any
from urllib.parse import urlsplit

from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from phonebot.telephony.errors import Refused

TWILIO = "https://api.twilio.com"
"""Where the SDK sends everything that phonebot asks for."""


class RedirectedHttpClient(TwilioHttpClient):  # type: ignore[misc]  # the SDK has no types
    """Sends what the SDK means for api.twilio.com to another address, and refuses to go anywhere else."""

    def __init__(self, api_url: str, timeout: float, *, use_proxy: bool) -> None:
        super().__init__(timeout=timeout)
        self._api_url = api_url
        self.session.trust_env = use_proxy

    def request(self, method: str, url: str, *args: Any, **options: Any) -> Response:
        """Make the request at the configured address; raise Refused if it is not for api.twilio.com."""
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" != TWILIO:
            raise Refused("Twilio named a page on another host")
        return super().request(method, self._api_url + url.removeprefix(TWILIO), *args, **options)

    def log_request(self, kwargs: dict[str, Any]) -> None:
        """Log nothing: the SDK would write the parameters, and those hold telephone numbers."""

    def log_response(self, status_code: int, response: Any) -> None:
        """Log nothing, for the same reason."""


def rest_client(account_sid: str, token: str, api_url: str, *, timeout: float, use_proxy: bool) -> Client:
    """An SDK client for the account, whose every request goes to `api_url` and gives up after `timeout` seconds."""
    return Client(account_sid, token, http_client=RedirectedHttpClient(api_url, timeout, use_proxy=use_proxy))
