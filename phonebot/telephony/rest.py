"""The Twilio SDK, pointed at TWILIO_API_URL. Imported only when a request is made: it costs half a second and 25 MB."""

import json
from typing import Any
from urllib.parse import urlsplit

from requests import ConnectTimeout, RequestException
from requests.exceptions import ProxyError
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client
from urllib3.exceptions import NewConnectionError

from phonebot.telephony.circuit import Circuit
from phonebot.telephony.errors import Refused, TwilioError, Unavailable, Unknown, error_for

TWILIO = "https://api.twilio.com"
"""Where the SDK sends everything that phonebot asks for."""

CREATING = ("/Calls.json", "/Messages.json")
"""Posting to these rings somebody or texts them, and Twilio takes no key by which it would know a repetition."""


class RedirectedHttpClient(TwilioHttpClient):  # type: ignore[misc]  # the SDK has no types
    """Sends what the SDK means for api.twilio.com to another address, and refuses to go anywhere else."""

    def __init__(self, api_url: str, timeout: float, *, use_proxy: bool, circuit: Circuit) -> None:
        super().__init__(timeout=timeout)
        self._api_url = api_url
        self._circuit = circuit
        self.session.trust_env = use_proxy

    def request(self, method: str, url: str, *args: Any, **options: Any) -> Response:
        """Make the request at the configured address, once. Raise TwilioError on anything but a sound 2xx answer.

        That is done here because the SDK's own errors hold neither the headers nor how far the request got.
        """
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" != TWILIO:
            raise Refused("Twilio named a page on another host")
        creating = method.upper() == "POST" and parts.path.endswith(CREATING)
        self._circuit.pass_or_raise()
        try:
            response = super().request(method, self._api_url + url.removeprefix(TWILIO), *args, **options)
        except RequestException as error:
            raise _unanswered(error, creating=creating) from error
        except UnicodeError as error:
            raise Refused("what was to be sent holds half a character") from error
        self._circuit.heard(response.status_code)
        if not 200 <= response.status_code < 300:
            code = _object(response.text).get("code")
            raise error_for(
                response.status_code,
                response.headers.get("Retry-After"),
                code=code if isinstance(code, int) else None,
                creating=creating,
            )
        if response.status_code != 204 and not _object(response.text):
            raise (Unknown if creating else Unavailable)("Twilio's answer makes no sense")
        return response

    def log_request(self, kwargs: dict[str, Any]) -> None:
        """Log nothing: the SDK would write the parameters, and those hold telephone numbers."""

    def log_response(self, status_code: int, response: Any) -> None:
        """Log nothing, for the same reason."""


def rest_client(
    account_sid: str, token: str, api_url: str, *, timeout: float, use_proxy: bool, circuit: Circuit
) -> Client:
    """An SDK client for the account, whose every request goes to `api_url` and gives up after `timeout` seconds."""
    ours = RedirectedHttpClient(api_url, timeout, use_proxy=use_proxy, circuit=circuit)
    return Client(account_sid, token, http_client=ours)


def _unanswered(error: RequestException, *, creating: bool) -> TwilioError:
    """The error for a request without an answer: what would create is Unknown unless no connection was made at all."""
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    unsent = isinstance(error, ConnectTimeout | ProxyError) or isinstance(reason, NewConnectionError)
    kind = Unknown if creating and not unsent else Unavailable
    return kind(f"Twilio did not answer: {type(error).__name__}")


def _object(text: str) -> dict[str, Any]:
    """The JSON object an answer holds; an empty one where it holds something else."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
