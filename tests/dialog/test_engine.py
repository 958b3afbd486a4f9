"""The call as the caller lives it: what is heard, where the call stands then, and what is said."""

from dataclasses import replace
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phonebot.dialog.deeds import NoticeGiven, RecordingReplaced, Told
from phonebot.dialog.engine import MOST_TURNS, step
from phonebot.dialog.facts import Facts
from phonebot.dialog.heard import Heard, Recorded
from phonebot.dialog.said import ComeBack, HangUp, Listen, Playback, Record
from phonebot.domain.message import Answers
from phonebot.domain.office import Line
from phonebot.domain.recording import Purpose
from phonebot.domain.speaking import word_count
from phonebot.domain.spoken import Prompt
from phonebot.domain.window import Part
from tests.dialog.conversing import (
    ADDED,
    ALONE,
    FIRST,
    FORM,
    KNOWN,
    NAME,
    NOTHING_ADDED,
    NOTHING_SAID,
    OTHER,
    PROMPTS,
    SCRIPT,
    SECOND,
    TO_SUMMING_UP,
    WITHHELD,
    YES,
    calls,
    ids,
    presses,
    says,
    stored,
    words,
)
from tests.dialog.offices import JULIE, OFFICE_LINE, TUESDAY, facts_of, fresh_call


def test_a_known_number_with_all_right_first_time_takes_at_most_seven_turns() -> None:
    steps = calls(KNOWN, (*TO_SUMMING_UP, YES))
    assert len(steps) <= 7
    assert isinstance(steps[-1].turn.wait, HangUp)
    given = Answers("Julie Smith", "Hartwell Dental", JULIE, "The invoice", "Any time", (Part(TUESDAY, None),))
    assert steps[-1].dialogue.answers == given
    assert ids(steps[-1])[-1] == "goodbye"


def test_each_question_of_the_form_comes_in_its_turn() -> None:
    asked = [(taken.dialogue.state, ids(taken)[-1]) for taken in calls(KNOWN, TO_SUMMING_UP)]
    assert asked == [
        ("message.name", "ask-name"),
        ("message.number_offer", "offer-number"),
        ("message.business", "ask-business"),
        ("message.window", "ask-window"),
        ("message.added", "ask-added"),
        ("summary.start", "sum-up"),
    ]


def test_the_notice_and_the_away_message_come_first_and_once() -> None:
    steps = calls(KNOWN, (presses("*"), ADDED))
    notices = [deed for taken in steps for deed in taken.deeds if isinstance(deed, NoticeGiven)]
    assert notices == [NoticeGiven("recording-notice")]
    assert "recording-notice" in ids(steps[0])
    assert [taken.dialogue.away_heard for taken in steps] == [("sue",)] * 3


def test_star_records_at_once() -> None:
    taken = calls(KNOWN, [presses("*")])[-1]
    assert taken.dialogue.state == "talk.start"
    assert isinstance(taken.turn.wait, Record)
    assert word_count(words(taken)) <= 8


def test_a_caller_who_just_talks_is_asked_for_the_number_alone() -> None:
    steps = calls(KNOWN, [presses("*"), Heard(digits="#", recorded=FIRST), YES])
    assert [taken.dialogue.state for taken in steps[1:]] == ["talk.start", "talk.number_offer", "ending.hang_up"]
    assert steps[-1].dialogue.answers.number == JULIE
    assert steps[-1].dialogue.recording == FIRST.sid


def test_a_caller_who_leaves_nothing_at_all_is_told_so() -> None:
    assert ids(calls(KNOWN, [presses("*"), Heard()])[-1]) == ["goodbye-nothing"]


@pytest.mark.parametrize(
    ("heard", "offered"),
    [
        (presses("123*07700900999"), OTHER),
        (presses("07700900999"), OTHER),
        (says("oh seven seven double oh nine double oh nine nine nine"), OTHER),
    ],
)
def test_a_withheld_number_is_asked_for_keyed_or_said_and_read_back(heard: Heard, offered: str) -> None:
    steps = calls(WITHHELD, [NAME, heard, YES])
    assert [taken.dialogue.state for taken in steps] == [
        "message.name",
        "message.number_ask",
        "message.number_confirm",
        "message.business",
    ]
    assert steps[2].dialogue.offered == offered
    assert steps[2].dialogue.answers.number is None
    assert steps[3].dialogue.answers.number == offered


def test_while_a_number_is_keyed_zero_is_a_digit_and_one_key_does_not_act() -> None:
    steps = calls(WITHHELD, [NAME, presses("0")])
    listening = steps[1].turn.wait
    assert isinstance(listening, Listen)
    assert not listening.one_key
    assert steps[2].dialogue.state == "message.number_ask"


def test_a_number_said_with_the_offer_refused_is_read_back_at_once() -> None:
    taken = calls(KNOWN, [NAME, says("no, use 07700 900999")])[-1]
    assert (taken.dialogue.state, ids(taken)) == ("message.number_confirm", ["confirm-number"])
    assert taken.dialogue.offered == OTHER


