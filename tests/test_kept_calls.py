"""Whole conversations, word for word. After a change of words: `python -m tests.renew_calls`, and review the diff."""

from pathlib import Path

import pytest

from phonebot.domain.promise import promises
from tests.kept_calls import KeptCall, kept_calls, replayed
from tests.running import running


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kept", kept_calls(), ids=lambda kept: kept.name)
def test_the_conversation_goes_as_it_was_kept(kept: KeptCall, tmp_path: Path, database_url: str) -> None:
    with running(tmp_path, database_url) as phonebot:
        again = replayed(phonebot, kept)
        assert again.differences == (), "\n".join(again.differences)
        expected = dict(kept.setting.leaves or {})
        left = [{name: getattr(message, name) for name in expected} for message in phonebot.messages()]
        assert left == ([expected] if expected else []) or kept.setting.leaves is None


@pytest.mark.parametrize("kept", kept_calls(), ids=lambda kept: kept.name)
def test_the_line_promises_nothing_and_says_goodbye(kept: KeptCall) -> None:
    said = [each.words for each in kept.conversation.spoken if each.who == "line"]
    assert said
    assert not [words for words in said if promises(words)]
    by_line = kept.conversation.spoken[-1].who == "line"
    assert not by_line or "Goodbye" in said[-1]


def test_there_is_a_conversation_for_every_turn_a_call_can_take() -> None:
    names = {kept.name for kept in kept_calls()}
    assert len(names) >= 12
    assert all(kept.setting.leaves is not None for kept in kept_calls())
