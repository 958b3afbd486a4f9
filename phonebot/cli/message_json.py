"""A message as JSON, for programs: the keys are a contract."""

from datetime import datetime, tzinfo
from typing import Any

from phonebot.cli.heard_json import gist_json, heard_json
from phonebot.cli.printing import iso
from phonebot.domain.message import Answers
from phonebot.store.attempts import Attempt
from phonebot.store.messages import KeptCommitment, KeptMessage, KeptRecording


def message_json(kept: KeptMessage, zone: tzinfo) -> dict[str, Any]:
    """The message with every key there is, null where nothing is known; its times by the clocks of `zone`."""
    message, answers = kept.message, kept.message.answers
    return {
        "ref": message.ref,
        "for": message.mailbox,
        "owner": kept.owner or message.mailbox,
        "name": answers.name,
        "company": answers.company,
        "number": answers.number,
        "caller_id": message.caller_id,
        "business": answers.business,
        "window": _window_json(answers, zone),
        "added": None,
        "complete": message.complete,
        "state": message.state.value,
        "received_at": iso(message.received_at.astimezone(zone)),
        "call_sid": message.call_sid,
        "recording": _recording_json(kept.recording),
        "name_recording": _recording_json(kept.name_recording),
        **heard_json(kept.heard.hearing if kept.heard else None, kept.heard.transcript if kept.heard else None),
        "gist": gist_json(kept.gist),
        "attempts": [_attempt_json(attempt, zone) for attempt in kept.attempts],
        "commitments": [_commitment_json(made, zone) for made in kept.commitments],
        "told": [{"at": _at(told.at, zone), "words": told.words, "commitment": told.commitment} for told in kept.told],
    }


def _window_json(answers: Answers, zone: tzinfo) -> dict[str, Any]:
    """When the caller would like the call: start and end are the first part's and the last's, null where open."""
    parts = [{"start": _at(part.start, zone), "end": _at(part.end, zone)} for part in answers.window_parts]
    return {
        "start": parts[0]["start"] if parts else None,
        "end": parts[-1]["end"] if parts else None,
        "said": answers.window_said,
        "parts": parts,
    }


def _commitment_json(made: KeptCommitment, zone: tzinfo) -> dict[str, Any]:
    return {
        "id": made.number,
        "basis": made.commitment.basis.value,
        "owner": made.commitment.owner,
        "due": _at(made.commitment.due, zone),
        "words": made.commitment.words,
        "rests_on": dict(made.commitment.rests_on),
    }


def _attempt_json(attempt: Attempt, zone: tzinfo) -> dict[str, Any]:
    return {
        "at": _at(attempt.made_at, zone),
        "by": attempt.by,
        "outcome": attempt.outcome.value if attempt.outcome else None,
        "evidence": attempt.evidence.word,
        "holding": attempt.holding,
        "note": attempt.note,
    }


def _at(at: datetime | None, zone: tzinfo) -> str | None:
    return None if at is None else iso(at.astimezone(zone))


def _recording_json(recording: KeptRecording | None) -> dict[str, Any] | None:
    if recording is None:
        return None
    return {"sid": recording.sid, "seconds": recording.seconds, "path": recording.path}
