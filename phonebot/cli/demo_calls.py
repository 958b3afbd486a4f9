"""What the demonstration plays of callers: four calls to the sample office, and what staff have of each."""

from datetime import timedelta

from phonebot.cli.conversation_view import readable_number
from phonebot.cli.demo_stage import GRACE, JULIE, NADIA, OMAR, Stage
from phonebot.cli.demo_words import say_what_is_said, the_recording_is_heard
from phonebot.domain.message import State
from phonebot.services.office.statuses import Note, set_status
from phonebot.simulator import LiveCall
from phonebot.simulator.audio import seconds_in

SUES_NOTE, TOMS_NOTE = "in meetings until half past two", "in"
STALE = ("meeting", "half past two", "three")
"""What belongs to Tuesday, and may not be heard on Wednesday."""

RECORDED = 8.0
"""Seconds that Julie speaks after the tone, where she leaves no voicemail from a file."""

JULIES_TURNS = (
    "Julie Smith, from Hartwell Dental.",
    "Yes.",
    "Last month's invoice, it was charged twice.",
    "Tomorrow, after three.",
    "/record {}",
    "Yes.",
)
OMARS_TURNS = ("Omar Haddad.", "Yes.", "/hangup")

FIRST_QUESTION_SECONDS, LONGEST_CALL_SECONDS, MOST_TURNS = 15, 75, 7
"""The budget of a call: when the first question has been asked, the whole without the recording, and its turns."""

SOON, RETRIED = timedelta(seconds=1), timedelta(seconds=3)
"""How soon the worker sees what there is to do, and longer than it waits before it tries a recording again."""

NOT_READY, FETCHED = "(asks for the recording, which is not ready yet)", "(fetches the recording)"
HEARD = "(has it put into words)"


def people_say_where_they_are(stage: Stage) -> None:
    """Sue is in meetings, Tom is in."""
    stage.scene(9, 5, "Sue and Tom say where they are")
    for whom, note in (("sue", SUES_NOTE), ("tom", TOMS_NOTE)):
        stage.command(f'phonebot status set {whom} "{note}"')
        set_status(stage.own.database, whom, Note(note), stage.clock())


def julie_leaves_a_message(stage: Stage) -> str:
    """The main job: what is true today, and a message taken properly. Gives its reference."""
    stage.scene(10, 42, f"Julie Smith rings Sue's line from {readable_number(JULIE)}")
    recorded = str(stage.voicemail or f"{RECORDED:g}")
    if stage.voicemail:
        say_what_is_said(stage)
    call = stage.call(JULIE, "Julie", [turn.format(recorded) for turn in JULIES_TURNS])
    asked_by = next(at for at, who, _ in call.transcript if who == "caller")
    talk = call.seconds_without_recording
    stage.holds(
        call.call.ended_by == "line" and asked_by <= FIRST_QUESTION_SECONDS,
        f"The first question was asked within {asked_by:.0f} s of the answer, and the line said goodbye.",
    )
    stage.holds(
        call.turns <= MOST_TURNS and talk <= LONGEST_CALL_SECONDS,
        f"It took {call.turns} turns and {talk:.0f} s, the recording apart.",
    )
    stage.holds(stage.message(call), "Staff have her message as soon as she has hung up.")
    _worker_does_its_part(stage, call)
    kept = stage.shown_to_staff(stage.message(call).message.ref)
    given = kept.message.answers
    stage.holds(
        kept.message.complete and given.number == JULIE and given.company and kept.told,
        "Everything she gave is there, in her words, with what she was told.",
    )
    if stage.voicemail:
        the_recording_is_heard(stage, kept.message.ref)
    return kept.message.ref


def _worker_does_its_part(stage: Stage, call: LiveCall) -> None:
    """Sue, who is away, and her cover have a notice; a recording that is not ready yet is tried again."""
    hung_up = stage.clock()
    for wait in (SOON, RETRIED):
        stage.works(wait)
        if wait is SOON:
            noticed = [person for person in stage.own.book.people if stage.mails_to(person.id, hung_up)]
            names = " and to ".join(person.first_name for person in noticed) or "nobody"
            stage.view.show(stage.clock(), "worker", f"(mails a notice to {names})")
        sound = stage.message(call).recording
        fetched = sound is not None and sound.path is not None
        stage.view.show(stage.clock(), "worker", FETCHED if fetched else NOT_READY)
    heard = stage.message(call).heard
    if heard and heard.transcript:
        stage.view.show(stage.clock(), "worker", HEARD)
    stage.console.print()
    stage.holds(
        {person.id for person in noticed} == {"sue", "tom"},
        "Sue, who is away, has a notice within seconds, and so has her cover.",
    )
    kept_at = stage.own.settings.media_dir / (sound.path or "nowhere") if sound else None
    spoken = seconds_in(stage.voicemail.read_bytes()) if stage.voicemail else RECORDED
    stage.holds(
        sound and sound.seconds == spoken and kept_at and kept_at.is_file(),
        "Her recording is here too, at its full length.",
    )


def reception_takes_a_call(stage: Stage) -> None:
    """0 is for a person, who has to say that they take the call."""
    reception = stage.own.book.office.reception or ""
    stage.scene(11, 20, f"Somebody on {readable_number(NADIA)} would rather have a person, and presses 0")
    stage.own.network.expects_call(reception)
    stage.own.network.phone(reception).answers(presses="1", after=6.0, talks_for=95.0)
    call = stage.call(NADIA, "Caller", ("0",))
    stage.holds(
        call.call.legs and call.call.legs[0].answered_at and any("(joined" in words for _, _, words in call.transcript),
        "Reception took the call by pressing 1. Had nobody, the caller would hear so, and could leave a message.",
    )
    stage.holds(not stage.messages(call), "Nothing is owed, so nothing is listed.")


def omar_hangs_up_halfway(stage: Stage) -> str:
    """What was given is kept; after expected-back only the later bound is spoken. Gives the message's reference."""
    stage.scene(14, 40, "Sue is late; Omar Haddad rings, and hangs up halfway")
    call = stage.call(OMAR, "Omar", OMARS_TURNS)
    stage.works(SOON)
    heard = " ".join(call.heard_in_all)
    stage.holds("half past two" not in heard, "Half past two has gone by, so it is not said any more.")
    kept = stage.shown_to_staff(stage.message(call).message.ref)
    given = kept.message.answers
    stage.holds(
        not kept.message.complete and given.name and given.number == OMAR,
        "What he gave before he hung up is kept, and marked as incomplete.",
    )
    return kept.message.ref


def the_day_after(stage: Stage) -> None:
    """No status, so no whereabouts, and no word of yesterday's."""
    stage.day += timedelta(days=1)
    stage.scene(10, 42, "The day after: nobody has said where Sue is")
    call = stage.call(GRACE, "Caller", ("/hangup",))
    heard = " ".join(call.heard_in_all).lower()
    stage.holds(
        f"{stage.day:%A}".lower() in heard and not any(word in heard for word in STALE),
        "The line says today's date, and nothing of yesterday's meetings.",
    )
    (missed,) = stage.messages(call) or (None,)
    stage.holds(missed and missed.message.state is State.MISSED, "Nothing was left: a missed call, listed apart.")
