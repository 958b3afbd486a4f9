"""What became of the messages a database is filled with, as statements: tries, promises, histories, questions, texts.

Each settled one was announced, accepted, claimed, returned within the hour, and its caller asked, who said yes. Of
those owed every fifth has been tried once, and every fifth has been accepted.
"""

from collections.abc import Iterable

from bench.sql import Sql

SUES_SHARE = 6
"""One message in so many is Tom's to return, the others are Sue's."""

SETTLED, TRIED, ACCEPTED = "m.id <= :settled", "m.id > :settled AND m.id % 5 = 0", "m.id > :settled AND m.id % 5 = 1"
ANSWERED = "m.id <= :settled - :questions"
"""Settled, and its caller has answered; the newest of the settled have not been asked yet."""

AFTER_RETURN = 3_060
"""Seconds from a message to the call that returned it, which is 50 minutes and the minute that it took."""


def life_statements(sql: Sql) -> Iterable[str]:
    """All of it, in an order in which each statement finds what it rests on."""
    yield from _standings(sql)
    yield from _tries(sql)
    yield from _promises(sql)
    yield from _histories(sql)
    yield from _questions(sql)
    yield from _texts(sql)


def _standings(sql: Sql) -> Iterable[str]:
    """Who owes each message, and what has come of it."""
    yield f"""
        UPDATE messages SET
            owner = CASE WHEN id % :share = 0 THEN 'tom' ELSE 'sue' END,
            state = CASE WHEN id <= :settled THEN 'returned' WHEN id % 5 = 0 THEN 'attempted' ELSE 'new' END,
            settled_at = CASE WHEN id <= :settled THEN {sql.later("received_at", AFTER_RETURN)} END
    """


def _tries(sql: Sql) -> Iterable[str]:
    """One try at each message that was returned or tried, joined for a minute or not answered."""
    joined = sql.json(
        staff="'completed'", pressed=True, caller="'completed'", dial="'completed'", seconds="60", said="'spoke'"
    )
    nobody = sql.json(staff="'completed'", pressed=True, caller="'no-answer'", dial="'no-answer'")
    for which, gathered, outcome, evidence in (
        (SETTLED, joined, "reached", "spoke"),
        (TRIED, nobody, "no-answer", "confirmed"),
    ):
        yield f"""
            INSERT INTO attempts (message_id, "by", holding, phone, made_at, sending_at, call_sid, gathered, outcome,
                                  evidence, over_at)
            SELECT id, owner, false, number, {sql.later("received_at", 3000)}, {sql.later("received_at", 3000)},
                   'CA' || {sql.sid}, {gathered}, '{outcome}', '{evidence}', {sql.later("received_at", AFTER_RETURN)}
            FROM messages m WHERE {which}
        """


def _promises(sql: Sql) -> Iterable[str]:
    """An accepted call for each message returned, which was kept, and for some of those owed, due an hour from now."""
    words = "'Sue will call you tomorrow between three and five.'"
    made = sql.later("received_at", 600)
    for which, due, closed, fate in (
        (SETTLED, sql.later("received_at", 7200), sql.later("received_at", AFTER_RETURN), "'kept'"),
        (ACCEPTED, sql.later(":due", "id"), "NULL", "NULL"),
    ):
        yield f"""
            INSERT INTO commitments (message_id, basis, owner, due_at, words, rests_on, made_at, told_at, "window",
                                     closed_at, closed_as)
            SELECT id, 'accepted', owner, {due}, {words}, '{{}}', {made}, NULL, {sql.given("window")}, {closed}, {fate}
            FROM messages m WHERE {which}
        """


def _histories(sql: Sql) -> Iterable[str]:
    """What happened to each message, one thing after the other."""
    taken_on = "JOIN commitments c ON c.message_id = m.id AND c.basis = 'accepted'"
    tried = "JOIN attempts a ON a.message_id = m.id"
    until = sql.written(sql.later("m.received_at", 3900))
    attempted = sql.json(attempt="a.id", outcome="a.outcome", evidence="a.evidence", holding=False)
    for kind, by, seconds, detail, source, which in (
        ("received", "'phonebot'", 0, sql.json(left="'new'"), "", "true"),
        ("delivered", "'phonebot'", 2, sql.json(to="m.owner"), "", "true"),
        ("accepted", "m.owner", 600, sql.json(commitment="c.id"), taken_on, "true"),
        ("claimed", "m.owner", 3000, sql.json(until=until, attempt="a.id"), tried, "true"),
        ("attempted", "m.owner", AFTER_RETURN, attempted, tried, "true"),
        ("asked", "'phonebot'", 3660, sql.json(), "", ANSWERED),
        ("verdict", "'caller'", 7200, sql.json(reached=True), "", ANSWERED),
    ):
        yield f"""
            INSERT INTO events (message_id, at, kind, "by", detail)
            SELECT m.id, {sql.later("m.received_at", seconds)}, '{kind}', {by}, {detail}
            FROM messages m {source} WHERE {which} ORDER BY m.id
        """


def _questions(sql: Sql) -> Iterable[str]:
    """The question about each message returned, answered, or open still for the one caller who is to be asked."""
    opened = sql.later("received_at", AFTER_RETURN)
    yield f"""
        INSERT INTO verdicts (message_id, number, opened_at, asked_at, call_sid, reached, answered_at)
        SELECT id, number, {opened}, {sql.later("received_at", 3660)}, NULL, true, {sql.later("received_at", 7200)}
        FROM messages m WHERE {ANSWERED} ORDER BY id
    """
    yield f"""
        INSERT INTO verdicts (message_id, number, opened_at)
        SELECT id, :asked, {opened} FROM messages m WHERE {SETTLED} AND NOT ({ANSWERED}) ORDER BY id
    """


def _texts(sql: Sql) -> Iterable[str]:
    """Every second question went by text, and was answered so; one caller in ten has said what they think of texts."""
    asked, answered = sql.later("received_at", 3660), sql.later("received_at", 7200)
    which = f"{ANSWERED} AND id % 2 = 0 ORDER BY id"
    yield f"""
        INSERT INTO texts (purpose, message_id, number, words, state, sid, made_at, sending_at, changed_at)
        SELECT 'verdict', id, number, 'This is Cohen and Hart. Did we get back to you? Please reply yes or no.',
               'delivered', 'SM' || {sql.sid}, {asked}, {asked}, {asked} FROM messages m WHERE {which}
    """
    yield f"""
        INSERT INTO received_texts (sid, number, words, meaning, message_id, received_at, seen_at)
        SELECT 'SM' || {sql.sid}, number, 'Yes', 'yes', id, {answered}, {answered} FROM messages m WHERE {which}
    """
    yield """
        INSERT INTO consents (number, agreed, words, call_sid, at)
        SELECT number, true, 'Thanks. May we text this number about your call, until you tell us to stop?', call_sid,
               received_at FROM messages WHERE number LIKE '%3'
    """
