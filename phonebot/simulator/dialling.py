"""How a call rings other telephones: Dial, the called legs with their whispers, and joining the two."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from phonebot.simulator.acts import Act, HangUp, HungUp, Joined, Keys, Next, Patience, Ringing, Talk, TimeUp, Wait
from phonebot.simulator.detection import detect
from phonebot.simulator.forms import Progress
from phonebot.simulator.phone import Reached, drive, ring
from phonebot.simulator.verbs import Dial, Target

if TYPE_CHECKING:
    from phonebot.simulator.call import Call

SECONDS_ADDED = 5
"""The network lets a telephone ring this much longer than it was asked to."""
WITHHELD = frozenset({"", "anonymous", "unknown", "restricted", "unavailable"})


@dataclass
class _Leg:
    """One telephone being rung, and what will come of it."""

    call: "Call"
    target: Target
    reached: Reached


def dial(call: "Call", verb: Dial) -> Generator[Wait, Act, Next]:
    """Ring, and join the first telephone that answers. Gives the action to request; raises HungUp."""
    shown = verb.caller_id or call.caller
    if _unusable(call, verb, shown):
        return _result(verb, "failed", None, joined=False)
    limit = verb.timeout + SECONDS_ADDED
    legs = [_place(call, target, shown, limit) for target in verb.targets]
    call.note("line", f"(rings {', '.join(target.address for target in verb.targets)})")
    act = yield Ringing(verb)
    while not isinstance(act, HangUp | Patience):
        act = yield Ringing(verb)
    if isinstance(act, HangUp):
        _cancel(legs)
        call.hang_up_with(_result(verb, "canceled", legs[0].call, joined=False))
        raise HungUp
    answered = min((leg for leg in legs if leg.reached.answered), key=lambda leg: leg.reached.after, default=None)
    if answered is None:
        call.clock += max(leg.reached.after for leg in legs)
        for leg in legs:
            leg.call.clock = call.clock
            leg.call.end(leg.reached.status)
        return _result(verb, legs[0].reached.status, legs[0].call, joined=False)
    call.clock += answered.reached.after
    _cancel([leg for leg in legs if leg is not answered])
    return (yield from _talk(call, verb, answered))


def _talk(call: "Call", verb: Dial, leg: _Leg) -> Generator[Wait, Act, Next]:
    """Run the whisper on the leg that answered, then join the two until somebody hangs up."""
    called = leg.call
    called.clock = call.clock
    called.answer()
    if called.progress is not None:
        called.progress.report(called, "answered")
    called.begin(Next(leg.target.whisper, leg.target.whisper_method) if leg.target.whisper else None)
    drive(called, leg.reached)
    call.clock = called.clock
    if called.over:
        leg.reached.release()
        return _result(verb, "completed", called, joined=False)
    call.note("line", f"(joined with {called.called})")
    detect(called, leg.target, leg.reached.habit)
    joined_at = call.clock
    act = yield from _joined(call, verb, leg.reached)
    called.clock = call.clock
    if verb.recorded:
        call.network.archive.keep_whole(call, call.clock - joined_at, "DialVerb")
    called.end("completed", "caller")
    leg.reached.release()
    result = _result(verb, "completed", called, joined=True)
    if isinstance(act, HangUp) or not call.seconds_left:
        call.hang_up_with(result)
        raise HungUp if isinstance(act, HangUp) else TimeUp
    return result


def _joined(call: "Call", verb: Dial, reached: Reached) -> Generator[Wait, Act, Act]:
    """The time in which the two are joined, put on the clock; gives the act that ended it.

    Somebody who has said how long they talk (Talk) is taken at their word; else it lasts as long as the other side
    talks. A voicemail that somebody talks to keeps the line open.
    """
    most = min(float(verb.longest), call.seconds_left)
    usual = min(reached.talks_for, most)
    longest = most if reached.habit.kind == "voicemail" else usual
    talked = 0.0
    while True:
        act = yield Joined(verb)
        match act:
            case Talk(seconds):
                step = min(seconds, longest - talked)
                talked += step
                call.clock += step
                if talked >= longest:
                    return Patience()
            case Patience():
                call.clock += max(0.0, usual - talked)
                return act
            case HangUp():
                call.clock += 0.0 if talked else usual
                return act
            case Keys(keys) if verb.star_hangs_up and "*" in keys:
                call.clock += 0.0 if talked else usual
                return act


def _place(call: "Call", target: Target, shown: str, limit: float) -> _Leg:
    """Start ringing one telephone."""
    network = call.network
    leg = network.new_call(
        caller=shown,
        called=target.address,
        direction="outbound-dial",
        parent_sid=call.sid,
        progress=Progress(target.status_url, target.status_events, target.status_method),
        whisper=True,
        status="initiated",
        clock=call.clock,
    )
    call.legs.append(leg)
    assert leg.progress is not None
    leg.progress.report(leg, "initiated")
    leg.status = "ringing"
    leg.progress.report(leg, "ringing")
    return _Leg(leg, target, ring(network, leg, limit))


def _cancel(legs: list[_Leg]) -> None:
    """Stop ringing these."""
    for leg in legs:
        leg.call.end("canceled")
        leg.reached.release()


def _unusable(call: "Call", verb: Dial, shown: str) -> bool:
    """Whether the number to be shown is one the network will not carry; also a breach."""
    if shown.lower() in WITHHELD:
        call.network.breach(f"call {call.sid}: <Dial> has no callerId although the caller withheld theirs")
        return True
    if verb.caller_id and verb.caller_id not in {call.caller, call.called, *call.network.lines}:
        call.network.breach(f"call {call.sid}: callerId {verb.caller_id} is neither a line of ours nor on this call")
        return True
    return False


def _result(verb: Dial, status: str, leg: "Call | None", *, joined: bool) -> Next:
    """The action, with what became of the Dial: `completed` says only that somebody or something answered."""
    facts = [("DialCallStatus", status), ("DialBridged", "true" if joined else "false")]
    if leg is not None:
        facts += [("DialCallSid", leg.sid), ("DialCallDuration", str(round(leg.talk_seconds)))]
    return Next(verb.action, verb.method, tuple(facts))
