"""The office's mail server, as far as a benchmark needs one: it takes every mail, and notes of whom it told what."""

import email
import email.policy
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from bench.serving import free_port

REFERENCE = re.compile(r'<span class="ref">(\w+)</span>')


@dataclass
class MailServer:
    """How many mails came, and how often each message was told to each recipient, by (address, reference)."""

    url: str
    mails: int = 0
    told: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a mail."""
        content = envelope.content
        assert isinstance(content, bytes)
        page = email.message_from_bytes(content, policy=email.policy.default).get_body(("html",))
        assert page is not None
        self.mails += 1
        for reference in REFERENCE.findall(page.get_content()):
            self.told.update((address, reference) for address in envelope.rcpt_tos)
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server on this machine until the block ends."""
    port = free_port()
    server = MailServer(f"smtp://127.0.0.1:{port}")
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
