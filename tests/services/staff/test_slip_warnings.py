"""Warnings of accepted calls, as they reach staff."""

from pathlib import Path

from phonebot.services.callers.slips import mind_promises
from tests.mail.post_office import PostOffice
from tests.offices import SUE_PHONE, TOM_PHONE
from tests.promised import DUE, MINUTE, passes, rang, taken_on
from tests.texting import (
    TEXTING_TOML,
    at,
    sent_texts,
    texting,
    works,
)


def test_warnings_go_by_mail_and_each_says_what_is_to_be_done(tmp_path: Path, database_url: str) -> None:
    sender = "phone@example.com"
    with PostOffice() as post, texting(tmp_path, database_url, SMTP_URL=post.url, MAIL_FROM=sender) as phonebot:
        taken_on(phonebot)
        at(phonebot, DUE - 16 * MINUTE)
        passes(phonebot, DUE + 2 * MINUTE)
        assert [taken.recipient for taken in post.taken] == ["sue@example.com", "tom@example.com", "tom@example.com"]
        subjects = [str(taken.message["Subject"]) for taken in post.taken]
        assert subjects == [
            "Your call to Julie Smith, Hartwell Dental is due by 15:30",
            "Sue Cohen has not rung Julie Smith, Hartwell Dental yet",
            "Please ring Julie Smith, Hartwell Dental for Sue Cohen",
        ]
        assert all(f"{phonebot.settings.public_url}/do/" in taken.text for taken in post.taken)


BY_TEXT = TEXTING_TOML.replace('id = "sue"', 'id = "sue"\nnotices = "text"').replace('email = "tom@example.com"\n', "")


def test_whoever_wants_texts_or_has_no_mail_is_warned_by_text(tmp_path: Path, database_url: str) -> None:
    with texting(tmp_path, database_url, BY_TEXT) as phonebot:
        phonebot.network.expects_text(SUE_PHONE)
        phonebot.network.expects_text(TOM_PHONE, 2)
        taken_on(phonebot)
        at(phonebot, DUE - 16 * MINUTE)
        passes(phonebot, DUE + 2 * MINUTE)
        assert "15:30" in phonebot.network.phone(SUE_PHONE).texts_received[0]
        assert "Please ring for Sue Cohen" in phonebot.network.phone(TOM_PHONE).texts_received[1]


def test_a_warning_that_comes_too_late_is_not_sent(tmp_path: Path, database_url: str) -> None:
    with texting(tmp_path, database_url, BY_TEXT) as phonebot:
        message = taken_on(phonebot)
        mind_promises(phonebot.database, DUE - 14 * MINUTE)
        at(phonebot, DUE - 13 * MINUTE)
        rang(phonebot, message, "reached")
        works(phonebot)
        assert sent_texts(phonebot.database) == []
