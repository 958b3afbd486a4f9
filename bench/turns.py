"""A voice turn beside the floor: CPU, rate, latency and memory, under the same gunicorn on the same database."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from statistics import median

from bench import floor
from bench.ground import KINDS, Ground, environment
from bench.load import Loaded, closed_loop, open_loop
from bench.posts import whole_call
from bench.serving import FLOOR, PHONEBOT, Process, web
from bench.table import Row, Table, verdict

TURNS_IN_A_CALL = len(whole_call())
TURNS_A_SECOND = 50.0
GAP = 0.5
"""Seconds between a caller's turns in the open loop: far less than a caller needs, far more than an answer takes."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: rounds of so many calls for each of the two, and as many stretches by the clock."""

    rounds: int = 3
    calls: int = 120
    clocked_calls: int = 36


MOST_MEGABYTES = 150
EIGHT_CALLERS: dict[str, Callable[[Loaded], float]] = {
    "turns a second": lambda loaded: loaded.rate,
    "p50 (ms)": lambda loaded: loaded.percentile(0.5) * 1e3,
    "p99 (ms)": lambda loaded: loaded.percentile(0.99) * 1e3,
}
QUICK = Size(rounds=1, calls=40, clocked_calls=20)


@dataclass
class Measured:
    """What one application was measured to do, round by round. `other_cpu` is the database server's."""

    name: str
    process: Process
    cpu: list[float] = field(default_factory=list)
    other_cpu: list[float] = field(default_factory=list)
    rounds: list[Loaded] = field(default_factory=list)
    clocked: Loaded = field(default_factory=Loaded)

    def of_rounds(self, figure: Callable[[Loaded], float]) -> float:
        """The median over the rounds."""
        return median(map(figure, self.rounds))


def turn_tables(ground: Ground, *, quick: bool = False) -> list[Table]:
    """A table for each kind of database."""
    return [measure(ground, kind, QUICK if quick else Size()) for kind in KINDS]


def measure(ground: Ground, kind: str, size: Size) -> Table:
    """Floor and phonebot in turn, so that both meet the machine's moods, on databases of one kind."""
    with ExitStack() as stack:
        both = [
            Measured(name, stack.enter_context(_served(ground, kind, command)))
            for name, command in (("floor", FLOOR), ("phonebot", PHONEBOT))
        ]
        for one in both:
            _closed(one, 10, "warm")
        for number in range(size.rounds):
            for one in both:
                _round(ground, one, size.calls, number)
        for number in range(size.rounds):
            for one in both:
                _by_the_clock(one, size.clocked_calls, number)
        return _table(kind, *both)


def _served(ground: Ground, kind: str, command: Sequence[str]) -> AbstractContextManager[Process]:
    url, folder = ground.database(kind), ground.new_folder()
    floor.make_tables(url)
    return web(command, environment(folder, url), folder / "log")


def _closed(one: Measured, calls: int, *seeds: object) -> Loaded:
    made = [whole_call(*seeds, number) for number in range(calls)]
    return closed_loop(one.process.base, made, floor=one.name == "floor").must_be_right()


def _round(ground: Ground, one: Measured, calls: int, number: int) -> None:
    before, database_before = one.process.cpu(), ground.postgres_seconds()
    loaded = _closed(one, calls, "round", number)
    turns = len(loaded.latencies)
    one.cpu.append((one.process.cpu() - before) / turns)
    one.other_cpu.append((ground.postgres_seconds() - database_before) / turns)
    one.rounds.append(loaded)


def _by_the_clock(one: Measured, calls: int, number: int) -> None:
    """One stretch of the open loop; the stretches' latencies are taken together."""
    loaded = open_loop(
        one.process.base,
        (whole_call("clocked", number, call) for call in range(calls)),
        calls_a_second=TURNS_A_SECOND / TURNS_IN_A_CALL,
        gap=GAP,
        floor=one.name == "floor",
    ).must_be_right()
    one.clocked.latencies += loaded.latencies


def _table(kind: str, floor: Measured, ours: Measured) -> Table:
    cpu = median(mine / its for mine, its in zip(ours.cpu, floor.cpu, strict=True))
    rows = [_row("CPU a turn, web processes (ms)", median(floor.cpu) * 1e3, median(ours.cpu) * 1e3, cpu, most=2.5)]
    if kind == "postgresql":
        server = median(floor.other_cpu) * 1e3, median(ours.other_cpu) * 1e3
        rows.append(_row("CPU a turn, database server (ms)", *server))
    for name, figure in EIGHT_CALLERS.items():
        rows.append(_row(f"{name}, 8 callers", floor.of_rounds(figure), ours.of_rounds(figure)))
    for share, most in ((0.5, None), (0.99, 3.0)):
        its, mine = (one.clocked.percentile(share) * 1e3 for one in (floor, ours))
        rows.append(_row(f"p{share * 100:.0f} at {TURNS_A_SECOND:.0f} turns/s (ms)", its, mine, most=most))
    memory = [max(one.process.worker_memory()) / 1e6 for one in (floor, ours)]
    within = verdict(memory[1] < MOST_MEGABYTES)
    rows.append(("largest web worker (MB)", f"{memory[0]:.0f}", f"{memory[1]:.0f}", "", f"{MOST_MEGABYTES} MB", within))
    own = [one.of_rounds(lambda loaded: loaded.own_cpu / len(loaded.latencies) * 1e3) for one in (floor, ours)]
    rows.append(_row("load generator's CPU a turn (ms), counted nowhere above", *own))
    return Table(f"A voice turn on {kind}", ("", "floor", "phonebot", "ratio", "budget", ""), tuple(rows))


def _row(name: str, floor: float, ours: float, ratio: float | None = None, *, most: float | None = None) -> Row:
    """A figure beside its floor; `ratio` where it is not simply theirs, `most` where there is a budget for it."""
    times = ours / floor if ratio is None else ratio
    budget = ("", "") if most is None else (f"{most:.2f}", verdict(times <= most))
    return (name, f"{floor:.2f}", f"{ours:.2f}", f"{times:.2f}", *budget)
