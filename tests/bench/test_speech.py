"""What recognisers are measured by: the clips are the same each time, and what was heard is counted right."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from bench.misheard import align, figures, has_loop, names_in, tokens
from bench.sayings import DIGIT_STRINGS, NAMES, VOICEMAIL
from bench.sounds import HIGHEST, LOWEST, RATE, SPEECHLESS, kept, through_the_telephone, write
from bench.speech import Clip, Heard, Way, marks_table
from phonebot.domain.transcript import Span
from phonebot.speech.voice_activity import spoken_seconds


def _words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Invoice 4417, please.", "invoice four four one seven please"),
        ("at 3:30 or 10 o'clock", "at three thirty or ten o'clock"),
        ("oh 7700-900", "zero seven seven zero zero nine zero zero"),
        ("twenty-five is 25", "twenty five is twenty five"),
        ("5.0", "five zero"),
    ],
)
def test_however_a_number_is_written_the_same_words_count(written: str, spoken: str) -> None:
    assert _words(written) == spoken.split()


@pytest.mark.parametrize(
    ("said", "heard", "errors", "wrong"),
    [
        ("call me back", "call me back", 0, set()),
        ("call me back", "fall me", 2, {0}),
        ("call me", "call me later please", 2, {2, 3}),
        ("4417", "4517", 1, {1}),
        ("44", "", 2, set()),
    ],
)
def test_the_fewest_changes_count_and_what_was_heard_wrong_is_known(
    said: str, heard: str, errors: int, wrong: set[int]
) -> None:
    found = align(tokens(said), tokens(heard))
    assert found.errors == errors
    assert set(found.wrong) == wrong


def test_only_digits_count_where_digits_are_read_out() -> None:
    assert [token.word for token in figures(tokens("So, seven 4, wait, oh"))] == ["seven", "four", "zero"]


@pytest.mark.parametrize(
    ("text", "looped"),
    [
        ("bye bye bye", False),
        ("bye bye bye bye", True),
        ("I will call you, I will call you. I will call you, I will call you", True),
        ("I will call you, I will call you, I will call you", False),
        ("000000", False),
        ("0000000", True),
        ("12 12 12 12", True),
        ("121212", False),
    ],
)
def test_a_loop_is_a_phrase_said_as_often_as_nobody_says_it(text: str, looped: bool) -> None:
    assert has_loop(text) is looped


def test_nothing_that_is_said_in_the_clips_is_a_loop_itself() -> None:
    assert not any(map(has_loop, [*VOICEMAIL, *(each.digits for each in DIGIT_STRINGS)]))


def test_names_count_once_for_each_time_they_were_said() -> None:
    said = "Sue Cohen, this is Tom Hart"
    assert names_in(said, NAMES) == 4
    assert names_in("Sue, Sue Cohn, this is Tom", NAMES, said=said) == 2


def test_a_wrong_digit_outside_the_marks_is_over_the_budget() -> None:
    clip = Clip(Path("clip.wav"), 1.0, digits="447")
    rows = {row[0]: row for row in marks_table([Heard(clip, "4 5 7", (Span(0, 1), Span(4, 5)))]).rows}
    assert rows["digits and numbers, wrong"][1:] == ("1", "1", "0.0", "0 unmarked", "OVER")
    assert rows["digits and numbers, right"][1:4] == ("2", "0", "100.0")
    rows = {row[0]: row for row in marks_table([Heard(clip, "4 5 7", (Span(0, 5),))]).rows}
    assert rows["digits and numbers, wrong"][-1] == "within"


def test_errors_inventions_and_loops_are_counted_over_all_clips() -> None:
    spoken = Clip(Path("a.wav"), 1.0, words="please call me back")
    read = Clip(Path("b.wav"), 1.0, digits="12345678")
    silent = Clip(Path("c.wav"), 1.0)
    way = Way([Heard(spoken, "please call me"), Heard(read, "1234 5 6 7 8 thanks"), Heard(silent, "bye " * 4)], [])
    assert way.wrong(digits=False) == 25
    assert way.wrong(digits=True) == 0
    assert (way.invented, way.loops) == (1, 1)


def test_every_saying_is_kept_as_the_telephone_carries_it() -> None:
    for name in [f"voicemail-{len(VOICEMAIL) - 1:02}", f"digits-{len(DIGIT_STRINGS) - 1:02}"]:
        sound = kept(name)
        power = np.abs(np.fft.rfft(sound)) ** 2
        hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
        assert power[(hertz > LOWEST - 20) & (hertz < HIGHEST + 20)].sum() > 0.99 * power.sum()


def test_a_clip_is_the_same_each_time_and_somebody_speaks_in_it(tmp_path: Path) -> None:
    first, again = tmp_path / "first.wav", tmp_path / "again.wav"
    seconds = write(first, kept("voicemail-02"), 3)
    assert write(again, kept("voicemail-02"), 3) == seconds
    assert first.read_bytes() == again.read_bytes()
    about = soundfile.info(str(first))
    assert (about.subtype, about.samplerate, about.channels) == ("ULAW", RATE, 1)
    assert about.duration == pytest.approx(seconds)
    assert spoken_seconds(first) > seconds / 2


@pytest.mark.parametrize("name", SPEECHLESS)
def test_a_clip_without_speech_is_the_same_each_time(name: str, tmp_path: Path) -> None:
    file = tmp_path / "clip.wav"
    assert write(file, SPEECHLESS[name](), 1, 0.0) == pytest.approx(7, abs=1)
    sound, _ = soundfile.read(file)
    assert bool(np.abs(sound).max() > 0.001) is (name != "silence")
    assert np.array_equal(SPEECHLESS[name](), SPEECHLESS[name]())


def test_the_telephone_takes_away_what_is_below_and_above_its_band() -> None:
    time = np.arange(22_050) / 22_050
    sound = sum((np.sin(2 * np.pi * each * time) for each in (100, 1000, 6000)), np.zeros(22_050))
    carried = through_the_telephone(sound, 22_050)
    assert len(carried) == RATE
    assert carried == pytest.approx(np.sin(2 * np.pi * 1000 * np.arange(RATE) / RATE), abs=0.01)
