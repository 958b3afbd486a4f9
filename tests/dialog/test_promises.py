"""No promise without a commitment: thousands of random calls into random offices, every word of them read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random

import pytest

from phonebot.dialog.deeds import Told
from phonebot.dialog.dialogue import Dialogue
from phonebot.dialog.engine import Step, step
from phonebot.dialog.facts import Facts
from phonebot.dialog.flow_file import read_script
from phonebot.dialog.heard import Heard, Recorded
from phonebot.dialog.said import HangUp, Record, Reject, Transfer
from phonebot.domain.commitment import PHONEBOT, Basis
from phonebot.domain.office import RECEPTION, Line
from phonebot.domain.promise import promises
from phonebot.domain.spoken import Prompt
from phonebot.domain.status import AwayStatus, ExpectedBack, Grain, Presence
from phonebot.prompts import Prompts, data_folder
from tests.dialog.offices import JULIE, OFFICE, OFFICE_LINE, SUE, SUE_LINE, TOM, facts_of

PROMPTS = Prompts.load(data_folder("prompts"))
SCRIPT = read_script(data_folder("flows"), {name: PROMPTS.variables(name) for name in PROMPTS.ids})
CALLS = 2500
LONGEST = 25

SAYINGS = (
    *("yes", "no", "um", "Julie Smith from Hartwell Dental", "it's about the invoice", "last month's invoice please"),
    *("tomorrow after three", "Thursday or Friday, not before ten", "any time", "on Saturday", "in the morning"),
    *("the number", "no, Thursday", "my name is Smythe", "oh seven seven oh oh nine hundred one two three", "later"),
)
ACTIVITIES = ("in meetings", "travelling", "on leave", "at the dentist", "in court", "")


def random_office(rng: Random) -> Facts:
    """An office at some instant of a year, with or without a reception, a cover, a status and a caller's number."""
    now = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=rng.randrange(365 * 24 * 60))
    office = replace(OFFICE, reception=rng.choice([OFFICE.reception, None]))
    sue = replace(SUE, cover=rng.choice(["tom", None]))
    statuses = [random_status(rng, person, now) for person in ("sue", "tom") if rng.random() < 0.6]
    line = rng.choice([Line(SUE_LINE, "sue"), Line(SUE_LINE, "sue", ring=15), Line(OFFICE_LINE, RECEPTION)])
    caller = rng.choice([JULIE, "anonymous"])
    return facts_of(
        office=office, people=[sue, TOM], statuses=statuses, line=line, caller=caller, now=now,
        asks_verdict=rng.random() < 0.2, offers_texts=rng.random() < 0.2,
    )  # fmt: skip


def random_status(rng: Random, person: str, now: datetime) -> AwayStatus:
    """What somebody is doing, begun and ending before or after now, with or without a return."""
    starts = now + timedelta(hours=rng.uniform(-48, 4))
    back = ExpectedBack(starts + timedelta(hours=rng.uniform(0, 96)), rng.choice(list(Grain)))
    leeway = timedelta(minutes=rng.choice([0, 15, 30, 120]))
    ends = max(starts, back.latest(OFFICE.hours, leeway))
    presence = rng.choice(list(Presence))
    return AwayStatus(
        person, rng.choice(ACTIVITIES), presence, starts, ends, rng.choice([back, None]), leeway, None, starts,
        discreet=rng.random() < 0.3,
    )  # fmt: skip


def random_act(rng: Random, taken: Step) -> Heard:
    """Something a caller may do where the call waits."""
    match taken.turn.wait:
        case Record():
            sid = f"RE{rng.randrange(16**8):032x}"
            return Heard(digits=rng.choice(["#", "", "0"]), recorded=Recorded(sid, rng.choice([0, 5])))
        case Transfer():
            return Heard(accepted=rng.random() < 0.2)
        case _:
            return rng.choice([Heard(), Heard(digits=rng.choice("01235*")), *[Heard(speech=one) for one in SAYINGS]])


@lru_cache(maxsize=100_000)
def promised(words: str) -> bool:
    return bool(promises(words))


def words_of(prompts: tuple[Prompt, ...]) -> str:
    return " ".join(PROMPTS.speak(prompt) for prompt in prompts)


@pytest.mark.parametrize("share", range(2))
def test_no_promise_without_a_commitment(share: int) -> None:
    """Nothing said in any call promises contact; and what a caller may expect is kept just as it was said."""
    rng = Random(20261124 + share)
    kept: list[Told] = []
    for _ in range(CALLS // 2):
        facts = random_office(rng)
        rung = facts.line.answers
        call = Dialogue() if rung == RECEPTION else Dialogue(person=rung, mailbox=rung)
        taken = step(SCRIPT, call, Heard(), facts)
        for _ in range(LONGEST):
            said = tuple(one for one in taken.turn.said if isinstance(one, Prompt))
            for prompt in said:
                assert not promised(PROMPTS.speak(prompt)), PROMPTS.speak(prompt)
                assert not prompt.id.startswith("commit-"), "nobody has accepted a call here"
            told = [deed for deed in taken.deeds if isinstance(deed, Told)]
            assert all(words_of(deed.prompts) in words_of(said) for deed in told)
            kept += told
            if isinstance(taken.turn.wait, HangUp | Reject):
                break
            taken = step(SCRIPT, taken.dialogue, random_act(rng, taken), facts)
        _commitments_are_true(kept, facts)
        kept.clear()


def _commitments_are_true(kept: list[Told], facts: Facts) -> None:
    """What phonebot does is its own and done at once; what somebody said of themselves is due with its leeway."""
    for told in kept:
        if told.basis is Basis.OURS:
            assert (told.owner, told.due) == (PHONEBOT, facts.now)
        else:
            person = facts.person(told.owner)
            assert told.basis is Basis.SAID
            assert person is not None
            assert told.due == facts.away(person).back_latest
            assert told.due >= facts.now


def test_a_prompt_that_commits_is_one_that_the_guard_would_flag() -> None:
    commits = [name for name in PROMPTS.ids if name.startswith("commit-")]

    assert commits
    for name in commits:
        assert all(promises(wording.replace("{$person}", "Tom")) for wording in PROMPTS.wordings(name))
