"""What the demonstration plays of the way back: the digest, the call returned, the caller's own word, the record."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.request import ProxyHandler, build_opener

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from phonebot.cli.conversation_view import MARGIN
from phonebot.cli.demo_post import words_of_mail
from phonebot.cli.demo_stage import JULIE, NotAsItShould, Stage
from phonebot.cli.demo_words import the_digest_has_the_words
from phonebot.domain.callback import Evidence
from phonebot.domain.digest import Act
from phonebot.domain.message import State
from phonebot.domain.reference import number_of
from phonebot.services.callbacks.returning import return_call
from phonebot.services.messages.reading import message_called
from phonebot.services.messages.record import record
from phonebot.services.staff.links import Links
from phonebot.simulator import LiveCall

TALKED = 74.0
"""Seconds that Sue and Julie talk."""

SOON = timedelta(seconds=1)
LINK = re.compile(r"\s+(https?://\S+/do/)(\S+)")
"""The address of a link, which stands in a line of its own; most of it is a signature."""

SHOWN = 6
"""Characters of that signature that are shown."""

TOO_OLD = timedelta(days=15)

ASKS = "did we get back to you"


def the_digest_comes(stage: Stage, julies: str, omars: str) -> None:
    """What Sue owes, by mail at the time she chose."""
    stage.scene(16, 0, "Sue's digest comes, as it does at half past eight and at four")
    at = stage.clock()
    stage.works(SOON)
    mails = stage.mails_to("sue", at)
    if len(mails) != 1:
        raise NotAsItShould(f"Sue has one mail at four; she has {len(mails)}.")
    words = words_of_mail(mails[0])
    _show_mail(stage, str(mails[0]["Subject"]), words)
    stage.holds(
        julies in words and omars in words and "after 15:00" in words,
        "What she owes is there: who rang, what about, when they would like the call, what they were told.",
    )
    if stage.voicemail:
        the_digest_has_the_words(stage, julies, words)
    _try_the_links(stage, LINK.findall(words), julies)


def _try_the_links(stage: Stage, found: list[tuple[str, str]], reference: str) -> None:
    """Open one, as a mail scanner would, and see what they hold."""
    links = Links.signed_with(stage.own.settings.secret_key.get_secret_value())
    now = stage.clock()
    read = [links.read(token, now) for _, token in found]
    stage.holds(
        read
        and all(link and link.person == "sue" for link in read)
        and not any(links.read(token, now + TOO_OLD) for _, token in found),
        f"Its {len(found)} links (shortened here) are signed, are Sue's alone, and work for two weeks.",
    )
    number = number_of(reference)
    call = next(place for place, link in enumerate(read) if link and (link.number, link.act) == (number, Act.CALL))
    with build_opener(ProxyHandler({})).open("".join(found[call]), timeout=10) as page:
        asks = "<form" in page.read().decode("utf-8")
    stage.works(SOON)
    kept = message_called(stage.own.database, reference)
    stage.holds(
        asks and kept.message.state is State.NEW and not kept.attempts,
        "One that is opened asks first, so that a mail scanner rings nobody.",
    )


def _show_mail(stage: Stage, subject: str, words: str) -> None:
    """A mail on the screen, its addresses shortened."""
    stage.console.print(Padding(Text.assemble(("Subject: ", "dim"), (subject, "bold")), (0, 0, 1, MARGIN)))
    for line in LINK.sub(lambda found: f" {found[1]}…{found[2][-SHOWN:]}", words).rstrip("\n").splitlines():
        stage.console.print(Padding(Text(line), (0, 0, 0, MARGIN)))
        if not line:
            stage.view.pause("a paragraph")
    stage.console.print()


def sue_returns_the_call(stage: Stage, reference: str) -> None:
    """Her own phone rings first; only when both have talked, and she says so, is the call returned."""
    stage.scene(15, 10, "Wednesday after three, as Julie wished: Sue returns her call")
    stage.command(f"phonebot return {reference} --by sue")
    sue = stage.person("sue").phone or ""
    for number in (sue, JULIE):
        stage.own.network.expects_call(number)
    stage.own.network.phone(JULIE).answers(after=6.0, talks_for=TALKED)
    states: list[State] = []
    stage.own.network.phone(sue).answers(script=_sue_at_her_phone(lambda: states.append(_state(stage, reference))))
    return_call(stage.own.database, reference, "sue", stage.own.settings.calls_a_day, stage.clock())
    stage.console.print()
    stage.works(SOON)
    call = stage.own.network.phone(sue).calls[-1]
    _show_both_legs(stage, LiveCall(call))
    stage.clock.is_at(call.instant)
    stage.holds(
        len(call.legs) == 1 and call.legs[0].called == JULIE and call.legs[0].caller == stage.sues_line,
        "Sue heard who rang and why before Julie's phone rang, and Julie was shown the office's number.",
    )
    stage.holds(
        states == [State.CLAIMED],
        "While they talked it was not returned yet: a voicemail would have been joined just as well.",
    )
    _show_returned(stage, reference)


def _sue_at_her_phone(meanwhile: Callable[[], None]) -> Callable[[LiveCall], None]:
    """Sue answers, presses 1, talks with whoever answers, and presses 1 for "I spoke to them"."""

    def acts(live: LiveCall) -> None:
        live.hears("Julie Smith", "invoice").presses("1").is_joined()
        meanwhile()
        live.talks(TALKED).hears("spoke").presses("1").hears_goodbye()

    return acts


def _show_both_legs(stage: Stage, live: LiveCall) -> None:
    """The call on the screen: Sue's phone, and Julie's that was rung from it."""
    stage.view.labels = {"caller": "Sue"}
    stage.view.show(live.call.began, "worker", f"(has Sue's phone rung, {live.call.called})")
    for at, who, words in live.transcript:
        stage.view.show(live.call.began + timedelta(seconds=at), who, words)
    stage.console.print()


def _show_returned(stage: Stage, reference: str) -> None:
    """The message with its try, and why it counts."""
    kept = stage.shown_to_staff(reference)
    attempt = kept.attempts[-1] if kept.attempts else None
    stage.holds(
        kept.message.state is State.RETURNED and attempt and attempt.evidence is Evidence.SPOKE,
        f"It is returned: they were joined for {TALKED:.0f} s, and then Sue pressed the key for it on the same call.",
    )


def the_caller_is_asked(stage: Stage, reference: str) -> None:
    """The strongest evidence is the caller's own word, and it is asked for once."""
    stage.scene(16, 45, "Julie rings again, to ask for somebody else, and is asked first")
    stage.own.network.expects_call(stage.own.book.office.reception or "")
    call = stage.call(JULIE, "Julie", ("Yes, thank you.", "0"))
    heard = " ".join(call.heard_in_all).lower()
    stage.works(SOON)
    stage.holds(
        ASKS in heard and "invoice" not in heard,
        "She is asked whether somebody got back to her, and nothing is said of what about.",
    )
    evidence = record(stage.own.database, None, None, stage.clock()).office.returned_by
    stage.holds(
        evidence == {"caller": 1} and _state(stage, reference) is State.RETURNED,
        "She says yes, and there is no stronger evidence than that.",
    )


def the_record_is_read(stage: Stage) -> None:
    """What really became of what was taken."""
    stage.scene(17, 30, "At the end of the day: the record")
    stage.command("phonebot report")
    figures = record(stage.own.database, None, None, stage.clock()).office
    rows = Table.grid(padding=(0, 2, 0, 0))
    for label, value in (
        ("taken", figures.taken),
        ("returned", f"{figures.returned}, by the caller's own word"),
        ("still owed", figures.owed),
        ("called when they liked", f"{figures.windows_met} of {figures.windows_met + figures.windows_missed}"),
        ("missed calls", figures.missed),
    ):
        rows.add_row(Text(label, "dim"), str(value))
    stage.console.print()
    stage.console.print(Padding(rows, (0, 0, 1, MARGIN)))
    stage.holds(
        (figures.taken, figures.returned, figures.owed, figures.windows_met) == (2, 1, 1, 1),
        "Julie's call counts as returned, when she liked. Omar's is still owed, and stays on Sue's list.",
    )


def _state(stage: Stage, reference: str) -> State:
    return message_called(stage.own.database, reference).message.state
