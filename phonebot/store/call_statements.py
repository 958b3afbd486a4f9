"""The statements of a turn, made once: building them each time costs more than running them."""

from sqlalchemy import BindParameter, Select, Update, and_, bindparam, exists, insert, or_, select, true, update

from phonebot.store.tables import (
    AttemptRow,
    CallRow,
    CommitmentRow,
    ConsentRow,
    LineRow,
    MessageRow,
    OfficeRow,
    PersonRow,
    StatusRow,
    TransferRow,
    VerdictRow,
    WebhookRow,
    table_of,
)

CALLS, LINES, OFFICES = table_of(CallRow), table_of(LineRow), table_of(OfficeRow)
PEOPLE, STATUSES, MESSAGES = table_of(PersonRow), table_of(StatusRow), table_of(MessageRow)
WEBHOOKS, TRANSFERS, ATTEMPTS = table_of(WebhookRow), table_of(TransferRow), table_of(AttemptRow)
COMMITMENTS, CONSENTS, VERDICTS = table_of(CommitmentRow), table_of(ConsentRow), table_of(VerdictRow)

LINE_AND_OFFICE = select(OFFICES, LINES).select_from(OFFICES.outerjoin(LINES, LINES.c.number == bindparam("number")))

CALL_LOCKED = (
    select(CALLS, OFFICES, LINES)
    .select_from(CALLS.join(OFFICES, true()).outerjoin(LINES, LINES.c.number == CALLS.c.line))
    .where(CALLS.c.sid == bindparam("sid"))
    .with_for_update(of=CALLS)
)

_SPEAKING = and_(
    STATUSES.c.cleared_at.is_(None), STATUSES.c.starts <= bindparam("now"), STATUSES.c.ends >= bindparam("now")
)

EVERYBODY = (
    select(PEOPLE, STATUSES)
    .select_from(PEOPLE.outerjoin(STATUSES, and_(STATUSES.c.person_id == PEOPLE.c.id, _SPEAKING)))
    .order_by(PEOPLE.c.position)
)


def _people_named() -> Select[tuple[object, ...]]:
    """Two people, whoever usually covers them, and whoever covers them now."""
    ids: list[BindParameter[str]] = [bindparam("rung"), bindparam("mailbox")]
    usual = select(PEOPLE.c.cover).where(PEOPLE.c.id.in_(ids))
    named = select(STATUSES.c.cover).where(STATUSES.c.person_id.in_(ids), _SPEAKING)
    return EVERYBODY.where(or_(PEOPLE.c.id.in_(ids), PEOPLE.c.id.in_(usual), PEOPLE.c.id.in_(named)))


PEOPLE_NAMED = _people_named()


_OPEN_QUESTION = (
    select(VERDICTS.c.message_id)
    .where(VERDICTS.c.number == bindparam("ringing"), VERDICTS.c.asked_at.is_(None))
    .order_by(VERDICTS.c.id)
    .limit(1)
    .scalar_subquery()
)
"""The message of the oldest question that is still to be put to a number."""


def _known_of_caller() -> Select[tuple[str | None, int | None, bool | None]]:
    """One row: whether a call comes back to us, which question is open, and what was answered about texts.

    A call comes back that is from a line of ours, or from a phone that we are ringing, or that is being shown to it.
    """
    numbers: BindParameter[str] = bindparam("numbers", expanding=True)
    rung_now = and_(
        or_(TRANSFERS.c.phone.in_(numbers), TRANSFERS.c.shown.in_(numbers)),
        TRANSFERS.c.started_at > bindparam("since"),
        TRANSFERS.c.accepted_at.is_(None),
        TRANSFERS.c.ended_at.is_(None),
        # A caller who hangs up while a phone rings ends the ringing: who rings next is somebody new.
        exists().where(CALLS.c.sid == TRANSFERS.c.call_sid, CALLS.c.ended_at.is_(None)),
    )
    # Whoever returns a call is rung first, and their phone forwards to us too when it is not answered.
    staff_rung_now = (
        select(PEOPLE.c.phone)
        .join(ATTEMPTS, ATTEMPTS.c.by == PEOPLE.c.id)
        .where(ATTEMPTS.c.outcome.is_(None), ATTEMPTS.c.sending_at > bindparam("since"), PEOPLE.c.phone.in_(numbers))
    )
    lines = select(LINES.c.number).where(LINES.c.number.in_(numbers))
    ours = lines.union_all(select(TRANSFERS.c.phone).where(rung_now), staff_rung_now)
    comes_back = select(ours.subquery().c.number).limit(1).scalar_subquery()
    newest = select(CONSENTS.c.agreed).where(CONSENTS.c.number == bindparam("ringing"))
    consent = newest.order_by(CONSENTS.c.id.desc()).limit(1).scalar_subquery()
    return select(comes_back.label("comes_back"), _OPEN_QUESTION.label("question"), consent.label("consent"))


KNOWN_OF_CALLER = _known_of_caller()

ASK_VERDICT: Update = (
    update(VERDICTS)
    .where(VERDICTS.c.message_id == _OPEN_QUESTION, VERDICTS.c.asked_at.is_(None))
    .values(asked_at=bindparam("at"), call_sid=bindparam("the_call"))
)
TAKE_VERDICT = (
    update(VERDICTS)
    .where(VERDICTS.c.call_sid == bindparam("the_call"))
    .values(reached=bindparam("said"), answered_at=bindparam("at"))
    .returning(VERDICTS.c.message_id)
)

ANSWERED = select(WEBHOOKS.c.answer).where(
    WEBHOOKS.c.call_sid == bindparam("sid"), WEBHOOKS.c.kind == "turn", WEBHOOKS.c.key == bindparam("turn")
)

UPDATE_CALL = update(CALLS).where(CALLS.c.sid == bindparam("the_call"))
UPDATE_MESSAGE = update(MESSAGES).where(MESSAGES.c.call_sid == bindparam("the_call"))

ITS_MESSAGE = select(MESSAGES.c.id).where(MESSAGES.c.call_sid == bindparam("the_call"))
NEW_COMMITMENT = insert(COMMITMENTS).values(message_id=ITS_MESSAGE.scalar_subquery())
