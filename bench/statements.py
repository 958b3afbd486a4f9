"""How many statements each kind of turn sends, counted inside this process."""

from bench.filling import fill
from bench.ground import KINDS, TEXTING, Ground
from bench.inside import Statement, inside
from bench.posts import ASKED, LINE, asked_call, operator_call, short_call, whole_call
from bench.table import Table, verdict

MOST = 8
CALLBACKS = ("recording webhook", "status webhook", "status webhook of a call broken off", "whisper")


def statement_table(ground: Ground) -> Table:
    """A row for each kind of turn, the two kinds of callback last; the largest number where a kind occurs twice."""
    counts = {kind: _counted(ground, kind) for kind in KINDS}
    rows = []
    for turn in counts[KINDS[0]]:
        most = max(counted[turn] for counted in counts.values())
        callback = turn in CALLBACKS
        rows.append(
            (
                f"{turn} (a callback)" if callback else turn,
                *(str(counts[kind][turn]) for kind in KINDS),
                "" if callback else str(MOST),
                "" if callback else verdict(most <= MOST),
            )
        )
    return Table(
        "Statements of one request, all in one transaction", ("request", *KINDS, "budget", ""), tuple(rows), ""
    )


def _counted(ground: Ground, kind: str) -> dict[str, int]:
    turns: dict[str, int] = {}
    calls = (whole_call(kind), short_call(kind, "short"), operator_call(kind, "zero"))
    with inside(ground, ground.database(kind)) as app:
        for call in calls:
            _note(turns, app.follow(call))
    with inside(ground, ground.database(kind, TEXTING)) as app:
        fill(app.database, 200, LINE, ASKED)
        _note(turns, app.follow(asked_call(kind, "asked", texts=True)))
    return {turn: turns[turn] for turn in sorted(turns, key=lambda turn: turn in CALLBACKS)}


def _note(turns: dict[str, int], sent: dict[str, list[Statement]]) -> None:
    for turn, statements in sent.items():
        turns[turn] = max(turns.get(turn, 0), len(statements))
