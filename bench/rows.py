"""The same work with many messages stored as with few: plans without a table scan, and hardly more CPU."""

import itertools
import re
import time
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

from bench.filling import OWED, fill
from bench.ground import KINDS, Ground
from bench.inside import Inside, Statement, inside
from bench.posts import ASKED, LINE, asked_call, operator_call, short_call, whole_call
from bench.table import Table, verdict
from bench.works import Work, works
from phonebot.store.tables import Base

FEW = 1_000
MOST_RATIO = 1.3
SMALL = frozenset(("office", "people", "lines", "watermarks", "recording_audio"))
"""The office, its people and its lines are a handful of rows, as are the marks, and may be read whole; audio is here in
files, and so in no table."""

OF_PLANS = -2
"""The round in which plans are looked at; that before the first measured one is -1."""

GROWING = frozenset(Base.metadata.tables) - SMALL
"""The tables that grow with time."""

PARTIAL = frozenset(
    index.name
    for table in Base.metadata.tables.values()
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
)
"""The indexes of some rows only, such as of what is still owed."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One kind of database twice: with few messages and with many."""

    kind: str
    few: Inside
    many: Inside
    ground: Ground


def row_tables(ground: Ground, messages: int, *, quick: bool = False) -> list[Table]:
    """CPU and plans on each kind of database."""
    return [table for kind in KINDS for table in _measure(ground, kind, messages, rounds=3 if quick else 9)]


def _measure(ground: Ground, kind: str, messages: int, rounds: int) -> list[Table]:
    began = time.monotonic()
    with ExitStack() as stack:
        few, many = (stack.enter_context(inside(ground, ground.database(kind))) for _ in range(2))
        fill(few.database, FEW, LINE, ASKED)
        fill(many.database, messages, LINE, ASKED)
        filled = time.monotonic() - began
        pair = Pair(kind, few, many, ground)
        rows = [_compare(pair, name, work, rounds) for name, work in works().items()]
        scans = scans_of(many)
    note = f"{OWED} more are owed on either side. Filling both took {filled:.0f} s. " + (
        "No plan of any of this scans a table that grows." if not scans else "SCANS: " + "; ".join(scans)
    )
    columns = ("", f"{FEW:,}", f"{messages:,}", "ratio", "budget", "")
    return [
        Table(
            f"CPU with {messages:,} settled messages stored ({kind}, ms, the database server's included)",
            columns,
            tuple(rows),
            note,
        )
    ]


def _compare(pair: Pair, name: str, work: Work, rounds: int) -> tuple[str, ...]:
    """Few and many in turn, round by round; the median of each, and of the rounds' ratios."""
    work(pair.few, -1)
    work(pair.many, -1)
    found = [(_cost(pair, pair.few, work, number), _cost(pair, pair.many, work, number)) for number in range(rounds)]
    few, many = (median(costs) for costs in zip(*found, strict=True))
    ratio = median(many / few for few, many in found)
    shown = (f"{few * 1000:.2f}", f"{many * 1000:.2f}", f"{ratio:.2f}")
    return (name, *shown, f"{MOST_RATIO:.2f}", verdict(ratio <= MOST_RATIO))


def _cost(pair: Pair, app: Inside, work: Work, number: int) -> float:
    """CPU seconds a piece: ours, and the database server's."""
    server, ours = pair.ground.postgres_seconds(), time.process_time()
    done = work(app, number)
    used = time.process_time() - ours
    if pair.kind == "postgresql":
        used += pair.ground.postgres_seconds() - server
    return used / done


def scans_of(app: Inside) -> list[str]:
    """What is wrong with the plans: each scan of a table that grows, with the statement it is in."""
    sent = {statement.words: statement for statement in _all_statements(app)}
    return [
        f"{scan} in {' '.join(statement.words.split())[:200]}"
        for statement in sent.values()
        for scan in scanned(_plan(app, statement))
    ]


def _all_statements(app: Inside) -> list[Statement]:
    """Every statement of the turns of four calls with their callbacks, and of each work done once."""
    calls = (
        whole_call("plans"),
        short_call("plans", "short"),
        operator_call("plans", "zero"),
        asked_call("plans", "?"),
    )
    sent = [statements for call in calls for statements in app.follow(call).values()]
    app.statements.clear()
    for work in works().values():
        work(app, OF_PLANS)
    return [statement for some in (*sent, app.statements) for statement in some]


def _plan(app: Inside, statement: Statement) -> list[str]:
    explain = "EXPLAIN QUERY PLAN " if app.database.engine.dialect.name == "sqlite" else "EXPLAIN "
    with app.database.engine.connect() as connection:
        rows = connection.exec_driver_sql(explain + statement.words, statement.parameters).all()
        connection.rollback()
    return [str(row[-1]) for row in rows]


def scanned(plan: list[str]) -> list[str]:
    """The lines of a plan that read a whole growing table, row by row or along an index.

    That is SQLite's SCAN and PostgreSQL's Seq Scan; and an index that is walked from its end until a row fits, which
    PostgreSQL shows as an index scan without a condition. An index of some rows only may be read whole: they are few.
    """
    return [line.strip() for number, line in enumerate(plan) if _reads_all(line, plan[number + 1 :])]


def _reads_all(line: str, after: list[str]) -> bool:
    whole = re.search(r"^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?|Seq Scan on (\w+)", line)
    along = re.search(r"Index (?:Only )?Scan (?:Backward )?using (\w+) on (\w+)", line)
    if whole:
        return (whole[1] or whole[3]) in GROWING and whole[2] not in PARTIAL
    if along:
        details = itertools.takewhile(lambda each: "->" not in each, after)
        return along[2] in GROWING and along[1] not in PARTIAL and not any("Index Cond" in each for each in details)
    return False
