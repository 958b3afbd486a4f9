"""The network: numbers, telephones, calls, recordings and texts of one account, and what no test asked for."""

import hashlib
import queue
import secrets
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from phonebot.simulator.acts import Next
from phonebot.simulator.call import Call
from phonebot.simulator.courier import LONGEST_ANSWER, Courier, Delivery, Webhook
from phonebot.simulator.expectations import Expectations
from phonebot.simulator.forms import call_parameters, ending_parameters
from phonebot.simulator.mischief import Delays, Mischief
from phonebot.simulator.numbers import NumberSettings, OwnedNumber
from phonebot.simulator.phone import Phone, drive, ring
from phonebot.simulator.postroom import Breach, PostRoom
from phonebot.simulator.recordings import Archive
from phonebot.simulator.rest import RestSide
from phonebot.simulator.restfaults import RestFaults
from phonebot.simulator.texting import Texting
from phonebot.simulator.texts import TextMessage


def utc_now() -> datetime:
    """The real clock, in UTC."""
    return datetime.now(UTC)


class Network:
    """Stands where Twilio stands, for one account and one app.

    `public_url` is the app's; `reached_at` is where it listens when that is another address. `seed` makes sids and
    mischief repeatable; with None they differ each time, which a database that is kept needs. `now` gives the instant
    a call begins; within a call the virtual clock counts. With `open_media` set, recordings are given to strangers, as
    an account does until its owner forbids it. As a context manager it closes itself, and complains.
    """

    def __init__(
        self,
        public_url: str,
        account_sid: str,
        auth_token: str,
        *,
        seed: int | None = 0,
        mischief: Mischief | None = None,
        delays: Delays | None = None,
        now: Callable[[], datetime] = utc_now,
        reached_at: str = "",
        timeout: float = LONGEST_ANSWER,
    ) -> None:
        base = public_url.rstrip("/")
        self.account_sid, self.auth_token, self.public_url, self.now = account_sid, auth_token, base, now
        self.voice_url, self.fallback_url = f"{base}/twilio/voice", f"{base}/twilio/voice/fallback"
        self.status_url, self.text_url = f"{base}/twilio/status", f"{base}/twilio/sms"
        self.seed = secrets.token_hex(8) if seed is None else str(seed)
        self.mischief = mischief or Mischief()
        self.archive = Archive(delays or Delays())
        self.extra_parameters: dict[str, str] = {}
        self.lines: set[str] = set()
        self.calls: dict[str, Call] = {}
        self.texts: dict[str, TextMessage] = {}
        self.texting = Texting(self)
        self.numbers: dict[str, OwnedNumber] = {}
        self.account_status = "active"
        self.open_media = False
        self.expected = Expectations()
        self.rest_faults = RestFaults()
        self.inline: dict[str, bytes] = {}
        self.post = PostRoom(Courier(auth_token, base, reached_at, timeout), self.mischief, self.seed)
        self._phones: dict[str, Phone] = {}
        self._counts: Counter[str] = Counter()
        self._lock = threading.RLock()
        self._jobs: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._worker: threading.Thread | None = None
        self._rest: RestSide | None = None

    def phone(self, number: str) -> Phone:
        """The telephone with this number; the same object each time."""
        with self._lock:
            return self._phones.setdefault(number, Phone(self, number))

    def new_sid(self, prefix: str) -> str:
        """A fresh sid, the same for the same seed and order."""
        with self._lock:
            self._counts[prefix] += 1
            seen = f"{self.seed}:{prefix}:{self._counts[prefix]}"
        return prefix + hashlib.sha256(seen.encode()).hexdigest()[:32]

    def new_call(self, **facts: Any) -> Call:
        """A call of this account with a fresh sid, not begun yet."""
        call = Call(self, self.new_sid("CA"), **facts)
        with self._lock:
            self.calls[call.sid] = call
        return call

    def call_in(self, caller: str, line: str, **facts: Any) -> Call:
        """A call comes in to a line: asks the number's voice URL, and runs until the caller must act."""
        self.lines.add(line)
        settings = self.settings_of(line)
        fallback = Next(settings.voice_fallback_url, settings.voice_fallback_method)
        call = self.new_call(caller=caller, called=line, fallback=fallback if fallback.url else None, **facts)
        call.begin(Next(settings.voice_url, settings.voice_method))
        return call

    def owns(self, number: str, *, can_text: bool = True, can_call: bool = True, **settings: str) -> OwnedNumber:
        """The account has bought this number; it does with calls and texts what `settings` say, which REST may change.

        Once the account owns any number, it may show only its own. A line it does not own asks the app all the same.
        """
        owned = OwnedNumber(
            self.new_sid("PN"), number, self.now(), NumberSettings(**settings), can_text=can_text, can_call=can_call
        )
        self.numbers[owned.sid] = owned
        return owned

    def owned(self, number: str) -> OwnedNumber | None:
        """The number as the account owns it, or None."""
        return next((owned for owned in list(self.numbers.values()) if owned.number == number), None)

    def settings_of(self, line: str) -> NumberSettings:
        """What the network does when somebody calls or texts this line."""
        owned = self.owned(line)
        if owned is not None:
            return owned.settings
        return NumberSettings(
            voice_url=self.voice_url,
            voice_fallback_url=self.fallback_url,
            status_callback=self.status_url,
            sms_url=self.text_url,
        )

    def call_out(self, call: Call, first: Next, *, limit: float) -> None:
        """Ring a telephone for a call that the app created over REST, when its turn comes (one at a time)."""
        self.expected.note("call", call.called)
        self._do_later(lambda: self._ring_out(call, first, limit))

    def text_in(self, sender: str, line: str, words: str) -> list[str]:
        """A text message comes in; gives the replies in the app's answer."""
        return self.texting.come_in(sender, line, words)

    def text_out(self, text: TextMessage, status_url: str) -> None:
        """The app has sent a text over REST; its status follows when its turn comes."""
        self.expected.note("text", text.to)
        with self._lock:
            self.texts[text.sid] = text
        self._do_later(lambda: self.texting.hand_over(text, status_url))

    def keep_inline(self, document: str) -> str:
        """Keep a document that came with a REST request; the URL under which a call asks the network for it."""
        url = f"inline:{self.new_sid('IN')}"
        self.inline[url] = document.encode()
        return url

    def report_end(self, call: Call) -> None:
        """Post the status that the end of a call calls for, then let out what was kept back for it."""
        if call.progress is not None:
            call.progress.report(call, "completed")
        elif call.direction == "inbound":
            form = (*call_parameters(call), *ending_parameters(call))
            settings = self.settings_of(call.called)
            if settings.status_callback:
                url, method = settings.status_callback, settings.status_callback_method
                self.post.notify(Webhook("status", url, form, method, call.sid))
        self.post.call_is_over(call.sid)

    def serve_rest(self) -> str:
        """Start the REST side on loopback, once; its base URL is what TWILIO_API_URL takes."""
        if self._rest is None:
            self._rest = RestSide(self)
        return self._rest.url

    def expects_call(self, to: str, times: int = 1) -> None:
        """The app will ring this number, by REST or by Dial, so many times."""
        self.expected.claim("call", to, times)

    def expects_text(self, to: str, times: int = 1) -> None:
        """The app will text this number so many times."""
        self.expected.claim("text", to, times)

    def expects_status(self, *statuses: int) -> None:
        """Webhooks may be answered so without complaint; 0 stands for no answer at all."""
        self.expected.statuses.update(statuses)

    def expects_bad_documents(self) -> None:
        """Answers may be refused by the strict reader without complaint."""
        self.expected.bad_documents = True

    def unexpected(self) -> list[str]:
        """Every call and text that no test claimed, and every claimed one that never came."""
        self.settle()
        return self.expected.unmet()

    @property
    def recordings(self) -> list[str]:
        """The sids of all recordings, oldest first."""
        return list(self.archive.kept)

    @property
    def deliveries(self) -> list[Delivery]:
        """Every webhook sent so far with its answer, probes and copies included."""
        return list(self.post.courier.log)

    @property
    def breaches(self) -> list[Breach]:
        """What the app did wrong and no test allowed for."""
        return self.expected.remaining(self.post.breaches)

    def breach(self, what: str, *, document: bool = False) -> None:
        """Note that the app did something wrong."""
        self.post.breach(what, document=document)

    def deliver_held(self) -> None:
        """Deliver the webhooks that mischief holds back."""
        self.post.deliver_held()

    def replay(self, call_sid: str) -> None:
        """Send every webhook of a call once more, as somebody who captured them would."""
        self.post.replay(call_sid)

    def settle(self) -> None:
        """Wait until every call created over REST has run its course."""
        if self._worker is not None:
            self._jobs.join()

    def close(self) -> None:
        """Stop everything; AssertionError for any breach and for anything unexpected."""
        troubles = [breach.what for breach in self.breaches] + self.unexpected()
        self._stop()
        troubles = troubles or [breach.what for breach in self.breaches]
        if troubles:
            raise AssertionError("the network complains:\n" + "\n".join(f"- {trouble}" for trouble in troubles))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._stop()

    def _stop(self) -> None:
        """Close the servers and end the threads."""
        if self._worker is not None:
            self._jobs.put(None)
            self._worker.join()
            self._worker = None
        if self._rest is not None:
            self._rest.close()
            self._rest = None

    def _do_later(self, job: Callable[[], None]) -> None:
        """Queue something for the one worker thread, so that outbound calls happen one after another."""
        with self._lock:
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, daemon=True)
                self._worker.start()
        self._jobs.put(job)

    def _work(self) -> None:
        """Do queued jobs until told to stop; what goes wrong in a script on the far telephone is a breach."""
        while True:
            job = self._jobs.get()
            try:
                if job is None:
                    return
                job()
            except Exception as error:
                self.breach(f"on a call the app made: {error}")
            finally:
                self._jobs.task_done()

    def _ring_out(self, call: Call, first: Next, limit: float) -> None:
        """Ring, and drive the call by the habit of the telephone that was rung."""
        if call.over:
            return
        assert call.progress is not None
        call.status = "initiated"
        call.progress.report(call, "initiated")
        call.status = "ringing"
        call.progress.report(call, "ringing")
        reached = ring(self, call, limit)
        call.clock += reached.after
        if not reached.answered:
            call.end(reached.status, "network")
            return
        call.answer()
        call.progress.report(call, "answered")
        call.begin(first)
        drive(call, reached)
        if not call.over:
            call.end("completed", "caller")
        reached.release()
