"""What phonebot hears in recordings, and at what cost, beside faster-whisper as it comes, with the same model."""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from bench.misheard import Alignment, Token, align, figures, has_loop, names_in, tokens
from bench.sayings import DIGIT_STRINGS, NAMES, VOICEMAIL
from bench.serving import COMMAND
from bench.sounds import SPEECHLESS, kept, write
from bench.table import Row, Table, verdict
from phonebot.domain.transcript import Span

ROUNDS, QUICK_ROUNDS = 2, 1
MORE_WORDS, MORE_CPU = 1.0, 1.2
"""Points of wrong words above the bare engine's, and times its CPU, that are within the budget."""

TAKES: Final = 3
"""How often each string of digits is heard, with other noise of the line: Whisper draws lots where it is unsure."""

BARE: Final = (sys.executable, "-m", "bench.bare_whisper")
PHONEBOT: Final = (*COMMAND, "transcribe", "--json")
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording, and the words of it or its digits; neither: nobody speaks. `seconds` is its length."""

    file: Path
    seconds: float
    words: str = ""
    digits: str = ""

    @property
    def speaks(self) -> bool:
        """Whether anybody does."""
        return bool(self.words or self.digits)


@dataclass(frozen=True, slots=True)
class Heard:
    """What an engine makes of a clip, and which stretches of that it calls doubtful."""

    clip: Clip
    text: str
    doubtful: tuple[Span, ...] = ()

    @property
    def tokens(self) -> list[Token]:
        """The words that count: where digits are read out, the digits."""
        return figures(tokens(self.text)) if self.clip.digits else tokens(self.text)

    @property
    def alignment(self) -> Alignment:
        """These beside what was said."""
        return align(tokens(self.clip.digits or self.clip.words), self.tokens)

    def marked(self) -> list[tuple[Token, bool, bool]]:
        """Each word that counts, whether it is right, and whether it is marked."""
        wrong = self.alignment.wrong
        return [(token, at not in wrong, token.is_in(self.doubtful)) for at, token in enumerate(self.tokens)]


@dataclass(frozen=True, slots=True)
class Way:
    """An engine: what it hears, and in each round its CPU in seconds, start included, per second of audio."""

    heard: list[Heard]
    cpu: list[float]

    def wrong(self, *, digits: bool) -> float:
        """Wrong words of the voicemail, or wrong digits of the strings, in percent."""
        judged = [each for each in self.heard if (each.clip.digits if digits else each.clip.words)]
        said = sum(len(tokens(each.clip.digits or each.clip.words)) for each in judged)
        return 100 * sum(each.alignment.errors for each in judged) / said

    @property
    def invented(self) -> int:
        """Clips in which nobody speaks and words were heard."""
        return sum(bool(each.text.strip()) for each in self.heard if not each.clip.speaks)

    @property
    def loops(self) -> int:
        """Texts with a loop in them."""
        return sum(has_loop(each.text) for each in self.heard)


def speech_tables(*, quick: bool = False) -> list[Table]:
    """The clips through phonebot and the bare engine in turn, and the voicemail through phonebot with hints.

    The bare engine as it comes takes many times as long where cores are busy: so it hears each string of digits in one
    take only, and not for a taste.
    """
    with tempfile.TemporaryDirectory() as folder:
        clips = make_clips(Path(folder))
        rounds = range(QUICK_ROUNDS if quick else ROUNDS)
        runs = [(transcribe([*BARE, "int8"], clips), transcribe(PHONEBOT, clips)) for _ in rounds]
        bare, ours = (_way([run[which] for run in runs]) for which in (0, 1))
        default = None if quick else transcribe([*BARE, "default"], _first_takes(clips))
        hints = [each for name in NAMES for each in ("--hint", name)]
        hinted = transcribe([*PHONEBOT, *hints], [clip for clip in clips if clip.words])
    return [heard_table(clips, bare, default, ours), marks_table(ours.heard), hints_table(bare, ours, hinted)]


def make_clips(folder: Path) -> list[Clip]:
    """Every clip as a µ-law WAV: voicemail, strings of digits, and those in which nobody speaks."""
    plans = [(f"voicemail-{at:02}", words, "") for at, words in enumerate(VOICEMAIL)]
    plans += [(f"digits-{at:02}", "", each.digits) for at, each in enumerate(DIGIT_STRINGS)]
    clips = []
    plans += plans[len(VOICEMAIL) :] * (TAKES - 1)
    for seed, (name, words, digits) in enumerate(plans):
        file = folder / f"{name}-{seed:03}.wav"
        clips.append(Clip(file, write(file, kept(name), seed), words, digits))
    for name, make in SPEECHLESS.items():
        file = folder / f"{name.replace(' ', '-')}.wav"
        clips.append(Clip(file, write(file, make(), len(clips), 0.0 if name == "silence" else None)))
    return clips


def _first_takes(clips: Sequence[Clip]) -> list[Clip]:
    """The clips, each string of digits once."""
    again = len(VOICEMAIL) + len(DIGIT_STRINGS)
    return [*clips[:again], *(clip for clip in clips[again:] if not clip.speaks)]


def transcribe(command: Sequence[str], clips: Sequence[Clip]) -> Way:
    """All clips through a process of this command, which answers a line of JSON for each, in their order."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PHONEBOT_", "OMP_"))}
    before = _children_cpu()
    files = [str(clip.file) for clip in clips]
    answered = subprocess.run([*command, *files], env=environ, stdout=subprocess.PIPE, check=True, text=True)
    cpu = _children_cpu() - before
    heard = []
    for clip, line in zip(clips, answered.stdout.splitlines(), strict=True):
        answer = json.loads(line)
        doubtful = tuple(Span(each["start"], each["end"]) for each in answer.get("doubtful", ()))
        heard.append(Heard(clip, answer["text"], doubtful))
    return Way(heard, [cpu / sum(clip.seconds for clip in clips)])


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _way(runs: Sequence[Way]) -> Way:
    """The rounds of an engine as one: what was heard in the first of them, and the CPU of each."""
    return Way(runs[0].heard, [cpu for run in runs for cpu in run.cpu])


