"""Machine detection on a called telephone: what the network takes it for, and whom it tells."""

from typing import TYPE_CHECKING

from phonebot.simulator.courier import Webhook

if TYPE_CHECKING:
    from phonebot.simulator.call import Call
    from phonebot.simulator.phone import Habit
    from phonebot.simulator.verbs import Target

SECONDS_TO_TELL = 3.5


def detect(leg: "Call", target: "Target", habit: "Habit") -> None:
    """Note on the leg what answered, where the Dial asked for it, and tell the app; a habit may be mistaken."""
    if not target.detection:
        return
    machine = "machine_end_beep" if target.detection == "DetectMessageEnd" else "machine_start"
    leg.answered_by = habit.taken_for or (machine if habit.kind == "voicemail" else "human")
    if not target.detection_url:
        return
    form = (
        ("CallSid", leg.sid),
        ("AccountSid", leg.network.account_sid),
        ("AnsweredBy", leg.answered_by),
        ("MachineDetectionDuration", str(round(SECONDS_TO_TELL * 1000))),
    )
    leg.network.post.notify(Webhook("machine", target.detection_url, form, target.detection_method, leg.sid))
