"""The mail server of the demonstration: takes what phonebot sends over SMTP on loopback, and keeps it."""

import re
import threading
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from types import TracebackType
from typing import Final, Self

END_OF_MAIL: Final = b".\r\n"

ANSWERS: Final = {"EHLO": "250 demo", "HELO": "250 demo", "MAIL": "250 OK", "RCPT": "250 OK", "NOOP": "250 OK"}
"""What is said to each command that needs nothing done (RFC 5321, section 4.1)."""


class DemoPost(ThreadingTCPServer):
    """An SMTP server that takes every mail, open inside `with`. Each is in `mails`, and a file in `folder` as well."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.folder = folder
        self.mails: list[EmailMessage] = []
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)

    @property
    def settings(self) -> dict[str, str]:
        """The settings with which phonebot sends its mail here."""
        return {"SMTP_URL": f"smtp://127.0.0.1:{self.server_address[1]}", "MAIL_FROM": "phone@example.com"}

    def keep(self, content: bytes) -> None:
        """Take a mail, by its bytes."""
        mail = message_from_bytes(content, policy=SMTP)
        assert isinstance(mail, EmailMessage)
        with self._lock:
            self.mails.append(mail)
            self.folder.mkdir(exist_ok=True)
            to = re.sub(r"[^\w.@-]", "_", str(mail["To"]))
            (self.folder / f"{len(self.mails):03} {to}.eml").write_bytes(content)

    def to(self, address: str) -> list[EmailMessage]:
        """The mails to that address, in the order in which they came."""
        return [mail for mail in self.mails if mail["To"] == address]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()


def words_of_mail(mail: EmailMessage) -> str:
    """The plain words of a mail, with a line feed after each line."""
    body = mail.get_body(("plain",))
    return "" if body is None else str(body.get_content()).replace("\r\n", "\n")


class _Conversation(StreamRequestHandler):
    """One connection, from the greeting to the goodbye."""

    server: DemoPost

    def handle(self) -> None:
        """Answer each command in its turn."""
        self._say("220 demo")
        for line in self.rfile:
            command = line[:4].decode("ascii", "replace").strip().upper()
            if command == "QUIT":
                self._say("221 goodbye")
                return
            if command == "DATA":
                self._say("354 go on")
                self.server.keep(self._content())
                self._say("250 OK")
            else:
                self._say(ANSWERS.get(command, "502 not known here"))

    def _content(self) -> bytes:
        """The mail up to the full stop that ends it, without those that were put before others (section 4.5.2)."""
        lines = iter(self.rfile.readline, END_OF_MAIL)
        return b"".join(line.removeprefix(b".") for line in lines if line)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode("ascii"))
