"""REST requests to Twilio, made nowhere else: calls, texts and numbers by their own parts, and recordings here."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

from phonebot.config import Settings
from phonebot.domain.recording import RECORDING_SID
from phonebot.telephony.calls import Calls
from phonebot.telephony.connection import SID, SILENCE_SECONDS, every_one, our_errors
from phonebot.telephony.errors import NotThere, Refused, Unavailable, error_for
from phonebot.telephony.numbers import Numbers
from phonebot.telephony.texts import Texts

if TYPE_CHECKING:
    from requests import Response, Session

MEGABYTE: Final = 1_000_000
MOST_BYTES: Final = 25 * MEGABYTE
"""A three-minute recording is 3 MB; nothing phonebot asks for comes near this, and a worker can hold it in memory."""

MOST_SECONDS: Final = 120.0
"""How long one recording may take to arrive, however steadily it drips. Shorter than a worker's lease."""

MOST_REDIRECTS: Final = 3
MEDIA_HOSTS: Final = ("twilio.com", "amazonaws.com")
"""Where Twilio keeps audio (twilio.com/docs/voice/api/recording): these and their subdomains are followed to."""


@dataclass(frozen=True, slots=True)
class ListedRecording:
    """A recording as Twilio lists it. `created` is aware UTC; `seconds` is None until it is known."""

    sid: str
    call_sid: str
    seconds: float | None
    status: str
    created: datetime
    source: str


@dataclass(frozen=True, slots=True)
class CallAtTwilio:
    """Who rang which number, as Twilio remembers it; either may be empty."""

    to: str
    from_: str


class TwilioClient(Calls, Texts, Numbers):
    """One Twilio account over REST. Its methods raise phonebot.telephony.errors.TwilioError.

    `most_bytes` and `most_seconds` bound one recording's audio; `silence_seconds` bounds every wait for an answer.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        most_bytes: int = MOST_BYTES,
        most_seconds: float = MOST_SECONDS,
        silence_seconds: float = SILENCE_SECONDS,
    ) -> None:
        super().__init__(settings, silence_seconds=silence_seconds)
        self._most_bytes = most_bytes
        self._most_seconds = most_seconds

    @cached_property
    def _session(self) -> "Session":
        from requests import Session  # noqa: PLC0415 - heavy, and the web never fetches

        session = Session()
        session.trust_env = not self._loopback
        return session

    def recording_audio(self, sid: str) -> Iterator[bytes]:
        """The audio of a recording, piece by piece, as WAV. Raise ValueError if `sid` is not a recording's.

        The address is made of the configured base, the account and the sid, and of nothing that was posted to us.
        Raise NotThere while Twilio is not ready, Unavailable on a broken or slow transfer, Refused past the cap.
        """
        url = f"{self._api_url}/2010-04-01/Accounts/{self._account}/Recordings/{_valid(sid)}.wav"
        return self._download(url)

    def _download(self, url: str) -> Iterator[bytes]:
        from requests import RequestException  # noqa: PLC0415 - as above
        from urllib3.exceptions import HTTPError  # noqa: PLC0415 - as above

        deadline = monotonic() + self._most_seconds
        received = 0
        try:
            with self._follow(url) as response:
                # read1 hands over what has come, where iter_content would wait, unbounded, for a whole piece.
                while piece := response.raw.read1(65_536):
                    received += len(piece)
                    if received > self._most_bytes:
                        raise Refused(f"a recording of over {self._most_bytes // MEGABYTE} MB")
                    if monotonic() > deadline:
                        raise Unavailable("the recording came too slowly")
                    yield piece
        except (RequestException, HTTPError) as error:
            raise Unavailable(f"the recording did not come: {type(error).__name__}") from error

    def _follow(self, url: str) -> "Response":
        """The answer with status 200, after redirects to allowed hosts; our credentials go to the first only."""
        self._circuit.pass_or_raise()
        for hop in range(MOST_REDIRECTS + 1):
            response = self._session.get(
                url,
                auth=(self._account, self._token) if hop == 0 else _anonymous,
                headers={"Accept-Encoding": "identity"},
                stream=True,
                timeout=self._silence_seconds,
                allow_redirects=False,
            )
            if hop == 0:
                self._circuit.heard(response.status_code)
            if response.status_code == 200:
                return response
            response.close()
            if response.status_code not in {301, 302, 303, 307, 308}:
                raise error_for(response.status_code, response.headers.get("Retry-After"))
            url = urljoin(url, response.headers.get("Location", ""))
            if self._loopback or not is_media_host(url):
                raise Refused("redirected to a host that is not Twilio's")
        raise Unavailable("redirected too often")

    def list_recordings(self, since: datetime) -> Iterator[ListedRecording]:
        """The account's recordings made at `since` (aware) or later, page by page as Twilio gives them."""
        with our_errors():
            for one in every_one(self._sdk.recordings, date_created_after=since.astimezone(UTC)):
                created = one.date_created
                # Twilio may read the bound as a whole day.
                if created is not None and created >= since and RECORDING_SID.fullmatch(one.sid or ""):
                    seconds = _seconds(one.duration)
                    yield ListedRecording(
                        one.sid, one.call_sid or "", seconds, str(one.status), created, str(one.source)
                    )

    def delete_recording(self, sid: str) -> None:
        """Delete a recording at Twilio; one that is gone already is fine. Raise ValueError on what is no sid."""
        recording = self._sdk.recordings(_valid(sid))
        with suppress(NotThere), our_errors():
            recording.delete()

    def look_up_call(self, sid: str) -> CallAtTwilio | None:
        """Who rang whom in a call, or None where Twilio does not know it."""
        if not SID.fullmatch(sid):
            return None
        with suppress(NotThere), our_errors():
            call = self._sdk.calls(sid).fetch()
            return CallAtTwilio(call.to or "", call._from or "")
        return None


def _anonymous(request: Any) -> Any:
    """An auth that adds nothing: with none at all, requests would look for the host in a .netrc file."""
    return request


def _valid(sid: str) -> str:
    if not RECORDING_SID.fullmatch(sid):
        raise ValueError("not the sid of a recording")
    return sid


def _seconds(duration: str | None) -> float | None:
    """Twilio gives whole seconds as text, and -1 while it does not know."""
    return float(duration) if duration and duration.isascii() and duration.isdigit() else None


def is_media_host(url: str) -> bool:
    """Whether a redirect may be followed: https on its usual port, without credentials, to one of Twilio's hosts."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = (parts.hostname or "").rstrip(".")
    allowed = any(host == one or host.endswith(f".{one}") for one in MEDIA_HOSTS)
    return parts.scheme == "https" and port in {None, 443} and parts.username is None and allowed
