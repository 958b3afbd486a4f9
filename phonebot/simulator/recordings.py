"""The recordings that the network keeps: how a webhook announces one, and when its sound can be fetched."""

import threading
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

from phonebot.simulator.audio import speech_like
from phonebot.simulator.mischief import Delays

if TYPE_CHECKING:
    from phonebot.simulator.call import Call


@dataclass
class KeptRecording:
    """One recording: its sound is a WAV file; `tries` counts the fetches, refused ones too."""

    sid: str
    call_sid: str
    account_sid: str
    sound: bytes
    seconds: float
    began: datetime
    media_host: str
    status: str = "completed"
    tries: int = 0
    source: str = "RecordVerb"

    @classmethod
    def absent(cls, call: "Call") -> "KeptRecording":
        """What is announced when the person hung up before the tone: there is no recording."""
        return replace(cls.of(call, b"", 0.0), status="absent")

    @classmethod
    def of(cls, call: "Call", sound: bytes, seconds: float) -> "KeptRecording":
        """A recording that begins at the call's present instant."""
        network = call.network
        sid = network.new_sid("RE")
        return cls(sid, call.sid, network.account_sid, sound, seconds, call.instant, network.mischief.media_host)

    @property
    def url(self) -> str:
        """The URL as webhooks name it. An app that fetches it, and not what it was configured with, fails in tests."""
        return f"{self.media_host}/2010-04-01/Accounts/{self.account_sid}/Recordings/{self.sid}"

    @property
    def duration(self) -> int:
        """Whole seconds, as webhooks and REST give them."""
        return round(self.seconds)

    @property
    def created(self) -> datetime:
        """When the recording ended and so came to be."""
        return self.began + timedelta(seconds=self.seconds)

    def announcement(self) -> tuple[tuple[str, str], ...]:
        """The parameters of the recording's own webhook (From and To are not among them)."""
        length = (("RecordingDuration", str(self.duration)),) if self.status == "completed" else ()
        return (
            ("AccountSid", self.account_sid),
            ("CallSid", self.call_sid),
            ("RecordingSid", self.sid),
            ("RecordingUrl", self.url),
            ("RecordingStatus", self.status),
            *length,
            ("RecordingChannels", "1"),
            ("RecordingStartTime", format_datetime(self.began)),
            ("RecordingSource", self.source),
            ("RecordingTrack", "inbound"),
        )


@dataclass
class Archive:
    """Every recording by its sid, oldest first."""

    delays: Delays
    kept: dict[str, KeptRecording] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, call: "Call", sound: bytes, seconds: float) -> KeptRecording:
        """File a recording that begins at the call's present instant."""
        recording = KeptRecording.of(call, sound, seconds)
        with self._lock:
            self.kept[recording.sid] = recording
        return recording

    def keep_whole(self, call: "Call", seconds: float, source: str) -> None:
        """File what two people said on a call that was recorded by and by; it ends at the call's present instant.

        Its sound is that of the first two seconds: nobody listens to it in a test, who only asks whether there is any.
        """
        kept = self.keep(call, speech_like(min(seconds, 2.0)), seconds)
        kept.began, kept.source = call.instant - timedelta(seconds=seconds), source

    def fetch(self, sid: str, now: datetime) -> bytes | None:
        """The sound; None when there is none, it was deleted, or it is too early."""
        with self._lock:
            recording = self.kept.get(sid)
            if recording is None or recording.status != "completed":
                return None
            recording.tries += 1
            early = now < recording.created + timedelta(seconds=self.delays.fetchable_after)
            if recording.tries <= self.delays.refused_fetches or (self.delays.fetchable_after and early):
                return None
            return recording.sound

    def delete(self, sid: str) -> bool:
        """Delete the sound for good; the entry stays, marked. False when there is nothing to delete."""
        with self._lock:
            recording = self.kept.get(sid)
            if recording is None or recording.status == "deleted":
                return False
            recording.status, recording.sound = "deleted", b""
            return True
