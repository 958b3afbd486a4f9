"""Replaying a webhook that was put by while the database was away, through the use case it was meant for."""

from datetime import datetime
from typing import Any

from phonebot.services.calls import turns
from phonebot.services.house import House
from phonebot.telephony.request import read_posted


def replay(house: House, record: dict[str, Any]) -> None:
    """Do what the webhook asked for; its answer is heard by nobody any more. May be done again without harm.

    Raises what the use case raises; ValueError or KeyError for a record that is not one of ours.
    """
    posted = read_posted({name: [value] for name, value in record["posted"].items()})
    at = datetime.fromisoformat(record["at"])
    match record["kind"]:
        case "voice":
            turns.answer_call(house, posted, at)
        case "turn":
            turns.answer_turn(house, posted, int(record["turn"]), at)
        case "status":
            turns.end_call(house, posted, at)
        case "recording":
            turns.recording_posted(house, posted, at)
        case "last":
            turns.last_resort_recorded(house, posted, at)
        case unknown:
            raise ValueError(f"no webhook is called {unknown!r}")
