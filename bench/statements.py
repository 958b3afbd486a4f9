"""How many statements each kind of turn sends, counted inside this process."""

from bench.ground import KINDS, Ground
from bench.inside import inside
from bench.posts import operator_call, short_call, whole_call
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
    with inside(ground, ground.database(kind)) as app:
        for call in (whole_call(kind), short_call(kind, "short"), operator_call(kind, "zero")):
            for turn, sent in app.follow(call).items():
                turns[turn] = max(turns.get(turn, 0), len(sent))
    return {turn: turns[turn] for turn in sorted(turns, key=lambda turn: turn in CALLBACKS)}
