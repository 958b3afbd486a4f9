"""What the benchmarks rest on: the floor is honest, requests are genuine, and what is counted is counted right."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from twilio.request_validator import RequestValidator

from bench.floor import TURNS, create_floor, make_tables
from bench.ground import environment
from bench.inside import BASE, Inside
from bench.load import Loaded, closed_loop, schedule
from bench.posts import TOKEN, asked_call, operator_call, short_call, whole_call
from bench.readme import BEGINNING, write
from bench.rows import scanned
from bench.table import Table
from phonebot.app import create_app
from phonebot.config import load_settings
from phonebot.services.office.loading import load
from phonebot.simulator import Served
from phonebot.store.database import Database
from phonebot.store.engine import make_engine
from tests.offices import OFFICE_TOML


def test_every_request_of_a_call_is_signed_as_twilio_signs() -> None:
    for post in (*whole_call(1), *short_call(1), *operator_call(1), *asked_call(1)):
        signature = post.headers(BASE)["X-Twilio-Signature"]
        assert RequestValidator(TOKEN).validate(BASE + post.path, dict(post.form), signature)


def test_the_floor_refuses_what_is_not_signed_and_keeps_a_row_for_each_turn(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'floor.db'}"
    make_tables(url)
    engine = make_engine(url)
    client = create_floor(engine, TOKEN, BASE).test_client()
    for post in whole_call(1):
        assert client.post(post.path, data=post.body, headers=post.headers(BASE)).status_code == 200
        unsigned = post.headers(BASE) | {"X-Twilio-Signature": ""}
        assert client.post(post.path, data=post.body, headers=unsigned).status_code == 403
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(TURNS)).scalar_one() == len(whole_call(1))
    engine.dispose()


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_phonebot_answers_both_calls_rightly_and_its_statements_are_heard(database_url: str, tmp_path: Path) -> None:
    office = tmp_path / "office.toml"
    office.write_text(OFFICE_TOML, encoding="utf-8")
    database = Database(database_url)
    load(database, office, datetime.now(UTC))
    app = create_app(load_settings(environment(tmp_path, database_url, BASE)), database)
    inside = Inside(app, database)
    for call in (whole_call(2), short_call(3), operator_call(4)):
        for sent in inside.follow(call).values():
            assert sent
            assert not any("BEGIN" in statement.words for statement in sent)
    database.close()


def test_a_wrong_answer_does_not_go_unnoticed() -> None:
    app = Flask("wrong")
    app.post("/twilio/voice")(lambda: "<Response/>")
    with Served(app) as served:
        loaded = closed_loop(served.url, [whole_call(1)], callers=1)
    assert len(loaded.wrong) == len(whole_call(1))
    with pytest.raises(RuntimeError, match="first"):
        loaded.must_be_right()


def test_the_clock_makes_requests_due_in_order_and_each_waits_for_the_one_before() -> None:
    due = list(schedule([whole_call(n) for n in range(5)], calls_a_second=2.0, gap=0.7))
    assert [at for at, *_ in due] == sorted(at for at, *_ in due)
    assert len(due) == 5 * len(whole_call(0))
    waiting = [before for _, _, before, _ in due]
    assert sum(before.is_set() for before in waiting) == 5


def test_a_percentile_is_a_latency_that_was_measured() -> None:
    loaded = Loaded([0.4, 0.1, 0.3, 0.2])
    assert (loaded.percentile(0), loaded.percentile(0.5), loaded.percentile(1)) == (0.1, 0.3, 0.4)


@pytest.mark.parametrize(
    ("plan", "bad"),
    [
        (["SCAN messages"], True),
        (["SCAN messages USING INDEX ix_messages_received"], True),
        (["SCAN messages USING COVERING INDEX ix_messages_received"], True),
        (["SCAN attempts USING INDEX ix_attempts_going_on"], False),
        (["SEARCH messages USING INDEX ix_messages_received (received_at>?)"], False),
        (["SCAN office"], False),
        (["  ->  Seq Scan on webhooks  (cost=0.00..1.05 rows=1 width=8)"], True),
        (["  ->  Parallel Seq Scan on texts  (cost=0.00..1.05 rows=1 width=8)"], True),
        (["  ->  Seq Scan on people  (cost=0.00..1.05 rows=1 width=8)"], False),
        (["Index Scan using pk_calls on calls  (cost=0.42..8.44 rows=1 width=8)", "  Index Cond: (sid = 'CA')"], False),
        (["Index Scan Backward using pk_texts on texts  (cost=0.42..9 rows=1)", "  Filter: (number = '+44')"], True),
        (["Index Scan using pk_texts on texts", "  ->  Index Scan using pk_calls on calls", "    Index Cond: 1"], True),
        (["Index Only Scan using ix_messages_to_take_in on messages  (cost=0.1..8 rows=1 width=8)"], False),
    ],
)
def test_a_plan_that_reads_a_whole_growing_table_is_found(plan: list[str], bad: bool) -> None:
    assert bool(scanned(plan)) is bad


def test_writing_renews_a_table_and_leaves_the_rest(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"# Words\n\n{BEGINNING}\n", encoding="utf-8")
    write([Table("Turns 1,000", ("", "a"), (("x", "1"),)), Table("Lengths", ("", "a"), (("y", "2"),))], "today", readme)
    write([Table("Turns 2,000", ("", "a"), (("x", "3"),))], "tomorrow", readme)
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("# Words\n")
    assert "| x | 3 |" in text
    assert "| x | 1 |" not in text
    assert text.count("| y | 2 |") == 1
    assert text.index("*today*") < text.index("| y | 2 |") < text.index("*tomorrow*")
