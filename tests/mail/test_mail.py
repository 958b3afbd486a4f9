"""A mail on the wire: its headers, its parts, and nothing in it that anybody else could have put there."""

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebot.mail.mail import Attachment, Mail, on_the_wire, one_line, sender_of

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
SENDER = sender_of("Cohen and Hart <phone@example.com>")
PLAIN = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress"]
BODY = ["Content-Type", "Content-Transfer-Encoding", "MIME-Version"]
NASTY = st.text(st.sampled_from("aé=?_<>:;,.\"'@ \r\n\t\x00\x1b\x85\x9b\u202e\u2028\u200d\ud800qQbB-"), max_size=120)


def mail(**others: object) -> Mail:
    """A short mail."""
    usual: dict[str, object] = {"to": "sue@example.com", "subject": "2 calls owed", "text": "Julie rang.\n", "key": "k"}
    return Mail(**(usual | others))  # type: ignore[arg-type]  # a test's shorthand


def read(content: bytes) -> EmailMessage:
    """A mail as a mail program reads it."""
    message = message_from_bytes(content, policy=SMTP_POLICY)
    assert isinstance(message, EmailMessage)
    return message


def shown(content: bytes) -> str:
    """The subject as a mail program shows it, by the standard's own decoding and not the parser's."""
    raw = re.search(rb"\r\nSubject:([^\r\n]*(?:\r\n[ \t][^\r\n]*)*)\r\n", content)
    assert raw is not None
    return str(make_header(decode_header(raw[1].decode("ascii").replace("\r\n", "").strip())))


def test_a_mail_has_the_headers_it_needs_once_each() -> None:
    message = read(on_the_wire(mail(), SENDER, NOW))
    assert sorted(message.keys()) == sorted(PLAIN + BODY)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Date"].datetime == NOW


def test_the_message_id_is_made_of_the_key_and_the_senders_domain() -> None:
    message = read(on_the_wire(mail(key="digest sue 2026-11-24"), SENDER, NOW))
    assert message["Message-ID"] == f"<{sha256(b'digest sue 2026-11-24').hexdigest()[:32]}@example.com>"


def test_two_mails_without_a_key_are_two_mails() -> None:
    first = read(on_the_wire(mail(key=""), SENDER, NOW))
    second = read(on_the_wire(mail(key="", text="Tom rang.\n"), SENDER, NOW))
    assert first["Message-ID"] != second["Message-ID"]


def test_a_mail_with_every_kind_of_part_is_the_same_bytes_each_time() -> None:
    whole = mail(html="<p>Zoë</p>", attachments=(Attachment("call.wav", "audio/wav", bytes(range(256))),))
    assert on_the_wire(whole, SENDER, NOW) == on_the_wire(whole, SENDER, NOW)


def test_the_parts_of_a_mail_are_read_as_they_were_given() -> None:
    sound = Attachment("Zoë's call.wav", "audio/wav", bytes(range(256)) * 100)
    message = read(on_the_wire(mail(text="Zoë rang.\n", html="<p>Zoë rang.</p>", attachments=(sound,)), SENDER, NOW))
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content() == "Zoë rang.\r\n"
    assert html.get_content().strip() == "<p>Zoë rang.</p>"
    (attached,) = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("Zoë's call.wav", "audio/wav")
    assert attached.get_payload(decode=True) == sound.content


@pytest.mark.parametrize("kind", ["", "audio", "audio/", "audio/wav\r\nBcc: x@example.com", "message/rfc822", "a/b/c"])
def test_an_attachment_of_no_known_kind_is_just_bytes(kind: str) -> None:
    message = read(on_the_wire(mail(attachments=(Attachment("x", kind, b"\x00\xff"),)), SENDER, NOW))
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "application/octet-stream"
    assert attached.get_payload(decode=True) == b"\x00\xff"


