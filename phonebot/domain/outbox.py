"""Jobs of the outbox: their kinds, how far one has come, and how long to wait before it is tried again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any


class JobKind(StrEnum):
    """What is to be done outside, or after the call.

    TRANSCRIBE: put a recording into words. ANNOUNCE: find who is to be told of a message. NOTICE, DIGEST and WARN: tell
    one of the staff of messages, of all they owe, of an accepted call about to slip; the other warnings go to admins.
    CALL and TEXT: place a call, send a text. The rest tell a caller something, ask them, or take in what they answered.
    """

    FETCH_RECORDING = "fetch-recording"
    DELETE_RECORDING = "delete-recording"
    TRANSCRIBE = "transcribe"
    ANNOUNCE = "announce"
    NOTICE = "notice"
    DIGEST = "digest"
    WARN = "warn"
    WARN_OF_CAP = "warn-of-cap"
    WARN_OF_ACCOUNT = "warn-of-account"
    CALL = "call"
    TEXT = "text"
    ASK_VERDICT = "ask-verdict"
    TAKE_VERDICT = "take-verdict"
    TELL_SLIP = "tell-slip"
    TELL_ACCEPTED = "tell-accepted"


class Lane(StrEnum):
    """Who does a job: lanes are worked side by side, so that what takes minutes delays nothing that takes moments."""

    MAIN = "main"
    SPEECH = "speech"


def lane_of(kind: str) -> Lane:
    """The lane in which jobs of a kind are done."""
    return Lane.SPEECH if kind == JobKind.TRANSCRIBE else Lane.MAIN


class JobState(StrEnum):
    """How far a job has come. A leased one whose lease has run out may be taken again; a dead one needs a person."""

    PENDING = "pending"
    LEASED = "leased"
    DONE = "done"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Job:
    """A job somebody holds the lease of. `attempts` counts this try too; with `leased_until` it names the lease."""

    id: int
    kind: str
    key: str
    payload: Mapping[str, Any]
    attempts: int
    leased_until: datetime


FIRST_WAIT = timedelta(seconds=2)
"""A recording is often ready a second or two after it was announced, so the first wait is short."""

LONGEST_WAIT = timedelta(hours=1)


def backoff(attempts: int, jitter: float) -> timedelta:
    """How long to wait after the given number of failed tries: doubling up to an hour, less up to half of it.

    `jitter` is at least 0 and below 1; it keeps jobs that failed together from coming back together.
    """
    if attempts < 1 or not 0 <= jitter < 1:
        raise ValueError("needs at least one try, and a jitter from 0 up to 1")
    doublings = min(attempts - 1, 16)
    waiting: timedelta = min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
    return waiting * (1 - jitter / 2)


def recording_key(kind: JobKind, sid: str) -> str:
    """The key that makes one recording's job of a kind exist once: it begins with the kind's verb."""
    return f"{kind.value.partition('-')[0]}:{sid}"
