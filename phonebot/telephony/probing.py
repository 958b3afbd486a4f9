"""Looking at phonebot, and at Twilio, from outside: who answers, how, and by which clock. Nothing is changed by it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from twilio.request_validator import RequestValidator

from phonebot.config import Settings, is_loopback
from phonebot.domain.recording import RECORDING_SID
from phonebot.telephony.connection import SILENCE_SECONDS
from phonebot.telephony.errors import Unavailable

if TYPE_CHECKING:
    from requests import Response

NOWHERE: Final = "/twilio/nowhere?call=nobody&n=1"
"""An address below the gate at which there is nothing: who is let in finds nothing there, and leaves nothing."""

READY: Final = "ready"
"""What GET /ready answers where all is well, without the end of its line."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An answer as a stranger sees it: its HTTP status, and the beginning of its text."""

    status: int
    text: str


class Probe:
    """Asks as a stranger, or as Twilio would. Its methods raise Unavailable, with why, where nobody answers."""

    def __init__(self, settings: Settings, *, silence_seconds: float = SILENCE_SECONDS) -> None:
        self._public_url = settings.public_url
        self._api_url = settings.twilio_api_url
        self._account = settings.twilio_account_sid
        self._token = settings.twilio_auth_token.get_secret_value()
        self._silence_seconds = silence_seconds

    def ready(self) -> Seen:
        """What phonebot's own GET /ready answers."""
        return _seen(self._ask("GET", f"{self._public_url}/ready"))

    def knocks(self, *, signed: bool) -> Seen:
        """What a webhook that asks for nothing is answered, signed as Twilio would sign it or not at all."""
        url, form = self._public_url + NOWHERE, {"AccountSid": self._account}
        signature = RequestValidator(self._token).compute_signature(url, form) if signed else ""
        headers = {"X-Twilio-Signature": str(signature)} if signed else {}
        return _seen(self._ask("POST", url, data=form, headers=headers))

    def twilio_time(self) -> datetime | None:
        """What Twilio's clock says (aware UTC, to the second); None where its answer does not tell."""
        told = self._ask("GET", f"{self._api_url}/2010-04-01").headers.get("Date", "")
        try:
            return parsedate_to_datetime(told).astimezone(UTC)
        except ValueError:
            return None

    def stranger_hears(self, recording_sid: str) -> int:
        """The HTTP status a stranger gets for a recording's audio; of the audio nothing is read.

        Raise ValueError on what is no sid.
        """
        if not RECORDING_SID.fullmatch(recording_sid):
            raise ValueError("not the sid of a recording")
        url = f"{self._api_url}/2010-04-01/Accounts/{self._account}/Recordings/{recording_sid}.wav"
        return self._ask("GET", url, stream=True).status_code

    def _ask(self, method: str, url: str, **options: Any) -> "Response":
        from requests import RequestException, Session  # noqa: PLC0415 - heavy, and only doctors ask
        from requests.exceptions import SSLError  # noqa: PLC0415 - as above

        with Session() as session:
            session.trust_env = not is_loopback(urlsplit(url).hostname or "")
            try:
                return session.request(
                    method, url, auth=_anonymous, timeout=self._silence_seconds, allow_redirects=False, **options
                )
            except SSLError as error:
                raise Unavailable("its certificate is not good, or it does not speak https") from error
            except RequestException as error:
                raise Unavailable(f"nobody answers ({type(error).__name__})") from error


def _seen(response: "Response") -> Seen:
    return Seen(response.status_code, response.text[:200].strip())


def _anonymous(request: Any) -> Any:
    """An auth that adds nothing: with none at all, requests would look for the host in a .netrc file."""
    return request
