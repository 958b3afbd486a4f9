"""A worker in a process of its own, killed at a point: its arguments are the point, the database, the API, a folder."""

import os
import signal
import sys
from pathlib import Path

from phonebot.domain.recording import Purpose, RecordingState
from phonebot.store.database import Database
from phonebot.store.media_files import FileMedia
from phonebot.store.recordings import attach_recording
from phonebot.telephony.client import TwilioClient
from phonebot.worker.jobs import jobs
from phonebot.worker.loop import Worker
from tests.outside import CALL, NOW, RECORDING, settings


def main(point: str, database_url: str, api_url: str, folder: str) -> None:
    """Announce a recording and fetch it, and be killed on the way."""

    def die(reached: str) -> None:
        if reached == point:
            os.kill(os.getpid(), signal.SIGKILL)

    database, media = Database(database_url), FileMedia(Path(folder))
    with database.write() as session:
        attach_recording(
            session, call_sid=CALL, recording_sid=RECORDING, seconds=2.0, state=RecordingState.ANNOUNCED,
            purpose=Purpose.MESSAGE, now=NOW,
        )  # fmt: skip
    doing = jobs(database, TwilioClient(settings(api_url)), media, die)
    Worker(database, doing, clock=lambda: NOW, reached=die).drain()


if __name__ == "__main__":
    main(*sys.argv[1:])
