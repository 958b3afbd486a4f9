"""The order of what the demonstration plays, from a message taken to the caller's word that it was returned."""

from phonebot.cli.demo_callback import (
    sue_returns_the_call,
    the_caller_is_asked,
    the_digest_comes,
    the_record_is_read,
)
from phonebot.cli.demo_calls import (
    julie_leaves_a_message,
    omar_hangs_up_halfway,
    people_say_where_they_are,
    reception_takes_a_call,
    the_day_after,
)
from phonebot.cli.demo_stage import NotAsItShould, Stage


def play(stage: Stage) -> str:
    """The whole show; gives the reference of the message that is still owed.

    Raises NotAsItShould at the first thing that is not as it should be.
    """
    people_say_where_they_are(stage)
    julies = julie_leaves_a_message(stage)
    reception_takes_a_call(stage)
    omars = omar_hangs_up_halfway(stage)
    the_digest_comes(stage, julies, omars)
    the_day_after(stage)
    sue_returns_the_call(stage, julies)
    the_caller_is_asked(stage, julies)
    the_record_is_read(stage)
    _nobody_has_a_complaint(stage)
    return omars


def _nobody_has_a_complaint(stage: Stage) -> None:
    """The network was answered as it must be, and rang nobody who was not to be rung."""
    requests = len(stage.own.network.deliveries)
    try:
        stage.own.network.close()
    except AssertionError as complaint:
        raise NotAsItShould(str(complaint)) from complaint
    stage.console.print()
    stage.holds(requests, f"{requests} signed requests were answered, and the network has no complaint.")
