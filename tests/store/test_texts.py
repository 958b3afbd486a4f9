"""Texts as rows, out and in, and the question that callers are asked."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from phonebot.domain.message import State
from phonebot.domain.office import RECEPTION
from phonebot.domain.reply import Reply
from phonebot.domain.texting import TextPurpose, TextState
from phonebot.store import texts, verdicts
from phonebot.store.database import Database
from phonebot.store.tables import MessageRow, ReceivedTextRow
from phonebot.store.texts import KeptText, ReceivedText
from tests.left_messages import leave
from tests.offices import JULIE, TOM_PHONE
from tests.running import TUESDAY

HOUR = timedelta(hours=1)


def add(database: Database, *, phone: str = JULIE, message: int | None = None, sid: str | None = None) -> int:
    with database.write() as session:
        number = texts.add_text(
            session,
            purpose=TextPurpose.VERDICT,
            phone=phone,
            words="Did we get back to you?",
            message=message,
            person=None,
            now=TUESDAY,
        )
        if sid:
            texts.change_text(session, number, sid=sid, state=TextState.SENT, changed_at=TUESDAY + HOUR)
        return number


def kept(database: Database, number: int) -> KeptText:
    with database.write() as session:
        text = texts.lock_text(session, number)
    assert text is not None
    return text


def came_in(
    database: Database,
    sid: str,
    *,
    phone: str = JULIE,
    message: int | None = None,
    meaning: Reply = Reply.OTHER,
    at: datetime = TUESDAY,
) -> bool:
    with database.write() as session:
        return texts.keep_received(session, ReceivedText(sid, phone, "Hello?", meaning, message, at))


def unseen(database: Database, *owners: str, strays: bool = False) -> list[str]:
    with database.read() as session:
        return [text.sid for text in texts.unseen_texts(session, owners, 10, strays=strays)]


def owned(database: Database, message: int, owner: str, **columns: object) -> int:
    with database.write() as session:
        session.execute(update(MessageRow).where(MessageRow.id == message).values(owner=owner, **columns))
    return message


def test_a_text_waits_until_it_is_handed_over(database: Database) -> None:
    text = kept(database, add(database))
    assert (text.state, text.sid, text.sending_at, text.phone) == (TextState.WAITING, None, None, JULIE)
    text = kept(database, add(database, sid="SM1"))
    assert (text.state, text.sid, text.changed_at) == (TextState.SENT, "SM1", TUESDAY + HOUR)


def test_a_row_that_is_not_there_is_none(database: Database) -> None:
    with database.write() as session:
        assert texts.lock_text(session, 99) is None
        assert texts.received_text(session, "SM9") is None


def test_the_newest_text_is_that_which_went_out_last_to_the_number(database: Database) -> None:
    first, second = add(database, sid="SM1"), add(database, sid="SM2")
    add(database), add(database, phone=TOM_PHONE, sid="SM3")
    with database.read() as session:
        newest = texts.newest_text_to(session, JULIE)
        assert newest is not None
        assert newest.number == second > first
        assert texts.newest_text_to(session, "+447700900155") is None


def test_sids_that_are_ours_are_told_from_others(database: Database) -> None:
    add(database, sid="SM1")
    with database.read() as session:
        assert texts.sids_taken(session, ["SM1", "SM2"]) == {"SM1"}
        assert texts.sids_taken(session, []) == set()


def test_texts_about_a_message_are_listed_in_order(database: Database) -> None:
    message = leave(database)
    numbers = [add(database, message=message), add(database, message=message)]
    add(database)
    with database.read() as session:
        assert [text.number for text in texts.texts_about(session, message)] == numbers


def test_a_text_that_comes_in_twice_is_kept_once(database: Database) -> None:
    assert came_in(database, "SM1")
    assert not came_in(database, "SM1", meaning=Reply.STOP)
    with database.read() as session:
        text = texts.received_text(session, "SM1")
        assert text == ReceivedText("SM1", JULIE, "Hello?", Reply.OTHER, None, TUESDAY)


def test_texts_of_a_number_are_counted_from_an_instant_on(database: Database) -> None:
    came_in(database, "SM1"), came_in(database, "SM2", at=TUESDAY + HOUR), came_in(database, "SM3", phone=TOM_PHONE)
    with database.read() as session:
        assert texts.received_since(session, JULIE, TUESDAY) == 2
        assert texts.received_since(session, JULIE, TUESDAY + HOUR) == 1
        assert texts.received_since(session, "+447700900155", TUESDAY) == 0


def test_texts_for_somebody_to_read_are_shown_to_whoever_owes_the_message_until_they_have_been_seen(
    database: Database,
) -> None:
    sues, toms = owned(database, leave(database), "sue"), owned(database, leave(database, mailbox="tom"), "tom")
    came_in(database, "SM1", message=sues)
    came_in(database, "SM2", message=toms, meaning=Reply.STOP_IN_WORDS)
    came_in(database, "SM3")
    came_in(database, "SM4", message=sues, meaning=Reply.YES)
    assert unseen(database, "sue") == ["SM1"]
    assert unseen(database, "sue", "tom") == ["SM1", "SM2"]
    assert unseen(database, RECEPTION, strays=True) == ["SM3"]
    with database.write() as session:
        texts.mark_seen(session, ["SM1"], TUESDAY + HOUR)
    assert unseen(database, "sue", strays=True) == ["SM3"]


def test_a_text_of_a_caller_who_has_been_forgotten_is_shown_to_nobody(database: Database) -> None:
    message = owned(database, leave(database), "sue")
    came_in(database, "SM1", message=message)
    with database.write() as session:
        session.execute(update(ReceivedTextRow).values(number=None, words=""))
    assert unseen(database, "sue", strays=True) == []
    with database.read() as session:
        assert texts.received_about(session, message) == []


def test_texts_that_came_in_about_a_message_are_listed_in_order_seen_or_not(database: Database) -> None:
    message = leave(database)
    came_in(database, "SM2", message=message, at=TUESDAY + HOUR)
    came_in(database, "SM1", message=message, meaning=Reply.YES)
    came_in(database, "SM3")
    with database.read() as session:
        assert [text.sid for text in texts.received_about(session, message)] == ["SM1", "SM2"]


def test_callers_are_named_as_their_messages_name_them(database: Database) -> None:
    julies, nobodys = leave(database), leave(database, name=None, company=None)
    with database.read() as session:
        named = texts.callers_named(session, {julies, nobodys, 10**6})
    assert named == {julies: ("Julie Smith", "Hartwell Dental"), nobodys: (None, None)}


def test_the_newest_message_that_is_owed_to_a_number_is_found(database: Database) -> None:
    with database.read() as session:
        assert texts.newest_owed_to(session, JULIE) is None
    earlier = owned(database, leave(database), "sue")
    later = owned(database, leave(database, at=TUESDAY + HOUR), "sue")
    owned(database, leave(database, at=TUESDAY + 2 * HOUR), "sue", settled_at=TUESDAY)
    leave(database, at=TUESDAY + 3 * HOUR, number=TOM_PHONE)
    with database.read() as session:
        assert texts.newest_owed_to(session, JULIE) == later > earlier


def returned(database: Database, minutes: int, state: State = State.RETURNED) -> int:
    message = owned(database, leave(database, at=TUESDAY + timedelta(minutes=minutes)), "sue", state=state)
    with database.write() as session:
        assert verdicts.open_question(session, message, TUESDAY)
        assert not verdicts.open_question(session, message, TUESDAY)
    return message


def test_only_the_oldest_question_is_put_and_the_next_waits_for_its_answer(database: Database) -> None:
    first, second = returned(database, 1), returned(database, 2, State.SAID_RETURNED)
    with database.write() as session:
        assert verdicts.oldest_to_ask_by_text(session, JULIE) == first
        assert verdicts.asked(session, first, TUESDAY)
        assert not verdicts.asked(session, first, TUESDAY)
        assert verdicts.oldest_to_ask_by_text(session, JULIE) is None
        assert verdicts.answered(session, first, TUESDAY, reached=True)
        assert not verdicts.answered(session, first, TUESDAY, reached=False)
        assert verdicts.oldest_to_ask_by_text(session, JULIE) == second


@pytest.mark.parametrize("state", [State.ATTEMPTED, State.REOPENED, State.WITHDRAWN])
def test_no_text_asks_about_a_message_that_does_not_stand_as_returned(database: Database, state: State) -> None:
    returned(database, 1, state)
    second = returned(database, 2)
    with database.read() as session:
        assert verdicts.oldest_to_ask_by_text(session, JULIE) == second


def test_a_question_that_never_arrived_may_be_put_again(database: Database) -> None:
    message = returned(database, 1)
    with database.write() as session:
        verdicts.asked(session, message, TUESDAY)
        verdicts.not_asked(session, message)
        assert verdicts.oldest_unasked(session, JULIE) == message
        assert verdicts.asked(session, message, TUESDAY)
        verdicts.answered(session, message, TUESDAY, reached=False)
        verdicts.not_asked(session, message)
        assert verdicts.oldest_unasked(session, JULIE) is None
