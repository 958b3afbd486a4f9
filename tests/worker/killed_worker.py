"""A worker in a process of its own, killed at a point: its arguments are the point, the database, the API, a folder."""

import os
import signal
import sys

from phonebot.app import make_worker
from phonebot.domain.recording import Purpose, RecordingState
from phonebot.store.database import Database
from phonebot.store.recordings import attach_recording
from tests.listening import Listener
from tests.outside import CALL, NOW, RECORDING, settings


def main(point: str, database_url: str, api_url: str, folder: str) -> None:
    """Announce a recording, fetch it and put it into words, and be killed on the way."""

    def die(reached: str) -> None:
        if reached == point:
            os.kill(os.getpid(), signal.SIGKILL)

    database = Database(database_url)
    with database.write() as session:
        attach_recording(
            session, call_sid=CALL, recording_sid=RECORDING, seconds=2.0, state=RecordingState.ANNOUNCED,
            purpose=Purpose.MESSAGE, now=NOW,
        )  # fmt: skip
    own = settings(api_url, MEDIA_DIR=folder, PHONEBOT_SPOOL_DIR=f"{folder}/spool")
    make_worker(own, database, clock=lambda: NOW, reached=die, transcriber=Listener()).drain()


if __name__ == "__main__":
    main(*sys.argv[1:])