@pytest.mark.parametrize("failing", [Heard(), says("um"), presses("5")])
def test_after_two_failed_tries_at_a_name_it_is_recorded(failing: Heard) -> None:
    steps = calls(KNOWN, [failing, failing, Heard(recorded=FIRST)])
    assert [taken.dialogue.state for taken in steps[1:3]] == ["message.name", "message.name_recorded"]
    recording = steps[2].turn.wait
    assert isinstance(recording, Record)
    assert recording.purpose is Purpose.NAME
    assert (steps[3].dialogue.name_recording, steps[3].dialogue.recording) == (FIRST.sid, None)
    assert steps[3].dialogue.state == "message.number_offer"


@pytest.mark.parametrize(
    ("failing", "prompt"), [(Heard(), "name-noinput"), (says("um"), "name-nomatch"), (presses("5"), "name-wrongkey")]
)
def test_silence_words_not_understood_and_wrong_keys_are_told_apart(failing: Heard, prompt: str) -> None:
    assert ids(calls(KNOWN, [failing])[-1]) == [prompt]


def test_a_name_and_what_it_is_about_given_at_once_skip_the_question() -> None:
    steps = calls(KNOWN, [says("Julie Smith from Hartwell Dental about the invoice"), YES])
    assert steps[-1].dialogue.state == "message.window"


@pytest.mark.parametrize(
    ("heard", "state", "read_back"),
    [
        ([says("the name"), says("Brown")], "summary.changed", "Brown."),
        ([says("my name is Sarah Brown")], "summary.changed", "Sarah Brown."),
        ([says("no, Thursday")], "summary.changed", "Thursday."),
        ([presses("2"), presses("4"), presses("1")], "summary.changed", "in the morning."),
        ([says("no"), says("what it's about"), says("a refund")], "summary.changed", "About a refund."),
        ([says("no, 07700 900999"), YES], "summary.changed", "nine nine nine."),
        ([says("the number"), presses("07700900999"), YES], "summary.changed", "nine nine nine."),
    ],
)
def test_revising_one_field_reads_back_only_that(heard: list[Heard], state: str, read_back: str) -> None:
    taken = calls(KNOWN, [*TO_SUMMING_UP, *heard])[-1]
    assert taken.dialogue.state == state
    assert ids(taken) == ["changed"]
    assert read_back in words(taken)
    assert "invoice" not in words(taken)


def test_a_bare_no_asks_which() -> None:
    taken = calls(KNOWN, [*TO_SUMMING_UP, says("no")])[-1]
    assert (taken.dialogue.state, ids(taken)) == ("summary.which", ["ask-which"])


def test_what_it_is_about_said_before_any_name_is_kept_and_not_asked_for_again() -> None:
    steps = calls(KNOWN, [says("It's about the boiler, it has been leaking since Tuesday"), says("Julie Smith"), YES])

    assert "boiler" in (steps[1].dialogue.answers.business or "")
    assert (steps[1].dialogue.state, ids(steps[1])[-1]) == ("message.name", "ask-name")
    assert steps[-1].dialogue.state == "message.window"


@pytest.mark.parametrize("words", ["who is this please and why", "can I speak to Sue please now", "um hello there"])
def test_a_question_instead_of_a_name_is_no_matter(words: str) -> None:
    assert calls(KNOWN, [says(words)])[-1].dialogue.answers == Answers()


def test_a_call_wound_up_with_nothing_given_is_told_there_is_no_message() -> None:
    worn = replace(stored(calls(KNOWN, [])[0].dialogue), visits={"message.name": MOST_TURNS})
    taken = step(SCRIPT, worn, Heard(), KNOWN)

    assert ids(taken) == ["goodbye-nothing"]
    assert isinstance(taken.turn.wait, HangUp)


def test_a_fetched_recording_is_heard_again() -> None:
    fetched = replace(KNOWN, recording_fetched=True)
    taken = calls(fetched, [*FORM, ADDED, says("the recording"), presses("1")])[-1]
    assert taken.turn.said[0] == Playback(FIRST.sid)
    assert taken.dialogue.state == "summary.recording"


def test_a_recording_not_fetched_is_waited_for_three_times_and_no_more() -> None:
    steps = calls(KNOWN, [*FORM, ADDED, says("the recording"), presses("1"), Heard(), Heard(), Heard()])
    waits = [taken.turn.wait for taken in steps[7:]]
    assert [isinstance(wait, ComeBack) for wait in waits] == [True, True, True, False]
    assert ids(steps[-1])[0] == "saved-cannot-play"
    assert steps[-1].dialogue.state == "summary.changed"


def test_recording_again_replaces_the_first_in_the_same_message() -> None:
    again = [says("the recording"), presses("2"), Heard(digits="#", recorded=SECOND)]
    taken = calls(KNOWN, [*FORM, ADDED, *again])[-1]
    assert taken.dialogue.recording == SECOND.sid
    assert RecordingReplaced(FIRST.sid) in taken.deeds


def test_an_empty_recording_is_no_message() -> None:
    silent = calls(facts_of(), [presses("*"), Heard(digits="#", recorded=Recorded("RE" + "9" * 32, 1))])[-1]

    assert silent.dialogue.recording is None
    assert "goodbye-nothing" in ids(silent)


