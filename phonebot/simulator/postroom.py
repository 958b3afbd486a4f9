"""The post room: sends webhooks through the courier with the mischief that was asked for, and collects breaches."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from phonebot.simulator.courier import Answer, Courier, Webhook
from phonebot.simulator.mischief import Mischief
from phonebot.simulator.rules import TwimlRefused
from phonebot.simulator.twiml import read_xml


@dataclass(frozen=True)
class Breach:
    """Something the app did that a real network or caller would suffer from; `status` for an unexpected HTTP status."""

    what: str
    status: int | None = None
    document: bool = False


@dataclass
class PostRoom:
    """Decides, by a seed, what becomes of each webhook, and checks the answers."""

    courier: Courier
    mischief: Mischief
    seed: str
    breaches: list[Breach] = field(default_factory=list)
    _held: list[Webhook] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fetch(self, webhook: Webhook) -> Answer:
        """Ask for something and wait for it; what is asked again must be answered the same."""
        if self._is_unreachable(webhook):
            return Answer(0, error="ct: the network found no way")
        chance = self._chance(webhook)
        answer, copies = self._send(webhook, chance)
        for copy in copies:
            if webhook.kind == "document" and answer.good and copy.good and copy.body != answer.body:
                self.breach(f"{describe(webhook)}: the same request was answered differently when it was repeated")
        asks_fallback = any(name == "ErrorCode" for name, _ in webhook.parameters)
        if self.mischief.lose_answers and chance and webhook.kind == "document" and not asks_fallback:
            return Answer(0, error="rt: the answer was lost on its way")
        return answer

    def notify(self, webhook: Webhook) -> None:
        """Tell the app something; nobody waits for the answer, which must only be a 204 or sound XML."""
        chance = self._chance(webhook)
        if self._is_unreachable(webhook) or (webhook.kind in self.mischief.drop and chance):
            return
        if webhook.kind in self.mischief.hold or (self.mischief.reorder and chance):
            with self._lock:
                self._held.append(webhook)
            return
        self._tell(webhook, chance)

    def call_is_over(self, call_sid: str) -> None:
        """Deliver what `reorder` kept back for this call, shuffled."""
        if not self.mischief.reorder:
            return
        self._release(
            [webhook for webhook in self._held if webhook.call_sid == call_sid and webhook.kind not in self._holding()]
        )

    def deliver_held(self) -> None:
        """Deliver everything still held, shuffled when `reorder` is asked for."""
        self._release(list(self._held))

    def replay(self, call_sid: str) -> None:
        """Send every webhook of a call once more, long after; each must still be answered with a 2xx."""
        captured = dict.fromkeys(
            delivery.webhook
            for delivery in list(self.courier.log)
            if delivery.webhook.call_sid == call_sid and delivery.answer.good
        )
        for webhook in captured:
            self._check(webhook, self.courier.carry(webhook))

    def breach(self, what: str, status: int | None = None, *, document: bool = False) -> None:
        """Note a breach."""
        with self._lock:
            self.breaches.append(Breach(what, status, document))

    def _release(self, webhooks: list[Webhook]) -> None:
        """Deliver these held webhooks now."""
        with self._lock:
            for webhook in webhooks:
                self._held.remove(webhook)
        if self.mischief.reorder:
            random.Random(f"{self.seed}:order:{len(webhooks)}").shuffle(webhooks)  # noqa: S311 - repeatable, not secret
        for webhook in webhooks:
            self._tell(webhook, chance=True)

    def _holding(self) -> set[str]:
        """The kinds that wait for `deliver_held`."""
        return set(self.mischief.hold)

    def _tell(self, webhook: Webhook, chance: bool) -> None:
        """Send a callback and check that its answer is one a network takes without complaint."""
        answer, copies = self._send(webhook, chance)
        for each in (answer, *copies):
            if each.good and (each.body or each.status != 204):
                try:
                    read_xml(each.body, each.content_type)
                except TwimlRefused as error:
                    self.breach(f"{describe(webhook)}: answer neither 204 nor sound XML: {error}", document=True)

    def _send(self, webhook: Webhook, chance: bool) -> tuple[Answer, list[Answer]]:
        """Deliver a webhook and the further copies that mischief asks for; the first answer, and the copies'."""
        self._probe(webhook)
        repeat, parallel = (self.mischief.repeat, self.mischief.parallel) if chance else (0, 0)
        answers = self._race(webhook, 1 + parallel) if parallel else [self.courier.carry(webhook)]
        answers += [self.courier.carry(webhook) for _ in range(repeat)]
        for answer in answers:
            self._check(webhook, answer)
        return answers[0], answers[1:]

    def _race(self, webhook: Webhook, runners: int) -> list[Answer]:
        """Deliver the same webhook so many times at the same moment."""
        start = threading.Barrier(runners)

        def run() -> Answer:
            start.wait()
            return self.courier.carry(webhook)

        with ThreadPoolExecutor(max_workers=runners) as pool:
            return [each.result() for each in [pool.submit(run) for _ in range(runners)]]

    def _check(self, webhook: Webhook, answer: Answer) -> None:
        """Note an answer that is no 2xx, or too late."""
        if not answer.good:
            reason = f"status {answer.status}" if answer.status else f"no answer ({answer.error})"
            self.breach(f"{describe(webhook)}: {reason}", answer.status)
        if answer.seconds > self.courier.timeout:
            self.breach(f"{describe(webhook)}: answered after {answer.seconds:.1f} seconds")

    def _probe(self, webhook: Webhook) -> None:
        """Try the door with spoiled signatures and a stranger's account first; each must be refused with 403."""
        if webhook.kind == "sound":
            return
        if self.mischief.probe_signatures:
            for how, spoil in SPOILED_SIGNATURES.items():
                self._expect_refusal(f"a {how} signature", self.courier.carry(webhook, sign=spoil), webhook)
        if self.mischief.probe_accounts:
            stranger = tuple((n, "AC" + "f" * 32 if n == "AccountSid" else v) for n, v in webhook.parameters)
            answer = self.courier.carry(replace(webhook, parameters=stranger))
            self._expect_refusal("another account's sid", answer, webhook)

    def _expect_refusal(self, what: str, answer: Answer, webhook: Webhook) -> None:
        """Note a breach unless the answer is 403."""
        if answer.status != 403:
            self.breach(f"{describe(webhook)}: {what} was answered {answer.status}, not 403")

    def _is_unreachable(self, webhook: Webhook) -> bool:
        """Whether this webhook is one that never arrives."""
        return any(part in webhook.url for part in self.mischief.unreachable)

    def _chance(self, webhook: Webhook) -> bool:
        """Whether mischief touches this webhook: by the seed, the call and how many came before it on that call."""
        key = f"{webhook.call_sid}:{webhook.kind}"
        with self._lock:
            self._counts[key] = self._counts.get(key, 0) + 1
            dice = random.Random(f"{self.seed}:{key}:{self._counts[key]}")  # noqa: S311 - repeatable, not secret
        return dice.random() < self.mischief.likely


SPOILED_SIGNATURES: dict[str, Callable[[str], str]] = {
    "missing": lambda genuine: genuine[:0],
    "wrong": lambda genuine: genuine.swapcase(),
    "cut-off": lambda genuine: genuine[:8],
}
"""Ways to spoil a signature, by what a breach calls them."""


def describe(webhook: Webhook) -> str:
    """A webhook in a few words, for a breach."""
    return f"{webhook.kind} {webhook.method} {webhook.url}"
