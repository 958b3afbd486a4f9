"""The one door out for email: a mail is handed to the office's own mail server over SMTP, one recipient a mail."""

import ipaddress
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from phonebot.config import Settings, is_loopback
from phonebot.mail.errors import MailRefused, MailUnavailable
from phonebot.mail.mail import Mail, on_the_wire, recipient_of, sender_of

SILENCE_SECONDS: Final = 10.0
"""How long the server may keep us waiting for a connection or an answer."""

VERDICT_SECONDS: Final = 45.0
"""How long it may look at a whole mail before it answers: to give up early is to send the mail twice (RFC 5321,
section 4.5.3.2.6, which would have ten minutes). Even so, with every wait at its longest, a mail
fits in a worker's lease."""

RELAY_PORT, SUBMISSION_PORT, ENCRYPTED_PORT = 25, 587, 465
"""Where a server listens unless told: to its neighbours, to those who log in, to those who begin encrypted."""

LOGIN_CODES: Final = frozenset({530, 534, 535, 538})
"""The server wants a login, another or a safer one (RFC 4954, section 6): our trouble, and no one recipient's."""

TOO_BIG_OR_FULL: Final = 552
_ENHANCED_STATUS = re.compile(rb"[245]\.[0-9]{1,3}\.[0-9]{1,3}\b")