def test_an_empty_recording_takes_nothings_place() -> None:
    form = [says("Julie Smith"), presses("1"), says("the invoice"), says("tomorrow"), Heard(digits="#", recorded=FIRST)]
    again = [presses("2"), presses("5"), presses("2"), Heard(digits="#", recorded=NOTHING_SAID)]
    kept = calls(facts_of(), [*form, *again])[-1]

    assert kept.dialogue.recording == FIRST.sid
    assert kept.deeds == ()


def test_a_recording_announced_twice_replaces_nothing() -> None:
    steps = calls(KNOWN, [*FORM, ADDED])
    assert not [deed for taken in steps for deed in taken.deeds if isinstance(deed, RecordingReplaced)]


@pytest.mark.parametrize(
    ("name", "thanks"),
    [("Dr. O'Brien", "Thanks, Dr O'Brien."), ("it's Sue Cohen's mother", "Thanks. Shall"), ("Julie", "Thanks, Julie.")],
)
def test_a_caller_is_thanked_by_the_name_people_would_use(name: str, thanks: str) -> None:
    assert words(calls(KNOWN, [says(name)])[-1]).startswith(thanks)


def test_what_the_caller_is_told_at_the_end_is_a_deed() -> None:
    taken = calls(KNOWN, (*TO_SUMMING_UP, YES))[-1]
    told = [deed for deed in taken.deeds if isinstance(deed, Told)]
    assert len(told) == 1
    assert set(map(repr, told[0].prompts)) <= set(map(repr, taken.turn.said))


HEARD = st.one_of(
    st.builds(Heard),
    st.builds(Heard, digits=st.sampled_from(["0", "1", "2", "3", "4", "5", "*", "07700900999"])),
    st.builds(Heard, speech=st.text(max_size=80)),
    st.builds(
        Heard,
        speech=st.sampled_from(["yes", "no", "the number", "no, Thursday", "Julie Smith from Hartwell about it", "um"]),
    ),
    st.builds(Heard, digits=st.sampled_from(["#", "0", "*", ""]), recorded=st.sampled_from([FIRST, SECOND])),
    st.builds(Heard, accepted=st.booleans()),
)
OFFICES = (KNOWN, WITHHELD, ALONE, facts_of(line=Line(OFFICE_LINE, "office")))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(OFFICES), st.lists(HEARD, max_size=15))
def test_a_call_stored_and_reloaded_between_every_turn_goes_on_as_if_it_never_was(
    facts: Facts, heard: list[Heard]
) -> None:
    kept = step(SCRIPT, fresh_call(facts), Heard(), facts)
    reloaded = kept
    for each in heard:
        if isinstance(kept.turn.wait, HangUp):
            return
        kept = step(SCRIPT, kept.dialogue, each, facts)
        reloaded = step(SCRIPT, stored(reloaded.dialogue), each, facts)
        assert repr((kept.turn, kept.deeds)) == repr((reloaded.turn, reloaded.deeds))
        # The same instant may be of another zone once it has been stored.
        assert repr(kept.dialogue.to_json()) == repr(reloaded.dialogue.to_json())


TALK = st.one_of(
    st.text(max_size=400),
    st.lists(st.text("abcdefghi'-,.", min_size=1, max_size=12), max_size=60).map(" ".join),
)
NUMBERS = st.sampled_from([None, JULIE, "+491511234567890", "+12125550143", "+8801712345678"])


@lru_cache(maxsize=4096)
def longest_allowed(prompt: str) -> int:
    """How many words a prompt may have."""
    return 40 if prompt == "sum-up" else 25


@settings(max_examples=60, deadline=None)
@given(st.builds(Answers, TALK, TALK, NUMBERS, TALK, TALK), NUMBERS)
def test_whatever_was_said_the_summing_up_has_at_most_forty_words_and_other_prompts_twenty_five(
    answers: Answers, offered: str | None
) -> None:
    call = replace(fresh_call(KNOWN), answers=answers, offered=offered or OTHER, recording=FIRST.sid, turn=5)
    moments = [
        ("message.added", NOTHING_ADDED),
        ("message.name", says(answers.name or "x")),
        ("summary.start", says("Thursday")),
        ("summary.start", says("um")),
        *(("summary.changed", Heard()) for _ in "x"),
        ("message.number_ask", presses("07700900999")),
        *(("message.number_confirm", heard) for heard in (Heard(), says("um"), presses("7"))),
        *(
            (f"message.{field}", says(answers.business or "x"))
            for field in ("business", "window", "number_offer", "number_confirm")
        ),
        ("summary.start", YES),
    ]
    for revising in (False, True):
        for state, heard in moments:
            waiting = replace(call, state=state, revising=revising)
            taken = step(SCRIPT, waiting, heard, KNOWN)
            for said in taken.turn.said:
                if isinstance(said, Prompt):
                    spoken = PROMPTS.speak(said)
                    assert word_count(spoken) <= longest_allowed(said.id), (said.id, spoken)
