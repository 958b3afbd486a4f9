"""What the network may do to webhooks, all of it allowed to a real one: repeat, race, drop, hold, reorder, lose."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

Kind = Literal["document", "status", "recording", "dial-status", "message", "message-status", "sound", "machine"]
"""What a webhook is for: a document to follow, a call's status, a recording's, a dialled leg's, a text message (in),
a text message's status, the fetching of a sound, or what machine detection made of a telephone."""


@dataclass(frozen=True)
class Mischief:
    """Faults by a seed; the default does none.

    `repeat` further copies of each webhook follow one after another, `parallel` further copies go at the same moment;
    a repeated document must get the same answer. Kinds in `drop` never arrive, kinds in `hold` arrive only with
    `Network.deliver_held`; `reorder` keeps every callback back until its call (or text) is over and then shuffles them.
    `recording_first` announces a recording before its action. `lose_answers` lets the app answer a document and then
    loses the answer, so that the fallback URL is asked (whose answer always arrives). A webhook whose URL holds one of
    `unreachable` never arrives, whatever its kind, and nobody is blamed. `probe_signatures` sends each
    webhook first with a missing, a wrong and a cut-off signature, `probe_accounts` with another account's sid; all must
    be refused with 403. `media_host` is what the posted RecordingUrl begins with, for an attacker's. `likely` is the
    chance, from 0 to 1, that any one webhook is so treated (probes always are).
    """

    repeat: int = 0
    parallel: int = 0
    drop: Collection[str] = ()
    hold: Collection[str] = ()
    reorder: bool = False
    recording_first: bool = False
    lose_answers: bool = False
    unreachable: Collection[str] = ()
    probe_signatures: bool = False
    probe_accounts: bool = False
    media_host: str = "https://api.twilio.com"
    likely: float = 1.0


@dataclass(frozen=True)
class Delays:
    """When a recording's sound can be fetched: after so many refused tries, and so many seconds since its end.

    A call or a text shows in a list only `listed_after` seconds after it was created, by the network's clock.
    """

    refused_fetches: int = 1
    fetchable_after: float = 0.0
    listed_after: float = 0.0
