"""Notice now, words later: whatever becomes of the recordings, no notice waits for them, and none is lost by them."""

from datetime import UTC, datetime
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phonebot.domain.outbox import JobKind, Lane
from phonebot.speech.errors import SpeechTrouble
from phonebot.store import outbox
from phonebot.store.database import Database
from phonebot.worker.jobs import Duty
from phonebot.worker.loop import Worker

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=UTC)
RUNS = count()
"""Each run's jobs have keys of their own, since one database serves them all."""

OUTCOMES = {
    "heard": None,
    "fails": SpeechTrouble("it hangs"),
    "never": SpeechTrouble("no sound", retryable=False),
    "breaks": ZeroDivisionError(),
}

happenings = st.lists(st.sampled_from(["notice", *OUTCOMES]), min_size=1, max_size=12)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happenings)
def test_notice_now_words_later(database: Database, happened: list[str]) -> None:
    run = next(RUNS)
    done: list[str] = []

    def listen(outcome: str) -> None:
        done.append(outcome)
        if (error := OUTCOMES[outcome]) is not None:
            raise error

    duties: dict[str, Duty] = {
        JobKind.NOTICE: Duty(lambda _job, _now: done.append("notice")),
        JobKind.TRANSCRIBE: Duty(lambda job, _now: listen(str(job["outcome"]))),
    }
    with database.write() as session:
        for place, what in enumerate(happened):
            kind = JobKind.NOTICE if what == "notice" else JobKind.TRANSCRIBE
            outbox.put(session, kind, f"{run}:{place}", {"outcome": what}, due_at=NOW, now=NOW)
    beside = Worker(database, duties, clock=lambda: NOW, lane=Lane.SPEECH)
    Worker(database, duties, clock=lambda: NOW, beside=(beside,)).drain()

    notices = happened.count("notice")
    assert done[:notices] == ["notice"] * notices
    assert sorted(done[notices:]) == sorted(what for what in happened if what != "notice")
