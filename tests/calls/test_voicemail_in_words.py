"""A voicemail put into words by the real engine: after everybody has heard of it, and with its doubts on its face."""

import array
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from phonebot.app import make_worker
from phonebot.config import load_speech_settings
from phonebot.domain.digest import Act
from phonebot.domain.message import State
from phonebot.domain.reference import reference_of
from phonebot.domain.transcript import Transcript
from phonebot.simulator.audio import RATE, silence, speech_like, wav
from phonebot.speech.child import ChildTranscriber
from phonebot.speech.engine import child_for
from phonebot.speech.transcriber import Transcriber
from tests.calls.telling import Telling, telling, words_in
from tests.listening import Listener
from tests.mail.post_office import TakenMail
from tests.mail.reading import read, words_of
from tests.offices import JULIE

VOICEMAIL = Path(__file__).parent.parent.parent / "phonebot" / "data" / "voicemail.wav"
GIVEN, SAID, INVOICE = "07700 900143", "07700900124", "4417"
DIFFERS = "24"
"""The digits of the number said that are others than those given; the rest is borne out by it."""

OTHERS = ("+447700900151", "+447700900152", "+447700900153")

NOISE = wav(array.array("h", (random.Random(5).randrange(-3000, 3000) for _ in range(RATE // 2))))
"""Half a second in which nobody speaks."""

PAGE = b"<!DOCTYPE html><html><title>Sign in</title></html>"
CORRUPT = speech_like(2)[:30] + random.Random(6).randbytes(4000)


@pytest.fixture(scope="module")
def engine() -> Iterator[ChildTranscriber]:
    """The engine as a worker has it, in a process of its own."""
    child = child_for(load_speech_settings({}))
    assert child is not None
    with child:
        yield child


@dataclass
class Witness:
    """Has the engine listen, and keeps how things stood before it did."""

    engine: Transcriber
    look: Callable[[], Any]
    saw: list[Any] = field(default_factory=list)

    def transcribe(self, audio: Path, hints: Sequence[str] = ()) -> Transcript:
        """As the engine does."""
        self.saw.append(self.look())
        return self.engine.transcribe(audio, hints)


def hears_with(story: Telling, transcriber: Transcriber) -> None:
    """From now on the worker puts recordings into words."""
    phonebot = story.phonebot
    phonebot.worker = make_worker(phonebot.settings, phonebot.database, clock=phonebot.clock, transcriber=transcriber)


def goes_on(story: Telling, **by: float) -> None:
    """So much later the worker does what is due."""
    story.phonebot.clock.goes_on(**by)
    story.works()


def digits(text: str) -> str:
    """The digits of a text, however they are parted."""
    return re.sub(r"\D", "", text)


def marked(text: str) -> list[str]:
    """The stretches that a text marks as doubtful."""
    return re.findall(r"\[([^\[\]]+)\?\]", words_of(text))


def marks(html: str) -> list[str]:
    """The stretches that a page marks as doubtful, which have their question mark there too."""
    return re.findall(r"<mark[^>]*>([^<]*)\?</mark>", html)


def shows_the_doubts(found: list[str]) -> bool:
    """Whether the digits of which nothing is certain are among what is marked."""
    doubted = "".join(map(digits, found))
    return DIFFERS in doubted and INVOICE in doubted


def unmarked(shown: dict[str, Any]) -> str:
    """The transcript of a message, without what is doubtful in it."""
    text: str = shown["transcript"]
    for each in reversed(shown["transcript_doubtful"]):
        text = text[: each["start"]] + text[each["end"] :]
    return text


def in_html(mail: TakenMail) -> str:
    """The page of a mail."""
    body = mail.message.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def leaves(story: Telling, sound: bytes, caller: str = JULIE) -> None:
    """A caller asks for the tone at once, says it all after it, and gives the number that they ring from."""
    live = story.phonebot.rings(caller=caller).hears("who's calling").presses("*", at_once=True)
    live.hears_tone().records(wav=sound).hears("number").presses("1").hears("may we text").says("No.").hears_goodbye()
    story.works()


def test_a_voicemail_is_in_words_wherever_staff_look_and_its_numbers_are_not_taken_for_granted(
    tmp_path: Path, database_url: str, engine: ChildTranscriber
) -> None:
    with telling(tmp_path, database_url) as story:
        witness = Witness(engine, lambda: (story.mails(), story.shown()))
        hears_with(story, witness)
        leaves(story, VOICEMAIL.read_bytes())
        goes_on(story, seconds=5)

        ((mails, before),) = witness.saw
        assert [who for who, _ in mails] == ["sue"]
        assert (before["state"], digits(before["number"])[-10:]) == ("new", digits(GIVEN)[1:])
        assert (before["transcript"], before["transcript_state"]) == (None, "pending")

        shown = story.shown()
        doubtful = [shown["transcript"][each["start"] : each["end"]] for each in shown["transcript_doubtful"]]
        assert shown["transcript_state"] == "heard"
        assert shows_the_doubts(doubtful)
        assert digits(GIVEN).startswith(digits(unmarked(shown)))
        assert "before Friday" in shown["gist"]["by_when"]
        (question,) = shown["gist"]["questions"]
        assert digits(question) == SAID + digits(GIVEN)
        card = story.types("message", reference_of(1)).replace("│", " ")
        assert shows_the_doubts(marked(card))

        story.it_is("16:00")
        mail = story.last_mail("sue")
        page = requests.get(story.link("sue", Act.CALL), timeout=20).text
        assert shows_the_doubts(marked(mail.text))
        for html in (in_html(mail), page):
            assert shows_the_doubts(marks(html))
        for text in (words_of(card), words_of(mail.text), words_of(read(in_html(mail).strip()).text), words_of(page)):
            in_one = text.replace("</span> ", " ")
            assert re.search(r"When: (<[^>]*>)*before .*Friday.*\((both )?in the recording\)", in_one)
            assert words_in(text, "The recording has the number", "the form has", GIVEN, "Which is right?")
        assert story.mails() == [("sue", "1 call owed, since 09:30")]
        assert len(witness.saw) == 1


def test_half_a_second_of_noise_is_a_missed_call_and_nobody_listens_to_it(tmp_path: Path, database_url: str) -> None:
    with telling(tmp_path, database_url) as story:
        listener = Listener()
        hears_with(story, listener)
        story.phonebot.rings().presses("*", at_once=True).hears_tone().records(then="hangup", wav=NOISE)
        for _ in range(4):
            goes_on(story, minutes=10)
        story.stands(State.MISSED)
        assert (story.shown()["transcript_state"], listener.heard) == (None, [])
        assert "missed call" in story.types("messages")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_what_comes_in_place_of_a_voicemail_keeps_no_message_back_and_staff_are_told_what_it_is(
    tmp_path: Path, database_url: str
) -> None:
    with telling(tmp_path, database_url) as story:
        listener = Listener()
        hears_with(story, listener)
        for caller, sound in zip(OTHERS, (silence(4), PAGE, CORRUPT), strict=True):
            leaves(story, sound, caller)
        assert [who for who, _ in story.mails()] == ["sue"] * 3
        for _ in range(6):
            goes_on(story, minutes=5)
        numbers = range(1, len(OTHERS) + 1)
        assert [story.state(number) for number in numbers] == [State.NEW] * 3
        assert [story.shown(number)["transcript_state"] for number in numbers] == [None, "missing", "missing"]
        for number, reason in ((2, "is a page"), (3, "holds no sound")):
            assert words_in(story.types("message", reference_of(number)), "could not be used", reason)
        story.it_is("16:00")
        assert story.mails() == [("sue", "3 calls owed, the oldest since 09:30")]
        assert story.mailed_words("sue").count("could not be used") == 2
        assert listener.heard == []
