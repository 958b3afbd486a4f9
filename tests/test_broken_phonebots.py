"""The suite itself is tested: phonebots broken on purpose, without a change to our code, must be found out."""

import hashlib
import io
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from shutil import copy
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest

from phonebot.simulator import Mischief
from phonebot.simulator.signing import signature
from tests.calling import leaves_message, left_by_callers
from tests.offices import RECEPTION_PHONE
from tests.running import TOKEN, Phonebot, running

Environ = dict[str, Any]
App = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Form = list[tuple[str, str]]


def suite(phonebot: Phonebot) -> None:
    """What any phonebot must pass: a message, a hang-up, a transfer that only a voicemail takes, a withheld number."""
    leaves_message(phonebot.rings())
    phonebot.rings(caller="+447700900144").says("Bob Jones").hangs_up()
    phonebot.network.phone(RECEPTION_PHONE).voicemail(45)
    live = phonebot.rings(caller="anonymous").hears("Tuesday the 24th of November", "recorded").presses("0")
    live.hears("nobody").presses("3").says("Ann Lee").hears("which number").presses("02079460143#").presses(
        "1"
    ).hangs_up()
    phonebot.worker.drain()
    left = sorted((one[1], one[2], one[3], one[4], one[6]) for one in left_by_callers(phonebot))
    assert left == [
        ("office", "new", False, "Ann Lee", "+442079460143"),
        ("sue", "new", False, "Bob Jones", None),
        ("sue", "new", True, "Julie Smith", "+447700900143"),
    ]
    assert [one.purpose for one in phonebot.recordings()] == ["message"]


class Broken:
    """The real application behind something that spoils what it is asked (`asks`) or what it answers (`says`)."""

    def __init__(
        self,
        app: App,
        url: str,
        *,
        asks: Callable[[str, Form], Form] = lambda path, form: form,
        says: Callable[[str, bytes], bytes] = lambda path, body: body,
    ) -> None:
        self._app, self._url, self._asks, self._says = app, url, asks, says

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        form = parse_qsl(body.decode(), keep_blank_values=True)
        changed = self._asks(path, form)
        if changed is not form:
            body = urlencode(changed).encode()
            environ |= {"HTTP_X_TWILIO_SIGNATURE": signature(TOKEN, self._url + environ["REQUEST_URI"], changed)}
        environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        begun: list[Any] = []
        answered = b"".join(self._app(environ, lambda *begin: begun.extend(begin)))
        spoiled = self._says(path, answered)
        headers = [(name, value) for name, value in begun[1] if name != "Content-Length"]
        start_response(begun[0], [*headers, ("Content-Length", str(len(spoiled)))])
        return [spoiled]


def with_value(name: str, value: str, *, only: str = "") -> Callable[[str, Form], Form]:
    """Ask with one parameter set to a value, where `only` was posted or is empty."""

    def asks(path: str, form: Form) -> Form:
        wanted = not only or any(posted == only for posted, _ in form)
        return [*((n, v) for n, v in form if n != name), (name, value)] if wanted else form

    return asks


def swallowing(ending: str) -> Callable[[str, Form], Form]:
    """Ask, but of webhooks at this address only what nobody can use."""
    return lambda path, form: [(n, v) for n, v in form if n == "AccountSid"] if path.endswith(ending) else form


def replaced(pattern: bytes, by: bytes) -> Callable[[str, bytes], bytes]:
    """Answer with every such piece of the answer replaced."""
    return lambda path, body: re.sub(pattern, by, body)


def say_after_record(path: str, body: bytes) -> bytes:
    """Answer with what should be said before the tone behind the recording."""
    return re.sub(rb"(<Say[^>]*>[^<]*</Say>)(<Record[^>]*/>)", rb"\2\1", body)


def another_call(path: str, form: Form) -> Form:
    """Ask as if each request were of a call of its own."""
    sid = "CA" + hashlib.sha256(repr((path, form)).encode()).hexdigest()[:32]
    return [(name, sid if name == "CallSid" else value) for name, value in form]


FLAWS: dict[str, tuple[dict[str, Any], str]] = {
    "drops the turn number": ({"says": replaced(rb"turn\?n=\d+", b"turn?n=1")}, "did not hear"),
    "lets unsigned requests in": ({"asks": lambda path, form: list(form)}, "signature was answered 200, not 403"),
    "speaks after the tone": ({"says": say_after_record}, "<Say> after <Record>|not hear"),
    "trusts completed": ({"asks": with_value("DialBridged", "true", only="DialCallStatus")}, "did not hear"),
    "forgets the date": ({"says": replaced(rb"It's \w+ the \w+ of \w+\.", b"")}, "did not hear"),
    "forgets the notice": ({"says": replaced(rb"What you say is recorded\.", b"")}, "did not hear"),
    "shows a withheld number": ({"says": replaced(rb' callerId="[^"]*"', b"")}, "callerId"),
    "joins without asking": ({"says": replaced(rb' url="[^"]*whisper[^"]*"', b"")}, "did not hear"),
    "points to nowhere": ({"says": replaced(rb'action="http://[^/]*', b'action="')}, "absolute"),
    "does not hear that a call is over": ({"asks": swallowing("/status")}, "signature was answered 204"),
    "takes every request for a new call": ({"asks": another_call}, "did not hear|answered differently"),
}


def run(folder: Path, template: Path, **spoilt: Any) -> None:
    copy(template, folder / "phonebot.db")
    url = f"sqlite:///{folder / 'phonebot.db'}"
    with running(folder, url, mischief=Mischief(repeat=1, probe_signatures=True)) as phonebot:
        phonebot.app.wsgi_app = Broken(phonebot.app.wsgi_app, phonebot.settings.public_url, **spoilt)  # type: ignore[method-assign]  # Flask's own way to put something before an app
        suite(phonebot)


def test_phonebot_itself_passes(tmp_path: Path, sqlite_template: Path) -> None:
    run(tmp_path, sqlite_template)


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_phonebot_that(flaw: str, tmp_path: Path, sqlite_template: Path) -> None:
    """Each flaw is found out, and for what it is."""
    spoilt, complaint = FLAWS[flaw]
    with pytest.raises(AssertionError, match=complaint):
        run(tmp_path, sqlite_template, **spoilt)
