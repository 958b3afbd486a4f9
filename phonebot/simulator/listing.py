"""How the REST side shows its resources: their JSON, filters by date, and pages."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from flask import Request, Response, jsonify

from phonebot.simulator.numbers import SETTING_NAMES, OwnedNumber
from phonebot.simulator.recordings import KeptRecording
from phonebot.simulator.texts import TextMessage

if TYPE_CHECKING:
    from phonebot.simulator.call import Call

API_VERSION = "2010-04-01"
Resource = TypeVar("Resource")


def recording_resource(recording: KeptRecording) -> dict[str, Any]:
    """A recording as the API shows it."""
    path = f"/{API_VERSION}/Accounts/{recording.account_sid}/Recordings/{recording.sid}"
    created = _rfc2822(recording.created)
    return {
        "sid": recording.sid,
        "account_sid": recording.account_sid,
        "call_sid": recording.call_sid,
        "conference_sid": None,
        "api_version": API_VERSION,
        "status": recording.status,
        "duration": str(recording.duration),
        "channels": 1,
        "source": recording.source,
        "track": "inbound",
        "date_created": created,
        "date_updated": created,
        "start_time": _rfc2822(recording.began),
        "error_code": None,
        "uri": f"{path}.json",
        "media_url": f"https://api.twilio.com{path}",
    }


def call_resource(call: "Call") -> dict[str, Any]:
    """A call as the API shows it."""
    account = call.network.account_sid
    return {
        "sid": call.sid,
        "account_sid": account,
        "parent_call_sid": call.parent_sid or None,
        "from": call.caller,
        "to": call.called,
        "status": call.status,
        "direction": call.direction,
        "duration": str(round(call.talk_seconds)) if call.over else None,
        "start_time": None if call.status == "queued" else _rfc2822(call.began),
        "date_created": _rfc2822(call.began),
        "date_updated": _rfc2822(call.began),
        "answered_by": call.answered_by or None,
        "forwarded_from": call.forwarded_from or None,
        "api_version": API_VERSION,
        "uri": f"/{API_VERSION}/Accounts/{account}/Calls/{call.sid}.json",
    }


def message_resource(text: TextMessage, account_sid: str) -> dict[str, Any]:
    """A text as the API shows it."""
    return {
        "sid": text.sid,
        "account_sid": account_sid,
        "from": text.sender,
        "to": text.to,
        "body": text.body,
        "status": text.status,
        "direction": "outbound-api",
        "num_segments": str(1 + len(text.body) // 160),
        "num_media": "0",
        "date_created": _rfc2822(text.created),
        "date_updated": _rfc2822(text.created),
        "date_sent": _rfc2822(text.created),
        "error_code": text.error_code or None,
        "error_message": "by its fate" if text.error_code else None,
        "api_version": API_VERSION,
        "uri": f"/{API_VERSION}/Accounts/{account_sid}/Messages/{text.sid}.json",
    }


def number_resource(owned: OwnedNumber, account_sid: str) -> dict[str, Any]:
    """One of the account's numbers as the API shows it."""
    settings = {name: getattr(owned.settings, name) for name in SETTING_NAMES.values()}
    return settings | {
        "sid": owned.sid,
        "account_sid": account_sid,
        "phone_number": owned.number,
        "friendly_name": owned.number,
        "capabilities": {"voice": owned.can_call, "sms": owned.can_text, "mms": False, "fax": False},
        "date_created": _rfc2822(owned.created),
        "date_updated": _rfc2822(owned.created),
        "api_version": API_VERSION,
        "uri": f"/{API_VERSION}/Accounts/{account_sid}/IncomingPhoneNumbers/{owned.sid}.json",
    }


def filtered(
    items: list[Resource], name: str, instant: Callable[[Resource], datetime], arguments: Mapping[str, str]
) -> list[Resource]:
    """The items within the bounds of a date filter, oldest first.

    The client library sends `DateCreated>` with a value, which reads `DateCreated>=…` on the wire: bounds are
    inclusive. A plain date stands for its first instant, in UTC; without a sign the whole day matches.
    """
    found = sorted(items, key=instant)
    for sign in (">", "<", ""):
        given = arguments.get(f"{name}{sign}") or arguments.get(f"{name}{sign}=" if sign else "")
        if not given:
            continue
        bound = datetime.fromisoformat(given)
        bound = bound if bound.tzinfo else bound.replace(tzinfo=UTC)
        if sign == ">":
            found = [item for item in found if instant(item).replace(microsecond=0) >= bound]
        elif sign == "<":
            found = [item for item in found if instant(item).replace(microsecond=0) <= bound]
        else:
            found = [item for item in found if instant(item).astimezone(UTC).date() == bound.date()]
    return found


def page(key: str, resources: list[dict[str, Any]], request: Request) -> Response:
    """One page of a list (PageSize up to 1000, 50 by default), with where the next one is."""
    size = max(1, min(int(request.args.get("PageSize", "50")), 1000))
    number = int(request.args.get("Page", "0"))
    shown = resources[number * size : (number + 1) * size]
    more = len(resources) > (number + 1) * size

    def address(wanted: int) -> str:
        kept = {name: value for name, value in request.args.items() if name not in {"Page", "PageSize"}}
        return f"{request.path}?{urlencode({**kept, 'PageSize': size, 'Page': wanted})}"

    return jsonify(
        {
            key: shown,
            "page": number,
            "page_size": size,
            "start": number * size,
            "end": number * size + max(0, len(shown) - 1),
            "uri": address(number),
            "first_page_uri": address(0),
            "next_page_uri": address(number + 1) if more else None,
            "previous_page_uri": address(number - 1) if number else None,
        }
    )


def _rfc2822(instant: datetime) -> str:
    """An instant as the API writes it, in UTC."""
    return format_datetime(instant.astimezone(UTC))
