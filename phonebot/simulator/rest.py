"""The REST side: Calls, Messages and Recordings over HTTP on loopback, with Basic auth and faults by schedule."""

import base64
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, request

from phonebot.simulator.acts import Next
from phonebot.simulator.forms import Progress
from phonebot.simulator.listing import (
    call_resource,
    filtered,
    message_resource,
    number_resource,
    page,
    recording_resource,
)
from phonebot.simulator.restfaults import Fault
from phonebot.simulator.rules import TwimlRefused
from phonebot.simulator.serving import Served
from phonebot.simulator.texting import E164
from phonebot.simulator.texts import LONGEST_TEXT, TextMessage
from phonebot.simulator.twiml import read_document

if TYPE_CHECKING:
    from phonebot.simulator.call import Call
    from phonebot.simulator.network import Network

BASE = "/2010-04-01/Accounts/<account>"


class RestError(Exception):
    """A refusal: HTTP status, the API's own code, and why."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


class RestSide:
    """The API of one network, served on loopback."""

    def __init__(self, network: "Network") -> None:
        self.network = network
        self.app = Flask("simulator")
        self.app.before_request(self._guard)
        self.app.after_request(self._lose)
        self.app.register_error_handler(RestError, _refusal)
        self._route("GET", "/Recordings.json", self.list_recordings)
        self._route("GET", "/Recordings/<sid>.json", self.show_recording)
        self._route("DELETE", "/Recordings/<sid>.json", self.delete_recording)
        self._route("GET", "/Recordings/<sid>.wav", self.fetch_sound)
        self._route("GET", "/Recordings/<sid>", self.fetch_sound)
        self._route("GET", "/Calls.json", self.list_calls)
        self._route("POST", "/Calls.json", self.create_call)
        self._route("GET", "/Calls/<sid>.json", self.show_call)
        self._route("POST", "/Calls/<sid>.json", self.update_call)
        self._route("GET", ".json", self.show_account)
        self._route("GET", "/IncomingPhoneNumbers.json", self.list_numbers)
        self._route("GET", "/IncomingPhoneNumbers/<sid>.json", self.show_number)
        self._route("POST", "/IncomingPhoneNumbers/<sid>.json", self.update_number)
        self._route("GET", "/Messages.json", self.list_messages)
        self._route("POST", "/Messages.json", self.create_message)
        self._route("GET", "/Messages/<sid>.json", self.show_message)
        self._served = Served(self.app)

    @property
    def url(self) -> str:
        """The base URL, as TWILIO_API_URL takes it."""
        return self._served.url

    def close(self) -> None:
        """Stop serving."""
        self.network.rest_faults.closed.set()
        self._served.close()

    def list_recordings(self) -> Response:
        """Recordings by DateCreated and CallSid, newest first, by pages."""
        kept = [recording for recording in list(self.network.archive.kept.values()) if recording.status != "absent"]
        wanted = request.args.get("CallSid")
        kept = [recording for recording in kept if wanted in {None, recording.call_sid}]
        found = filtered(kept, "DateCreated", lambda recording: recording.created, request.args)
        return page("recordings", [recording_resource(each) for each in reversed(found)], request)

    def show_recording(self, sid: str) -> Response:
        """One recording's facts."""
        return jsonify(recording_resource(_found(self.network.archive.kept, sid)))

    def delete_recording(self, sid: str) -> Response:
        """Delete a recording's sound: 204, or 404 when there is none."""
        if not self.network.archive.delete(sid):
            raise RestError(404, 20404, f"no recording {sid}")
        return Response(status=204)

    def fetch_sound(self, sid: str) -> Response:
        """The WAV file; 404 while it is not ready, as on the real network right after a recording."""
        sound = self.network.archive.fetch(sid, self.network.now())
        if sound is None:
            raise RestError(404, 20404, f"no sound for {sid}")
        return Response(sound, mimetype="audio/x-wav")

    def list_calls(self) -> Response:
        """Calls by To, From, Status, ParentCallSid and StartTime, newest first, by pages; some only after a while."""
        calls = [call for call in list(self.network.calls.values()) if self._is_listed(call.began)]
        for name, value in (
            ("To", "called"),
            ("From", "caller"),
            ("Status", "status"),
            ("ParentCallSid", "parent_sid"),
        ):
            if wanted := request.args.get(name):
                calls = [call for call in calls if getattr(call, value) == wanted]
        if any(name.startswith("StartTime") for name in request.args):
            calls = [call for call in calls if call.status != "queued"]
        found = filtered(calls, "StartTime", lambda call: call.began, request.args)
        return page("calls", [call_resource(call) for call in reversed(found)], request)

    def show_call(self, sid: str) -> Response:
        """One call."""
        return jsonify(call_resource(_found(self.network.calls, sid)))

    def create_call(self) -> Response:
        """Ring a telephone for the app: answered at once as queued, rung afterwards."""
        form = request.form
        url, document = form.get("Url", ""), form.get("Twiml", "")
        if not form.get("To") or not form.get("From") or not (url or document):
            raise RestError(400, 21201, "To, From and Url or Twiml are needed")
        if len(document) > 4000:
            raise RestError(400, 32018, f"Twiml of {len(document)} characters")
        if not E164.fullmatch(form["To"]) and not form["To"].startswith(("client:", "sip:", "sips:")):
            raise RestError(400, 21211, "To is no telephone number")
        if self.network.numbers and self.network.owned(form["From"]) is None:
            raise RestError(400, 21210, "From is not a number of the account")
        events = frozenset(form.getlist("StatusCallbackEvent") or ["completed"])
        fallback = Next(form["FallbackUrl"], form.get("FallbackMethod", "POST")) if "FallbackUrl" in form else None
        call = self.network.new_call(
            caller=form["From"],
            called=form["To"],
            direction="outbound-api",
            progress=Progress(
                form.get("StatusCallback", ""), events, form.get("StatusCallbackMethod", "POST"), kind="status"
            ),
            fallback=fallback,
            status="queued",
            longest=float(form.get("TimeLimit", "14400")),
            recorded=form.get("Record", "false") == "true",
        )
        first = Next(url, form.get("Method", "POST")) if url else Next(self._inline(document))
        self.network.call_out(call, first, limit=float(form.get("Timeout", "60")))
        return _created(call_resource(call))

    def update_call(self, sid: str) -> Response:
        """Hang up (`completed`), call off (`canceled`) or send elsewhere (Url, Twiml) a call that lives."""
        call: Call = _found(self.network.calls, sid)
        if call.over:
            raise RestError(400, 21220, "the call is over")
        status, url, document = (request.form.get(name, "") for name in ("Status", "Url", "Twiml"))
        if status in {"canceled", "completed"} and call.status == "queued":
            call.over, call.status = True, "canceled"
        elif status in {"canceled", "completed"}:
            call.end("canceled" if call.answered_at is None else "completed", "network")
        elif url or document:
            call.turn_to(Next(url, request.form.get("Method", "POST")) if url else Next(self._inline(document)))
        return jsonify(call_resource(call))

    def list_messages(self) -> Response:
        """Texts by To, From and DateSent, newest first, by pages; some only after a while."""
        texts = [text for text in list(self.network.texts.values()) if self._is_listed(text.created)]
        for name, value in (("To", "to"), ("From", "sender")):
            if wanted := request.args.get(name):
                texts = [text for text in texts if getattr(text, value) == wanted]
        found = filtered(texts, "DateSent", lambda text: text.created, request.args)
        return page("messages", [message_resource(text, self.network.account_sid) for text in reversed(found)], request)

    def show_message(self, sid: str) -> Response:
        """One text."""
        return jsonify(message_resource(_found(self.network.texts, sid), self.network.account_sid))

    def create_message(self) -> Response:
        """Send a text for the app."""
        form = request.form
        if not form.get("To") or not form.get("From") or not form.get("Body"):
            raise RestError(400, 21602, "To, From and Body are needed")
        if len(form["Body"]) > LONGEST_TEXT:
            raise RestError(400, 21617, f"a body of {len(form['Body'])} characters")
        if code := self.network.texting.refusal(form["To"], form["From"]):
            raise RestError(400, code, "this text is not taken on")
        text = TextMessage(self.network.new_sid("SM"), form["From"], form["To"], form["Body"], self.network.now())
        self.network.text_out(text, form.get("StatusCallback", ""))
        return _created(message_resource(text, self.network.account_sid))

    def show_account(self) -> Response:
        """The account and how it stands."""
        return jsonify({"sid": self.network.account_sid, "status": self.network.account_status, "type": "Full"})

    def list_numbers(self) -> Response:
        """The account's numbers, by pages; PhoneNumber picks one."""
        wanted = request.args.get("PhoneNumber")
        kept = [owned for owned in list(self.network.numbers.values()) if wanted in {None, owned.number}]
        shown = [number_resource(owned, self.network.account_sid) for owned in kept]
        return page("incoming_phone_numbers", shown, request)

    def show_number(self, sid: str) -> Response:
        """One number and what it is set to."""
        return jsonify(number_resource(_found(self.network.numbers, sid), self.network.account_sid))

    def update_number(self, sid: str) -> Response:
        """Set what the network does when somebody calls or texts this number."""
        owned = _found(self.network.numbers, sid)
        for name, value in request.form.items():
            if name.endswith(("Url", "Callback")) and value and urlsplit(value).scheme not in {"http", "https"}:
                raise RestError(400, 21502, f"{name} is no URL")
        owned.set(request.form)
        return jsonify(number_resource(owned, self.network.account_sid))

    def _is_listed(self, created: datetime) -> bool:
        """Whether lists show by now what was created then: they lag behind, by as much as the test asked for."""
        return self.network.now() >= created + timedelta(seconds=self.network.archive.delays.listed_after)

    def _route(self, method: str, path: str, view: Callable[..., Response]) -> None:
        """Serve a path of the account; the account itself is checked by the guard."""

        def answer(account: str, **named: str) -> Response:  # noqa: ARG001 - checked before, needed by the route
            return view(**named)

        self.app.add_url_rule(BASE + path, f"{method} {path}", answer, methods=[method])

    def _guard(self) -> Response | None:
        """Refuse a stranger, then fail by schedule, before anything is done."""
        wanted = base64.b64encode(f"{self.network.account_sid}:{self.network.auth_token}".encode()).decode()
        stranger = not hmac.compare_digest(request.headers.get("Authorization", ""), f"Basic {wanted}")
        if stranger and not (self.network.open_media and request.path.endswith(".wav")):
            raise RestError(401, 20003, "authenticate")
        if (request.view_args or {}).get("account") != self.network.account_sid:
            raise RestError(404, 20404, "no such account")
        fault = self.network.rest_faults.take(request.method, request.path)
        request.environ["simulator.fault"] = fault
        return None if fault is None or fault.done else Response(status=500)

    def _lose(self, response: Response) -> Response:
        """Answer as the schedule says instead, or cut the connection when it says that the answer gets lost."""
        fault: Fault | None = request.environ.get("simulator.fault")
        if fault is None:
            return response
        if fault.status:
            return fault.answer()
        fault.cut(request.environ, self.network.rest_faults.closed)
        return response

    def _inline(self, document: str) -> str:
        """A URL-like key for an inline document, which a call asks of the network itself."""
        try:
            read_document(document.encode(), "text/xml")
        except TwimlRefused as error:
            raise RestError(400, 21218, str(error)) from error
        return self.network.keep_inline(document)


def _found(table: dict[str, Any], sid: str) -> Any:
    """The resource with this sid; 404 when there is none."""
    if sid not in table:
        raise RestError(404, 20404, f"{sid} was not found")
    return table[sid]


def _created(resource: dict[str, Any]) -> Response:
    """A 201 with the new resource."""
    response = jsonify(resource)
    response.status_code = 201
    return response


def _refusal(error: RestError) -> Response:
    """A refusal as the API words it."""
    response = jsonify({"code": error.code, "message": str(error), "status": error.status, "more_info": ""})
    response.status_code = error.status
    if error.status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
    return response
