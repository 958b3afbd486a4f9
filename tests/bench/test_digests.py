"""What the digest's figures rest on: the same calls on both sides, all of them shown, and mails counted right."""

from datetime import UTC, datetime
from pathlib import Path

from bench.digests import HTML, ITEMS, OFFICE, TEXT, calls_owed, digest_of
from bench.ground import environment
from bench.mail_server import mail_server
from phonebot.config import load_settings
from phonebot.mail import Mail, MailDoor
from phonebot.mail.digest_mail import digest_letter
from tests.owing import link


def test_five_hundred_calls_are_all_in_the_letter_and_no_two_alike() -> None:
    owed = calls_owed(ITEMS)
    letter = digest_letter(digest_of(owed), OFFICE, link)
    assert len(set(owed)) == ITEMS == len({each.ref for each in owed})
    assert all(f'<span class="ref">{each.ref}</span>' in letter.html for each in owed)
    assert all(f", {each.ref}\n" in letter.text for each in owed)


def test_the_same_seed_gives_the_same_calls() -> None:
    assert calls_owed(20) == calls_owed(20)


def test_the_floor_names_every_fact_that_a_digest_must_show() -> None:
    for fact in ("name", "company", "phone", "received_at", "business", "window_said", "told", "tries"):
        assert f"each.{fact}" in HTML
        assert f"each.{fact}" in TEXT


def test_the_mail_server_counts_each_message_once_for_each_mail_and_reader(tmp_path: Path) -> None:
    owed = calls_owed(3)
    letter = digest_letter(digest_of(owed), OFFICE, link)
    with mail_server() as server:
        door = MailDoor(load_settings(environment(tmp_path, f"sqlite:///{tmp_path}/none.db", smtp_url=server.url)))
        for to in ("sue@example.com", "tom@example.com", "sue@example.com"):
            door.send(Mail(to, letter.subject, letter.text, letter.html), datetime.now(UTC))
    assert server.mails == 3
    assert len(server.told) == 2 * len(owed)
    assert {count for (to, _), count in server.told.items() if to == "sue@example.com"} == {2}
