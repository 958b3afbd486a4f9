"""The named points at which a test may kill the process, to show that nothing answered is lost."""

from collections.abc import Callable
from typing import Final

from phonebot.store.media import MEDIA_RENAMED, MEDIA_WRITTEN

Reached = Callable[[str], None]
"""Told the name of each point as it is reached."""

JOB_CLAIMED: Final = "job-claimed"
RECORDING_STORED: Final = "recording-stored"
RECORDING_DELETED_THERE: Final = "recording-deleted-there"
RECORDING_DELETED_HERE: Final = "recording-deleted-here"
JOB_DONE: Final = "job-done"
SPOOL_APPENDED: Final = "spool-appended"
SPOOL_CLAIMED: Final = "spool-claimed"
SPOOL_REPLAYED: Final = "spool-replayed"
RECORDING_FOUND: Final = "recording-found"
MAIL_SENT: Final = "mail-sent"
CALL_ASKED: Final = "call-asked"
CALL_PLACED: Final = "call-placed"
TEXT_SENT: Final = "text-sent"
RECORDING_HEARD: Final = "recording-heard"
"""A recording has been put into words, and no row says so yet."""

CALL_BEGUN: Final = "call-begun"
TURN_STORED: Final = "turn-stored"
CALL_ENDED: Final = "call-ended"
RECORDING_ANNOUNCED: Final = "recording-announced"
TRANSFER_ACCEPTED: Final = "transfer-accepted"

WEB_FAILPOINTS: Final = (CALL_BEGUN, TURN_STORED, CALL_ENDED, RECORDING_ANNOUNCED, TRANSFER_ACCEPTED, SPOOL_APPENDED)

WORKER_FAILPOINTS: Final = (
    JOB_CLAIMED,
    MEDIA_WRITTEN,
    MEDIA_RENAMED,
    RECORDING_STORED,
    RECORDING_DELETED_THERE,
    RECORDING_DELETED_HERE,
    JOB_DONE,
    SPOOL_APPENDED,
    SPOOL_CLAIMED,
    SPOOL_REPLAYED,
    RECORDING_FOUND,
)

SENDING_FAILPOINTS: Final = (MAIL_SENT, CALL_ASKED, CALL_PLACED, TEXT_SENT)
"""The worker's own too: something has left, or is about to, and no row of ours says so yet."""


def pass_by(name: str) -> None:
    """Do nothing at any point: what services are given unless a test asks for more."""
