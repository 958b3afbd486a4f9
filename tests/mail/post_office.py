"""A mail server on loopback that keeps what it takes, and goes wrong as real ones do when it is told to."""

import asyncio
import ssl
from collections import deque
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from enum import Enum, auto
from threading import Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Mishap(Enum):
    """What goes wrong once, with the next mail."""

    DROP_IN_DATA = auto()
    """The connection is cut while the mail is being handed over: it is not kept."""

    DROP_BEFORE_ANSWER = auto()
    """The mail is kept, and the connection is cut before the 250."""

    DROP_AFTER_ANSWER = auto()
    """The mail is kept, the 250 is said, and the connection is cut before the goodbye."""

    SILENCE = auto()
    """The mail is kept, and nothing more is said."""


@dataclass(frozen=True, slots=True)
class TakenMail:
    """A mail that was kept: its envelope, its bytes, whether it came encrypted, and who was logged in."""

    sender: str
    recipient: str
    content: bytes = field(repr=False)
    encrypted: bool = False
    login: str | None = None

    @property
    def message(self) -> EmailMessage:
        """The mail as a mail program reads it."""
        message = message_from_bytes(self.content, policy=SMTP_POLICY)
        assert isinstance(message, EmailMessage)
        return message

    @property
    def text(self) -> str:
        """The plain words of the mail, with a line feed after each line."""
        body = self.message.get_body(("plain",))
        return "" if body is None else str(body.get_content()).replace("\r\n", "\n")


class PostOffice:
    """An SMTP server in a thread, open inside `with`. Its port stays the same while its doors are closed.

    `replies` holds what is said instead of taking: by command ("MAIL", "RCPT", "DATA" for the whole mail), as in
    "451 4.7.1 come back later", while it is there. `refused` holds the same for RCPT by recipient. `mishaps` happen
    once each, in order. Over each mail it thinks for `thinks_seconds`. `login` (name, password) is demanded;
    `certificate` offers STARTTLS, or with `encrypted_at_once` is shown to begin with.
    """

    def __init__(
        self,
        *,
        login: tuple[str, str] | None = None,
        certificate: ssl.SSLContext | None = None,
        encrypted_at_once: bool = False,
        largest: int = 10_000_000,
    ) -> None:
        self.login = login
        self.certificate = certificate
        self.encrypted_at_once = encrypted_at_once
        self.largest = largest
        self.taken: list[TakenMail] = []
        self.replies: dict[str, str] = {}
        self.refused: dict[str, str] = {}
        self.mishaps: deque[Mishap] = deque()
        self.thinks_seconds = 0.0
        self.logins: list[str] = []
        self.greeted: list[str] = []
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="post office", daemon=True)
        self._server: asyncio.Server | None = None
        self.desks: set[SMTP] = set()

    @property
    def url(self) -> str:
        """SMTP_URL for this server, with the login it demands."""
        scheme = "smtps" if self.encrypted_at_once else "smtp"
        login = "" if self.login is None else ":".join(quote(part, safe="") for part in self.login) + "@"
        return f"{scheme}://{login}localhost:{self.port}"

    def taken_by(self, recipient: str) -> list[TakenMail]:
        """The mails kept for one recipient, in the order they came."""
        return [mail for mail in self.taken if mail.recipient == recipient]

    def __enter__(self) -> Self:
        self._thread.start()
        self.open_doors()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close_doors()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def open_doors(self) -> None:
        """Take connections, on the same port as ever."""
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(5)

    def close_doors(self) -> None:
        """Be down: whoever is there is cut off, and nobody else gets in."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(5)

    async def _open(self) -> None:
        encryption = self.certificate if self.encrypted_at_once else None
        self._server = await self._loop.create_server(lambda: _Desk(self), "127.0.0.1", self.port, ssl=encryption)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
        for desk in tuple(self.desks):
            _cut(desk)
        while self.desks:
            await asyncio.sleep(0.005)
        self._server = None


class _Desk(SMTP):
    """One connection."""

    def __init__(self, office: PostOffice) -> None:
        self._office = office
        starttls = None if office.encrypted_at_once else office.certificate
        super().__init__(
            _Clerk(office),
            data_size_limit=office.largest,
            hostname="post.test",
            tls_context=starttls,
            auth_require_tls=starttls is not None or office.login is None,
            authenticator=_authenticator(office),
            loop=asyncio.get_running_loop(),
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._office.desks.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self._office.desks.discard(self)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        if self._office.mishaps and self._office.mishaps[0] is Mishap.DROP_IN_DATA:
            self._office.mishaps.popleft()
            await self.push("354 go on")
            await self._reader.readline()
            await _hang_up(self)
        await super().smtp_DATA(arg)


class _Clerk:
    """What the server answers, in aiosmtpd's hooks."""

    def __init__(self, office: PostOffice) -> None:
        self._office = office

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name, as are the next
        self, desk: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self._office.greeted.append(str(session.host_name))
        if self._office.login is not None and not session.authenticated:
            return "530 5.7.0 Authentication required"
        if reply := self._office.replies.get("MAIL"):
            return reply
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, desk: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if reply := self._office.refused.get(address) or self._office.replies.get("RCPT"):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, desk: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self._office.thinks_seconds)
        if reply := self._office.replies.get("DATA"):
            return reply
        self._keep(session, envelope)
        mishap = self._office.mishaps.popleft() if self._office.mishaps else None
        if mishap is Mishap.DROP_BEFORE_ANSWER:
            await _hang_up(desk)
        if mishap is Mishap.DROP_AFTER_ANSWER:
            await desk.push("250 OK")
            await _hang_up(desk)
        if mishap is Mishap.SILENCE:
            await asyncio.Event().wait()
        return "250 OK"

    def _keep(self, session: Session, envelope: Envelope) -> None:
        content = envelope.content
        assert isinstance(content, bytes)
        encrypted = session.ssl is not None or self._office.encrypted_at_once
        login = self._office.logins[-1] if session.authenticated else None
        for recipient in envelope.rcpt_tos:
            kept = TakenMail(str(envelope.mail_from), str(recipient), content, encrypted, login)
            self._office.taken.append(kept)


def _authenticator(office: PostOffice) -> Any:
    def authenticate(
        desk: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        name, password = data.login.decode("utf-8"), data.password.decode("utf-8")
        office.logins.append(name)
        return AuthResult(success=(name, password) == office.login, handled=False)

    return authenticate


def _cut(desk: SMTP) -> None:
    transport = desk.transport
    if transport is not None:
        assert isinstance(transport, asyncio.Transport)
        transport.close()


async def _hang_up(desk: SMTP) -> None:
    """Cut the connection, and wait for aiosmtpd to cancel us, as it does when a connection is lost."""
    _cut(desk)
    await asyncio.Event().wait()