def test_a_caller_cannot_end_a_part_by_saying_its_boundary() -> None:
    sound = Attachment("call.wav", "audio/wav", b"RIFF")
    boundary = str(read(on_the_wire(mail(attachments=(sound,)), SENDER, NOW)).get_boundary())
    said = f"--{boundary}\nContent-Type: text/html\n\n<script>\n--{boundary}--\n"
    message = read(on_the_wire(mail(text=said, attachments=(sound,)), SENDER, NOW))
    assert message.get_boundary() == boundary
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "audio/wav"]
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == said


@pytest.mark.parametrize(
    "subject",
    [
        "Julie\r\nBcc: all@example.com",
        "Julie\nBcc: all@example.com",
        "Julie\rBcc: all@example.com",
        "Julie\r\n\r\n<script>",
        "Julie\x85Bcc: all@example.com",
        "Julie\u2028Bcc: all@example.com",
        "=?utf-8?q?Julie=0D=0ABcc=3A_all=40example=2Ecom?=",
        "=?utf-8?b?SnVsaWUNCkJjYzogYWxsQGV4YW1wbGUuY29t?=",
        "=\u200d?utf-8?q?Julie=0D=0ABcc=3A_all=40example=2Ecom?=",
    ],
)
def test_fault_62_a_subject_is_one_line_and_adds_no_header(subject: str) -> None:
    content = on_the_wire(mail(subject=subject), SENDER, NOW)
    assert sorted(read(content).keys()) == sorted(PLAIN + BODY)
    assert not set("\r\n") & set(shown(content))


@given(NASTY | st.text(max_size=300) | st.text("aé ", min_size=70, max_size=300))
def test_fault_62_any_subject_is_shown_as_one_clean_line_and_nothing_else_changes(subject: str) -> None:
    content = on_the_wire(mail(subject=subject), SENDER, NOW)
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 100
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)|\?==\?|\?[qb]\?\?=", content)
    assert shown(content) == one_line(subject)
    message = read(content)
    assert sorted(message.keys()) == sorted(PLAIN + BODY)
    assert message["Subject"] == one_line(subject)


@given(NASTY)
def test_fault_62_any_name_of_a_file_adds_no_header_and_no_part(name: str) -> None:
    content = on_the_wire(mail(attachments=(Attachment(name, "audio/wav", b"RIFF"),)), SENDER, NOW)
    message = read(content)
    assert sorted(message.keys()) == sorted([*PLAIN, "Content-Type", "MIME-Version"])
    assert [part.get_content_type() for part in message.iter_parts()][1:] == ["audio/wav"]
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content)


@given(NASTY | st.text(max_size=300))
def test_fault_62_any_words_are_a_body_and_nothing_more(text: str) -> None:
    content = on_the_wire(mail(text=text, html=text), SENDER, NOW)
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 100
    message = read(content)
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    body = message.get_body(("plain",))
    assert body is not None
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", body.get_content())


def test_fault_62_marks_that_turn_or_hide_text_and_terminal_escapes_are_taken_out_of_headers() -> None:
    hidden = "Julie\u202e \x1b[31mSmith\x9b2J \u2066of\u2069 Hart\u200bwell\x07"
    assert one_line(hidden) == "Julie [31mSmith 2J of Hartwell"


def test_a_subject_far_too_long_is_cut_with_a_mark() -> None:
    assert one_line("word " * 200).endswith("…")


@pytest.mark.parametrize(
    ("mail_from", "header", "address"),
    [
        ("phone@example.com", "phone@example.com", "phone@example.com"),
        ("Phone <phone@example.com>", "Phone <phone@example.com>", "phone@example.com"),
        ("Hart, Cohen & Co. <phone@example.com>", '"Hart, Cohen & Co." <phone@example.com>', "phone@example.com"),
        ('"Hart, Cohen" <phone@example.com>', '"Hart, Cohen" <phone@example.com>', "phone@example.com"),
        ("Praxis Müller <phone@example.com>", "Praxis Müller <phone@example.com>", "phone@example.com"),
    ],
)
def test_the_sender_is_named_as_the_settings_say(mail_from: str, header: str, address: str) -> None:
    sender = sender_of(mail_from)
    assert sender.addr_spec == address
    assert read(on_the_wire(mail(), sender, NOW))["From"] == header
