"""What the pages of links are made of: callers' words inert, recordings, and nothing that tells on them."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from phonebot.domain.digest import Act
from phonebot.domain.recording import Purpose
from phonebot.store.database import Database
from tests.left_messages import load_office
from tests.web.pages import Page, Reading, page_on, record

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def page(database: Database, tmp_path: Path) -> Page:
    """The pages, in the sample office."""
    load_office(database, tmp_path)
    return page_on(database)


@pytest.fixture
def number(page: Page) -> int:
    """A message of Julie's to Sue, whom Tom covers."""
    return page.left()


HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "\u202egnorw", "=HYPERLINK()"]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("act", [Act.CALL, Act.HEAR])
def test_fault_62_the_words_of_callers_are_inert_and_isolated(page: Page, words: str, act: Act) -> None:
    given: dict[str, Any] = dict.fromkeys(("name", "company", "business", "window_said"), words)
    read = Reading.of(page.opens(page.left(**given), act))

    assert not {"script", "img"} & set(read.tags)
    shown = words.replace("\u202e", "")
    assert [each.strip() for each in read.isolated].count(shown.strip()) >= 4


def test_a_recording_is_heard_whole_or_in_parts(page: Page, number: int) -> None:
    audio = record(page, number)
    (source,) = Reading.of(page.opens(number, Act.HEAR)).loads
    whole = page.client.get(source)
    part = page.client.get(source, headers={"Range": "bytes=100-199"})
    beyond = page.client.get(source, headers={"Range": f"bytes={len(audio)}-"})

    assert (whole.status_code, whole.data, whole.mimetype) == (200, audio, "audio/wav")
    assert (part.status_code, part.data) == (206, audio[100:200])
    assert beyond.status_code == 416
    assert whole.headers["Content-Disposition"].startswith("inline")


def test_a_recorded_name_is_heard_where_it_is_all_there_is(page: Page, number: int) -> None:
    name = record(page, number, Purpose.NAME)
    read = Reading.of(page.opens(number, Act.HEAR))

    assert read.loads == [page.address(number, Act.HEAR) + "/name"]
    assert page.client.get(read.loads[0]).data == name
    assert page.client.get(page.address(number, Act.HEAR) + "/audio").status_code == 404
    assert "button" in read.tags
    assert "no recording" not in read.words
    assert "listened" in Reading.of(page.presses(number, Act.HEAR)).words


def test_a_recorded_name_is_heard_beside_the_message(page: Page, number: int) -> None:
    message, name = record(page, number), record(page, number, Purpose.NAME, "RE" + "1" * 32)
    for act in (Act.HEAR, Act.CALL):
        read = Reading.of(page.opens(number, act))
        assert [page.client.get(source).data for source in read.loads] == [message, name]
        assert "Hear their name" in read.words
    assert page.client.get(page.address(number, Act.HEAR) + "/name", headers={"Range": "bytes=0-9"}).data == name[:10]


def test_nobody_hears_a_name_by_a_link_that_is_not_theirs(page: Page, number: int) -> None:
    record(page, number, Purpose.NAME)

    assert page.client.get("/do/forged/name").status_code == 404
    assert page.client.get(page.address(number, Act.HEAR, "nobody") + "/name").status_code == 403


def test_that_it_was_heard_is_noted_by_the_button_and_not_by_listening(page: Page, number: int) -> None:
    record(page, number)
    page.client.get(page.address(number, Act.HEAR) + "/audio")
    assert not any(row for row in page.rows()["events"] if "heard" in row)

    assert "listened" in Reading.of(page.presses(number, Act.HEAR)).words
    assert [row for row in page.rows()["events"] if "heard" in row]


def test_without_a_recording_there_is_nothing_to_hear(page: Page, number: int) -> None:
    read = Reading.of(page.opens(number, Act.HEAR))

    assert "no recording" in read.words
    assert not {"audio", "button"} & set(read.tags)
    assert page.client.get(page.address(number, Act.HEAR) + "/audio").status_code == 404


def test_every_answer_keeps_to_itself(page: Page, number: int) -> None:
    record(page, number)
    address = page.address(number, Act.SAID)
    refused = page.client.post(page.address(number, Act.PASS), data={"choice": "tim"})
    answers = [
        page.client.get(address),
        refused,
        page.client.get("/do/forged"),
        page.client.get(f"{address}/audio"),
        page.client.post(address),
    ]

    for answer in answers:
        policy = answer.headers["Content-Security-Policy"].split("; ")
        assert {"default-src 'none'", "form-action 'self'", "frame-ancestors 'none'"} <= set(policy)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "Set-Cookie" not in answer.headers


def test_the_policy_lets_the_pages_own_style_and_nothing_else_in(page: Page, number: int) -> None:
    record(page, number)
    for act in Act:
        answer = page.opens(number, act)
        read = Reading.of(answer)
        hashed = base64.b64encode(hashlib.sha256(read.style.encode()).digest()).decode()

        assert f"style-src 'sha256-{hashed}'" in answer.headers["Content-Security-Policy"].split("; ")
        assert read.loads == [page.address(number, act) + "/audio"]
        assert not {"script", "link", "iframe", "object"} & set(read.tags)


def test_every_field_has_a_label_and_every_choice_stands_in_a_named_group(page: Page, number: int) -> None:
    assert "window" in Reading.of(page.opens(number, Act.ACCEPT)).labelled
    for act in (Act.TRIED, Act.PASS):
        tags = Reading.of(page.opens(number, act)).tags
        assert tags.count("fieldset") == tags.count("legend") == 1
        assert tags.count("label") == len(Reading.of(page.opens(number, act)).choices)


@pytest.fixture
def broken(bare_database_url: str) -> Iterator[Page]:
    database = Database(bare_database_url)
    yield page_on(database)
    database.close()


def test_when_the_database_fails_the_page_says_that_nothing_was_done(broken: Page) -> None:
    answer = broken.client.post(broken.address(1, Act.SAID))

    assert answer.status_code == 500
    assert "nothing has been done" in Reading.of(answer).words
    assert answer.headers["Referrer-Policy"] == "no-referrer"