class MailDoor:
    """Sends mails by way of SMTP_URL, as MAIL_FROM. Its methods raise MailTrouble.

    `silence_seconds` and `verdict_seconds` bound the waits for an answer and for what becomes of a mail.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        silence_seconds: float = SILENCE_SECONDS,
        verdict_seconds: float = VERDICT_SECONDS,
    ) -> None:
        self._url = None if settings.smtp_url is None else urlsplit(settings.smtp_url.get_secret_value())
        self._mail_from = settings.mail_from or ""
        self._own_name = _name_to_greet_with(urlsplit(settings.public_url).hostname or "localhost")
        self._silence_seconds = silence_seconds
        self._verdict_seconds = verdict_seconds

    @property
    def open(self) -> bool:
        """Whether mail can be sent at all: whether a mail server is set."""
        return self._url is not None

    def send(self, mail: Mail, now: datetime) -> None:
        """Hand the mail over, dated `now` (aware); once this returns, the server has taken it.

        Raise MailRefused if it never will, MailUnavailable otherwise: then it may have taken it even so, and the
        mail sent again with the same key has the same Message-ID.
        """
        url = self._server_url()
        sender = sender_of(self._mail_from)
        recipient = recipient_of(mail)
        content = on_the_wire(mail, sender, now)
        with self._connected(url) as server:
            _hand_over(server, sender.addr_spec, recipient.addr_spec, content, self._verdict_seconds)

    def check(self) -> None:
        """Go as far as a mail would without sending one: connect, encrypt, log in. Raise MailUnavailable."""
        url = self._server_url()
        sender_of(self._mail_from)
        with self._connected(url) as server:
            code, reply = server.noop()
            _expect("our asking", code, reply, lasting=False)

    def _server_url(self) -> SplitResult:
        if self._url is None:
            raise MailUnavailable("no mail server is set (SMTP_URL)")
        return self._url

    @contextmanager
    def _connected(self, url: SplitResult) -> Iterator[SMTP]:
        """A server that is ready to take a mail; what goes wrong with it is raised as MailTrouble."""
        with _our_errors():
            server = self._connect(url)
            try:
                self._prepare(server, url)
                yield server
            finally:
                # The mail was taken or not before this: a server that is gone at the goodbye changes nothing.
                with suppress(OSError):
                    _wait_at_most(self._silence_seconds, server)
                    server.quit()
                server.close()

    def _connect(self, url: SplitResult) -> SMTP:
        host = url.hostname or ""
        if url.scheme == "smtps":
            port, context = url.port or ENCRYPTED_PORT, ssl.create_default_context()
            return SMTP_SSL(host, port, self._own_name, timeout=self._silence_seconds, context=context)
        port = url.port or (RELAY_PORT if url.username is None else SUBMISSION_PORT)
        return SMTP(host, port, self._own_name, timeout=self._silence_seconds)

    @staticmethod
    def _prepare(server: SMTP, url: SplitResult) -> None:
        """Encrypt and log in, as the URL asks.

        To this machine itself without a login nothing is encrypted: nobody listens there, and Debian's own server
        shows a certificate that nobody signed. To any other, nothing goes unencrypted: what we send is callers' words.
        """
        server.ehlo_or_helo_if_needed()
        at_home = is_loopback(url.hostname or "")
        if url.scheme == "smtp" and not (at_home and url.username is None):
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
                server.ehlo_or_helo_if_needed()
            elif not at_home:
                raise MailUnavailable("the server offers no encryption, and is not on this machine")
        if url.username is not None:
            server.login(unquote(url.username), unquote(url.password or ""))


def _hand_over(server: SMTP, sender: str, recipient: str, content: bytes, seconds: float) -> None:
    """One mail, step by step, since who is to blame for a refusal depends on the step."""
    code, reply = server.mail(sender, [f"SIZE={len(content)}"] if server.has_extn("size") else [])
    too_big = code == TOO_BIG_OR_FULL
    _expect("the mail's size" if too_big else "the sender", code, reply, lasting=too_big)
    code, reply = server.rcpt(recipient)
    # 552 is a full mailbox here, and to be taken for 452 (RFC 5321, section 4.5.3.1.10).
    _expect("the recipient", code, reply, lasting=code != TOO_BIG_OR_FULL)
    _wait_at_most(seconds, server)
    try:
        code, reply = server.data(content)
    except SMTPDataError as error:
        code, reply = error.smtp_code, _as_bytes(error.smtp_error)
    _expect("the mail", code, reply, lasting=True)


def _wait_at_most(seconds: float, server: SMTP) -> None:
    if server.sock is not None:
        server.sock.settimeout(seconds)


def _expect(what: str, code: int, reply: bytes, *, lasting: bool) -> None:
    """Raise if the server did not take `what`; as MailRefused where its no is for good and `lasting`.

    Of the server's words only the numbers are told: the rest often quotes the address.
    """
    if 200 <= code <= 299:
        return
    status = _ENHANCED_STATUS.match(reply)
    numbers = f"{code} {status[0].decode('ascii')}" if status else str(code)
    if lasting and 500 <= code <= 599 and code not in LOGIN_CODES:
        raise MailRefused(f"{what} was refused ({numbers})")
    raise MailUnavailable(f"{what} was not accepted ({numbers})")


@contextmanager
def _our_errors() -> Iterator[None]:
    """What smtplib and the network raise, as MailUnavailable, and not chained: theirs quotes addresses and logins."""
    try:
        yield
    except (OSError, UnicodeError) as error:
        raise MailUnavailable(_why(error)) from None


def _why(error: OSError | UnicodeError) -> str:
    """What went wrong, in a few words without anybody's data. smtplib's own errors are OSErrors."""
    match error:
        case SMTPAuthenticationError():
            return f"the login was refused ({error.smtp_code})"
        case SMTPResponseException():
            return f"the server was not ready ({error.smtp_code})"
        case SMTPNotSupportedError():
            return "the server takes no login here: SMTP_URL has one too many, or the wrong port"
        case SMTPServerDisconnected():
            return "the server hung up or fell silent"
        case SMTPException():
            return "the server offers no way to log in that we know"
        case ssl.SSLCertVerificationError():
            return f"the server's certificate is not good: {error.verify_message}"
        case ssl.SSLError():
            return f"the connection could not be encrypted: {error.reason}"
        case OSError():
            return f"no connection to the server: {error.strerror or type(error).__name__}"
        case _:
            return "SMTP_URL holds a host or a login that cannot be sent"


def _as_bytes(words: bytes | str) -> bytes:
    return words if isinstance(words, bytes) else words.encode("utf-8", "replace")


def _name_to_greet_with(host: str) -> str:
    """How we name ourselves in EHLO: the public name, or the address in brackets (RFC 5321, section 4.1.3).

    smtplib would ask the resolver for a name, which may take long, and give the server one it knows nothing of.
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host if host.isascii() else "localhost"
    return f"[{address}]" if address.version == 4 else f"[IPv6:{address}]"