def heard_table(clips: Sequence[Clip], bare: Way, default: Way | None, ours: Way) -> Table:
    """Wrong words and digits, what nobody said, and what it costs."""
    ways = [bare, *([default] if default else []), ours]
    words, digits = ([way.wrong(digits=digits) for way in ways] for digits in (False, True))
    most = words[0] + MORE_WORDS
    ratio = median(mine / theirs for mine, theirs in zip(ours.cpu, bare.cpu, strict=True))
    counts = {"clips without speech: texts invented": [way.invented for way in ways]}
    counts["loops"] = [way.loops for way in ways]
    rows: list[Row] = [
        ("voicemail: wrong words, %", *_shown(words), f"≤ {most:.1f}", verdict(words[-1] <= most)),
        ("strings of digits: wrong digits, %", *_shown(digits), f"≤ {digits[0]:.1f}", verdict(digits[-1] <= digits[0])),
        *((name, *map(str, each), "≤ 0", verdict(each[-1] == 0)) for name, each in counts.items()),
        ("CPU per second of audio (s)", *(f"{median(way.cpu):.3f}" for way in ways), "", ""),
        ("the same, × the bare int8's", *[""] * (len(ways) - 1), f"{ratio:.2f}", f"≤ {MORE_CPU}", _within(ratio)),
    ]
    seconds = sum(clip.seconds for clip in clips)
    columns = (f"{len(clips)} clips, {seconds:.0f} s", "bare, int8", *(["bare, as it comes"] if default else []))
    note = "; ".join(f"“{each.clip.words}” was “{each.text}”" for each in _worst(ours.heard))
    title = "Recordings put into words"
    return Table(title, (*columns, "phonebot", "budget", ""), tuple(rows), f"The worst: {note}." if note else "")


def _within(ratio: float) -> str:
    return verdict(ratio <= MORE_CPU)


def _shown(figures_: Sequence[float]) -> list[str]:
    return [f"{figure:.1f}" for figure in figures_]


def _worst(heard: Sequence[Heard]) -> list[Heard]:
    """The voicemail with the most wrong words."""
    ordered = sorted((each for each in heard if each.clip.words), key=lambda each: -each.alignment.errors)
    return [each for each in ordered[:_SHOWN] if each.alignment.errors > 1]


def marks_table(heard: Sequence[Heard]) -> Table:
    """What is marked as doubtful, of what is wrong and of what is right."""
    judged = [each for clip in heard if clip.clip.speaks for each in clip.marked()]
    rows: list[Row] = []
    for kind, chosen in (
        ("digits and numbers", [each for each in judged if each[0].is_number]),
        ("other words", [each for each in judged if not each[0].is_number]),
    ):
        for name, is_right in (("wrong", False), ("right", True)):
            marked = [is_marked for _, right, is_marked in chosen if right is is_right]
            missed = marked.count(False)
            budget = ("0 unmarked", verdict(missed == 0)) if kind.startswith("digits") and not is_right else ("", "")
            share = 100 * sum(marked) / max(1, len(marked))
            rows.append((f"{kind}, {name}", str(len(marked)), str(missed), f"{share:.1f}", *budget))
    return Table("What is marked as doubtful", ("heard", "all", "not marked", "marked, %", "budget", ""), tuple(rows))


def hints_table(bare: Way, ours: Way, hinted: Way) -> Table:
    """Names of the directory, with and without being told them."""
    of_bare = Way([each for each in bare.heard if each.clip.words], [])
    plain = Way([each for each in ours.heard if each.clip.words], [])
    ways = (of_bare, plain, hinted)
    named = sum(names_in(each.clip.words, NAMES) for each in hinted.heard)
    right = [sum(names_in(each.text, NAMES, said=each.clip.words) for each in way.heard) for way in ways]
    wrong = [way.wrong(digits=False) for way in ways]
    rows: list[Row] = [
        (f"words of names right, of {named}", *map(str, right), f"≥ {right[1]}", verdict(right[2] >= right[1])),
        ("wrong words, %", *_shown(wrong), f"≤ {wrong[1]:.1f}", verdict(wrong[2] <= wrong[1])),
    ]
    columns = ("voicemail", "bare, int8", "phonebot", "with hints", "budget", "")
    return Table(f"Names, with {len(NAMES)} people of a directory as hints", columns, tuple(rows))
