"""What digests and notices make of transcripts as they are kept, on both databases."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from phonebot.domain.digest import Owed, is_urgent
from phonebot.domain.gist import question_words
from phonebot.domain.recording import Purpose, RecordingState
from phonebot.domain.transcript import Hearing, Transcript
from phonebot.mail.digest_mail import digest_letter
from phonebot.mail.wording import who_of
from phonebot.services.messages.intake import take_in
from phonebot.services.staff.digests import digest_for
from phonebot.services.staff.notices import announce, send_notice
from phonebot.store.audio import refuse_recording, want_again
from phonebot.store.database import Database
from phonebot.store.transcripts import save_missing
from tests.heard import VOICEMAIL, hear, heard, record
from tests.mail.post_office import PostOffice
from tests.services.owing import TUESDAY, Desk, leave, open_office


def owed(database: Database, number: int) -> Owed:
    digest, _ = digest_for(database, "sue", None, TUESDAY)
    return {item.number: item for item in digest.owed}[number]


@pytest.fixture(autouse=True)
def _opened(database: Database) -> None:
    open_office(database)


def test_a_message_without_a_recording_waits_for_no_words(database: Database) -> None:
    item = owed(database, leave(database))

    assert (item.transcript, item.hearing) == (None, None)
    assert item.gist is not None
    assert item.gist.lines[0] == "Julie Smith, Hartwell Dental"


def test_a_recording_waits_is_heard_or_is_said_to_be_missing(database: Database) -> None:
    waits, spoken, silent, lost = (leave(database) for _ in range(4))
    sids = {number: record(database, number) for number in (waits, spoken, silent, lost)}
    hear(database, sids[spoken], VOICEMAIL)
    hear(database, sids[silent], Transcript(""))
    with database.write() as session:
        assert save_missing(session, sids[lost], "the recording is no audio", TUESDAY)

    assert (owed(database, waits).transcript, owed(database, waits).hearing) == (None, Hearing.PENDING)
    assert (owed(database, spoken).transcript, owed(database, spoken).hearing) == (VOICEMAIL, Hearing.HEARD)
    assert (owed(database, silent).transcript, owed(database, silent).hearing) == (Transcript(""), Hearing.HEARD)
    assert (owed(database, lost).transcript, owed(database, lost).hearing) == (None, Hearing.MISSING)


def test_where_nobody_puts_recordings_into_words_nothing_is_said_of_it(database: Database) -> None:
    number = leave(database)
    record(database, number, speech_seconds=0.2)

    assert (owed(database, number).hearing, owed(database, number).recording_seconds) == (None, 9.0)


def test_the_recording_is_held_against_the_form_by_the_offices_rules_and_the_callers_day(database: Database) -> None:
    number = leave(database, business="invoice 4418")
    hear(database, record(database, number), VOICEMAIL)
    gist = owed(database, number).gist

    assert gist is not None
    asked = " ".join(question_words(each) for each in gist.questions)
    assert "[0144?]" in asked
    assert "[4417?]" in asked


def test_what_only_the_recording_says_makes_it_urgent(database: Database) -> None:
    number = leave(database)
    sid = record(database, number)
    before = owed(database, number)
    hear(database, sid, heard("Please ring me back, it really can't wait.", "can't wait"))

    assert not is_urgent(before, TUESDAY, None)
    assert is_urgent(owed(database, number), TUESDAY, None)


@pytest.mark.parametrize("given", [{"name": None, "company": None}, {"name": None, "company": "Hartwell Dental"}, {}])
def test_a_name_that_was_only_recorded_is_told_of_where_no_other_is_known(
    database: Database, given: dict[str, Any]
) -> None:
    number = leave(database, **given)
    record(database, number, purpose=Purpose.NAME, seconds=0.9, speech_seconds=0.4)
    item = owed(database, number)

    assert (item.name_seconds, item.recording_seconds, item.hearing) == (0.9, None, None)
    assert item.gist is not None
    told = (item.gist.who, ", ".join(who_of(item)))
    assert all(("ame recorded" in who) is ("company" in given and given["company"] is None) for who in told)
    assert "No name given" not in told


def test_a_name_in_which_nobody_speaks_is_no_name(database: Database) -> None:
    number = leave(database, name=None, company=None)
    record(database, number, purpose=Purpose.NAME, seconds=3.0, speech_seconds=0.0)

    assert owed(database, number).name_seconds is None
    assert who_of(owed(database, number)) == ("No name given",)


def test_a_name_said_in_the_message_is_shown_and_not_that_one_was_recorded(database: Database) -> None:
    number = leave(database, name=None, company=None)
    hear(database, record(database, number), heard("Hello, this is Amir Khan, please call me back."))
    record(database, number, sid=f"RE{number + 100:032x}", purpose=Purpose.NAME)

    assert "Amir Khan" in who_of(owed(database, number))[0]
    assert owed(database, number).name_seconds == 9.0


def test_a_recording_that_was_refused_is_not_there_to_hear_also_while_it_is_tried_again(database: Database) -> None:
    number = leave(database)
    sid = record(database, number, state=RecordingState.ANNOUNCED, fetched_at=None, speech_seconds=None)
    assert owed(database, number).recording_seconds == 9.0
    for change in (refuse_recording, lambda session, sid, _, now: want_again(session, sid, now), refuse_recording):
        with database.write() as session:
            change(session, sid, "what came is a page, not a recording", TUESDAY)
        item = owed(database, number)
        assert (item.recording_seconds, item.hearing) == (None, Hearing.MISSING)


def test_that_a_recording_breaks_off_is_known(database: Database) -> None:
    whole, cut = (leave(database) for _ in range(2))
    record(database, whole)
    record(database, cut, cut_off=True)

    assert (owed(database, whole).cut_off, owed(database, cut).cut_off) == (False, True)


def test_transcripts_of_all_messages_cost_one_statement(database: Database) -> None:
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    counts = []
    for _ in range(2):
        for _ in range(3):
            hear(database, record(database, leave(database)), VOICEMAIL)
        take_in(database, TUESDAY)
        statements.clear()
        digest, _ = digest_for(database, "sue", None, TUESDAY)
        assert all(item.transcript == VOICEMAIL for item in digest.owed)
        counts.append((len(digest.owed), sum("FROM recordings" in each for each in statements), len(statements)))

    assert counts == [(3, 2, counts[0][2]), (6, 2, counts[0][2])]


def test_a_notice_that_is_late_has_what_was_heard_meanwhile(database: Database, post: PostOffice) -> None:
    desk, number = Desk.at(database, post), leave(database)
    sid = record(database, number)
    take_in(database, TUESDAY)
    announce(database, number, TUESDAY)
    hear(database, sid, VOICEMAIL)
    send_notice(desk.room, {"person": "sue", "message": number}, TUESDAY + timedelta(hours=1))

    (text,) = desk.texts("sue")
    assert "[4417?]" in text
    assert "? The recording has" in text


def test_a_digest_is_sent_and_amended_as_recordings_are_heard(database: Database) -> None:
    number = leave(database)
    sid = record(database, number)
    digest, book = digest_for(database, "sue", None, TUESDAY)
    before = digest_letter(digest, book.office, lambda item, act: f"https://phone.example.com/{item.number}/{act}")
    hear(database, sid, VOICEMAIL)
    digest, book = digest_for(database, "sue", None, TUESDAY)
    after = digest_letter(digest, book.office, lambda item, act: f"https://phone.example.com/{item.number}/{act}")

    assert "not been put into words yet" in before.text
    assert f"https://phone.example.com/{number}/hear" in before.text
    assert "not been put into words yet" not in after.text
    assert "invoice [4417?]" in after.text
