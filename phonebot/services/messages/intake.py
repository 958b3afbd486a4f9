"""Taking in the messages of calls that are over: their history begins, and whoever is to know is told."""

from datetime import datetime
from typing import Final

from phonebot.store.database import Database
from phonebot.store.history import lock_life, to_take_in

AT_ONCE: Final = 100


def take_in(database: Database, now: datetime) -> int:
    """Take in every message that nobody has taken in yet, the oldest first, and say how many there were.

    Each is a transaction of its own, which also puts the job that announces it. Two may do this at once: the second
    finds the message taken in.
    """
    taken = 0
    while True:
        with database.read() as session:
            numbers = to_take_in(session, AT_ONCE)
        for number in numbers:
            with database.write() as session:
                lock_life(session, number, now)
        taken += len(numbers)
        if len(numbers) < AT_ONCE:
            return taken
