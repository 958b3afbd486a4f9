"""A call from a terminal or a script: shows what is said as it is said, and takes the caller's turns."""

from collections.abc import Callable

from phonebot.simulator.caller import LiveCall
from phonebot.simulator.script import ScriptError, take_turn


def converse(call: LiveCall, read_turn: Callable[[], str | None], show: Callable[[float, str, str], None]) -> list[str]:
    """Have a call to its end; gives the turns that were taken, as `kept` in script.py wants them.

    `read_turn` gives the caller's next turn as a script writes it (None: no more, the caller hangs up). `show` gets
    each new line of the transcript: seconds since the call began, who (`line`, `caller` or `network`), the words.
    A turn that cannot be read is shown as a `network` line, and the caller is asked again.
    """
    shown, turns = 0, list[str]()
    while True:
        call.waits()
        for entry in call.transcript[shown:]:
            show(*entry)
        shown = len(call.transcript)
        if call.ended:
            return turns
        turn = read_turn()
        turn = "/hangup" if turn is None else turn
        try:
            take_turn(call, turn)
        except (ScriptError, AssertionError) as error:
            show(call.seconds, "network", str(error).splitlines()[0])
        else:
            turns.append(turn)
