"""The courier: carries one signed webhook to the app over HTTP, with the network's retries, and notes every breach."""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import requests

from phonebot.simulator.mischief import Kind
from phonebot.simulator.signing import signature, signed_voice_url

LONGEST_ANSWER = 15.0
"""Seconds a webhook may take, connecting included."""
RETRIED_BY_DEFAULT = "ct"
"""Without an override only a failed connection is tried again, once."""


@dataclass(frozen=True)
class Webhook:
    """One request to the app: `url` as the app wrote it, fragment and all; parameters in the order they are sent.

    `call_sid` is the sid of the call it is about, or of the text.
    """

    kind: Kind
    url: str
    parameters: tuple[tuple[str, str], ...] = ()
    method: str = "POST"
    call_sid: str = ""


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 means that nothing did, and `error` says why."""

    status: int
    content_type: str = ""
    body: bytes = b""
    seconds: float = 0.0
    error: str = ""

    @property
    def good(self) -> bool:
        """Whether it is a 2xx."""
        return 200 <= self.status < 300


@dataclass(frozen=True)
class Delivery:
    """A webhook with its answer, as the network's log keeps them."""

    webhook: Webhook
    answer: Answer


@dataclass
class Courier:
    """Carries webhooks for one account.

    The app is configured with `public_url`; `reached_at` says where it really listens when that differs (requests are
    signed for the public URL and sent there with its Host header).
    """

    auth_token: str
    public_url: str
    reached_at: str = ""
    timeout: float = LONGEST_ANSWER
    log: list[Delivery] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def carry(self, webhook: Webhook, *, sign: Callable[[str], str] | None = None) -> Answer:
        """Deliver once, retrying as the URL's fragment asks. `sign` may spoil the genuine signature."""
        url, overrides = split_overrides(webhook.url)
        token = hashlib.sha256(f"{url}{webhook.parameters}{len(self.log)}".encode("utf-8", "surrogatepass")).hexdigest()
        tries = 1 + int(overrides.get("rc", "1"))
        retried = overrides.get("rp", RETRIED_BY_DEFAULT).split(",")
        answer = Answer(0, error="never tried")
        for _ in range(tries):
            answer = self._send_once(webhook, url, overrides, token, sign or (lambda genuine: genuine))
            with self._lock:
                self.log.append(Delivery(webhook, answer))
            if not _is_retried(answer, retried):
                break
        return answer

    def _send_once(
        self, webhook: Webhook, url: str, overrides: dict[str, str], token: str, sign: Callable[[str], str]
    ) -> Answer:
        """One try over HTTP; connection trouble and slowness become an Answer with status 0."""
        body = b""
        signed: tuple[tuple[str, str], ...] = ()
        if webhook.method == "GET":
            url = _with_query(url, webhook.parameters)
        else:
            signed = webhook.parameters
            body = urlencode(signed, encoding="utf-8", errors="surrogatepass").encode()
        headers = {
            "I-Twilio-Idempotency-Token": token,
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
            "Host": urlsplit(url).netloc.rpartition("@")[2],
        }
        if given := sign(signature(self.auth_token, signed_voice_url(url), signed)):
            headers["X-Twilio-Signature"] = given
        if webhook.method != "GET":
            headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
        request = requests.Request(webhook.method, self._address(url), headers=headers, data=body or None)
        started = monotonic()
        try:
            return self._exchange(request, overrides, started)
        except requests.ConnectTimeout as error:
            return Answer(0, seconds=monotonic() - started, error=f"ct: {error}")
        except requests.Timeout as error:
            return Answer(0, seconds=monotonic() - started, error=f"rt: {error}")
        except requests.RequestException as error:
            return Answer(0, seconds=monotonic() - started, error=f"ct: {error}")

    def _exchange(self, request: requests.Request, overrides: dict[str, str], started: float) -> Answer:
        """The HTTP exchange itself, on a connection of its own and blind to the machine's proxies."""
        connect = min(int(overrides.get("ct", "5000")) / 1000, self.timeout)
        read = min(int(overrides.get("rt", "15000")) / 1000, self.timeout)
        with requests.Session() as session:
            session.trust_env = False
            prepared = session.prepare_request(request)
            prepared.url = request.url  # as written: the library would tidy the percent-encoding that was signed
            response = session.send(prepared, timeout=(connect, read), allow_redirects=False)
            content_type = response.headers.get("Content-Type", "")
            return Answer(response.status_code, content_type, response.content, monotonic() - started)

    def _address(self, url: str) -> str:
        """Where the app behind a public URL really listens."""
        if self.reached_at and url.startswith(self.public_url.rstrip("/") + "/"):
            return self.reached_at.rstrip("/") + url[len(self.public_url.rstrip("/")) :]
        return url


def split_overrides(url: str) -> tuple[str, dict[str, str]]:
    """The URL without its fragment, and the fragment's connection overrides (`#rc=2&rp=ct,5xx`) by name."""
    parts = urlsplit(url)
    pairs = (piece.partition("=") for piece in parts.fragment.split("&") if piece)
    return urlunsplit(parts._replace(fragment="")), {name: value for name, _, value in pairs}


def _is_retried(answer: Answer, retried: list[str]) -> bool:
    """Whether the overrides ask for another try after this answer."""
    if answer.status == 0:
        return "all" in retried or answer.error[:2] in retried
    family = f"{answer.status // 100}xx"
    return family in {"4xx", "5xx"} and ("all" in retried or family in retried)


def _with_query(url: str, parameters: tuple[tuple[str, str], ...]) -> str:
    """The URL with the parameters in its query, for a GET."""
    if not parameters:
        return url
    query = urlencode(parameters, quote_via=quote, encoding="utf-8", errors="surrogatepass")
    return url + ("&" if urlsplit(url).query else "?") + query
