"""A digest as JSON, for programs."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Any

from phonebot.cli.heard_json import gist_json, heard_json
from phonebot.cli.printing import iso
from phonebot.domain.digest import Asked, CallerText, Digest, Done, Owed, Try, is_urgent


def digest_json(digest: Digest, zone: tzinfo) -> dict[str, Any]:
    """The digest with what is owed in the order to call back; its times by the clocks of `zone`."""
    return {
        "person": digest.person,
        "at": _at(digest.at, zone),
        "next_at": _at(digest.next_at, zone),
        "owed": [_owed_json(owed, digest, zone) for owed in digest.owed],
        "returned": _done_json(digest.returned, zone),
        "helped": _done_json(digest.helped, zone),
        "texts": [_text_json(text, zone) for text in digest.texts],
        "missed": [{"at": _at(at, zone), "caller_id": caller_id} for at, caller_id in digest.missed],
    }


def _owed_json(owed: Owed, digest: Digest, zone: tzinfo) -> dict[str, Any]:
    parts = [{"start": _at(part.start, zone), "end": _at(part.end, zone)} for part in owed.window_parts]
    return {
        "ref": owed.ref,
        "for": owed.owner,
        "state": owed.state.value,
        "received_at": _at(owed.received_at, zone),
        "name": owed.name,
        "company": owed.company,
        "number": owed.phone,
        "caller_id": owed.caller_id,
        "business": owed.business,
        "window": {
            "start": parts[0]["start"] if parts else None,
            "end": parts[-1]["end"] if parts else None,
            "said": owed.window_said,
            "parts": parts,
        },
        "complete": owed.complete,
        "recording_seconds": owed.recording_seconds,
        **heard_json(owed.hearing, owed.transcript),
        "gist": gist_json(owed.gist),
        "told": [{"at": _at(at, zone), "words": words} for at, words in owed.told],
        "attempts": [_try_json(one, zone) for one in owed.tries],
        "holding_asked": _asked_json(owed.asked, zone),
        "accepted": _accepted_json(owed, zone),
        "claimed_by": owed.claimed_by,
        "not_called_because": owed.may_be_called,
        "urgent": is_urgent(owed, digest.at, digest.next_at),
        "overdue": owed.overdue,
        "reopened": owed.reopened,
    }


def _try_json(one: Try, zone: tzinfo) -> dict[str, Any]:
    outcome = one.outcome or None
    return {"at": _at(one.at, zone), "by": one.by, "outcome": outcome, "holding": one.holding, "note": one.note}


def _accepted_json(owed: Owed, zone: tzinfo) -> dict[str, Any] | None:
    if owed.accepted is None:
        return None
    return {"by": owed.accepted.by_id, "due": _at(owed.accepted.due, zone), "slipped": owed.accepted.slipped}


def _asked_json(asked: Asked | None, zone: tzinfo) -> dict[str, Any] | None:
    return None if asked is None else {"of": asked.of_id, "for": asked.by_id, "due": _at(asked.due, zone)}


def _text_json(text: CallerText, zone: tzinfo) -> dict[str, Any]:
    return {
        "at": _at(text.at, zone),
        "from": text.phone,
        "name": text.name,
        "company": text.company,
        "ref": text.ref,
        "words": text.words,
        "no_more_texts": text.no_more_texts,
    }


def _done_json(done: Sequence[Done], zone: tzinfo) -> list[dict[str, Any]]:
    return [
        {"ref": one.ref, "who": one.who, "at": _at(one.at, zone), "by": one.by, "evidence": one.evidence}
        for one in done
    ]


def _at(at: datetime | None, zone: tzinfo) -> str | None:
    return None if at is None else iso(at.astimezone(zone))
