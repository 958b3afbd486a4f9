"""A mail as phonebot means it, and the bytes it is on the wire: the same mail is the same bytes each time."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from hashlib import sha256
from typing import Any, Final

from phonebot.domain.text import clean
from phonebot.mail.errors import MailRefused, MailUnavailable

LONGEST_HEADER: Final = 250
"""Characters of a subject or a file name: beyond these no mail program shows them."""

LINE: Final = 78
"""Characters of a line (RFC 5322, section 2.1.1)."""

LONGEST_WORD: Final = 60
"""Characters of a subject's word that surely fits in a line."""

_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL: Final = r"[A-Za-z0-9-]+"
_ADDRESS = re.compile(rf"{_ATOM}(\.{_ATOM})*@{_LABEL}(\.{_LABEL})*")
"""RFC 5321's mailbox without quoted names, comments and address literals, which nobody's mail program makes."""

_KIND = re.compile(r"(application|audio|image|text|video)/[A-Za-z0-9][A-Za-z0-9.+-]*")
_BODY_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Terminal escapes, NUL and lone surrogates: no mail may hold them (RFC 5322, section 4), and no reader wants them."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail: its name, its media type as in "audio/wav", and its bytes."""

    name: str
    kind: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to one recipient. `key` is what makes it one mail: the same key gives the same Message-ID for ever.

    Without a key, the mail's recipient, words and time stand for it.
    """

    to: str
    subject: str
    text: str = field(repr=False)
    html: str | None = field(default=None, repr=False)
    key: str = ""
    attachments: tuple[Attachment, ...] = ()


class _Policy(EmailPolicy):
    """EmailPolicy, but for subjects that are not plain.

    EmailPolicy itself glues encoded words together ("?==?") and makes empty ones, which RFC 2047 forbids and some
    providers refuse (python/cpython 136052 and 144156).
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name != "Subject" or (value.isascii() and max(map(len, value.split()), default=0) <= LONGEST_WORD):
            return super().fold_binary(name, value)
        encoded = Header(str(value), "utf-8", LINE, name).encode(linesep=self.linesep)
        return f"{name}: {encoded}{self.linesep}".encode("ascii")


POLICY: Final = _Policy(linesep="\r\n", max_line_length=LINE)


def sender_of(mail_from: str) -> Address:
    """MAIL_FROM, "phone@example.com" or "Phone <phone@example.com>", taken apart. Raise MailUnavailable if neither."""
    name, _, address = mail_from.rpartition(" <")
    found = _address(address.removesuffix(">"), one_line(name).strip('"'))
    if found is None:
        raise MailUnavailable("MAIL_FROM is not an address that mail can be sent from")
    return found


def recipient_of(mail: Mail) -> Address:
    """Who the mail is for. Raise MailRefused if that is not one address in ASCII."""
    found = _address(mail.to)
    if found is None:
        raise MailRefused("the recipient's address is not one that mail can be sent to")
    return found


def _address(text: str, name: str = "") -> Address | None:
    if not _ADDRESS.fullmatch(text):
        return None
    local, _, domain = text.rpartition("@")
    return Address(name, local, domain)


def on_the_wire(mail: Mail, sender: Address, now: datetime) -> bytes:
    """The mail in ASCII with CRLF, dated `now` (aware). Raise MailRefused if it is not for one address."""
    own = _own_hash(mail, now)
    message = EmailMessage(POLICY)
    message["From"] = sender
    message["To"] = recipient_of(mail)
    message["Subject"] = one_line(mail.subject)
    message["Date"] = now
    message["Message-ID"] = f"<{own[:32]}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(_body(mail.text), cte="quoted-printable")
    if mail.html is not None:
        message.add_alternative(_body(mail.html), subtype="html", cte="quoted-printable")
    for attachment in mail.attachments:
        _attach(message, attachment)
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        # Neither base64 nor quoted-printable can make "=_", so no caller's words end a part (RFC 2045, section 6.7).
        part.set_boundary(f"=_{own[32:56]}_{number}")
    return message.as_bytes()


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    kind = attachment.kind if _KIND.fullmatch(attachment.kind) else "application/octet-stream"
    main, _, sub = kind.partition("/")
    message.add_attachment(attachment.content, maintype=main, subtype=sub, filename=one_line(attachment.name))


def _own_hash(mail: Mail, now: datetime) -> str:
    """64 hex digits that stand for this mail and no other."""
    words = mail.key or "\0".join((mail.to, mail.subject, mail.text, mail.html or "", now.isoformat()))
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def one_line(text: str) -> str:
    """A text for a header: one line, cut short, without controls or marks that turn or hide what is shown."""
    seen = "".join(one for one in clean(text, LONGEST_HEADER) if unicodedata.category(one) not in {"Cc", "Cf"})
    # What a caller said must not be read as an encoded word: that decodes to anything, line ends among it.
    return " ".join(seen.replace("=?", "= ?").split())


def _body(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BODY_CONTROLS.sub("", lines)
