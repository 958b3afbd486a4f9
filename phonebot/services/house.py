"""What every use case of a call works with: the database, the flows, the prompts and the addresses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeTimedSerializer

from phonebot.dialog.flow import Script
from phonebot.domain.recording import RECORDING_SID
from phonebot.domain.spoken import Prompt
from phonebot.prompts import Prompts
from phonebot.services.failpoints import Reached, pass_by
from phonebot.store.database import Database
from phonebot.telephony.twiml import Addresses

PLAYBACK_SECONDS = 600
"""How long the address of a recording works: as long as a caller could still be listening to it."""


@dataclass(frozen=True, slots=True)
class PlaybackLinks:
    """Addresses under which a caller may hear their own recording for a while, and nobody could guess."""

    serializer: URLSafeTimedSerializer

    @classmethod
    def signed_with(cls, secret: str) -> "PlaybackLinks":
        """Links signed with the application's secret."""
        return cls(URLSafeTimedSerializer(secret, salt="playback"))

    def token(self, recording_sid: str) -> str:
        """The part of the address that names a recording."""
        token = self.serializer.dumps(recording_sid)
        return token if isinstance(token, str) else token.decode("ascii")

    def recording(self, token: str) -> str | None:
        """The recording behind a token, or None when it is forged or too old."""
        try:
            sid = self.serializer.loads(token, max_age=PLAYBACK_SECONDS)
        except BadSignature:
            return None
        return sid if isinstance(sid, str) and RECORDING_SID.fullmatch(sid) else None


@dataclass(frozen=True, slots=True)
class House:
    """One running phonebot, as the use cases see it. `public_url` has no slash at its end."""

    database: Database
    script: Script
    prompts: Mapping[str, Prompts]
    public_url: str
    playback: PlaybackLinks
    reached: Reached = pass_by

    def prompts_in(self, language: str) -> Prompts:
        """The prompts of an office's language ("en-GB"), by its first part."""
        return self.prompts[language.partition("-")[0]]

    def speaker(self, language: str) -> Callable[[Prompt], str]:
        """Puts prompts into words."""
        return self.prompts_in(language).speak

    def addresses(self, call_sid: str, turn: int) -> Addresses:
        """Where the TwiML of a turn points: `turn` is the one being answered."""
        base = self.public_url
        return Addresses(
            turn=f"{base}/twilio/voice/turn?n={turn + 1}",
            recording=f"{base}/twilio/recording",
            whisper=f"{base}/twilio/voice/whisper?call={call_sid}&n={turn}",
            playback=lambda sid: f"{base}/recordings/{self.playback.token(sid)}",
        )
