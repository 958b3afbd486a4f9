"""A message as JSON, for programs: the keys are a contract."""

from datetime import tzinfo
from typing import Any

from phonebot.cli.printing import iso
from phonebot.store.messages import KeptMessage, KeptRecording


def message_json(kept: KeptMessage, zone: tzinfo) -> dict[str, Any]:
    """The message with every key there is, null where nothing is known; its times by the clocks of `zone`.

    The window is as it was said and not understood, so it has no start, end or parts yet.
    """
    message, answers = kept.message, kept.message.answers
    return {
        "ref": message.ref,
        "for": message.mailbox,
        "name": answers.name,
        "company": answers.company,
        "number": answers.number,
        "caller_id": message.caller_id,
        "business": answers.business,
        "window": {"start": None, "end": None, "said": answers.window_said, "parts": []},
        "added": None,
        "complete": message.complete,
        "state": message.state.value,
        "received_at": iso(message.received_at.astimezone(zone)),
        "call_sid": message.call_sid,
        "recording": _recording_json(kept.recording),
        "name_recording": _recording_json(kept.name_recording),
        "transcript": None,
        "attempts": [],
        "commitments": [],
        "told": [{"at": iso(told.at.astimezone(zone)), "words": told.words, "commitment": None} for told in kept.told],
    }


def _recording_json(recording: KeptRecording | None) -> dict[str, Any] | None:
    if recording is None:
        return None
    return {"sid": recording.sid, "seconds": recording.seconds, "path": recording.path}
