"""Asking Twilio no more for a while once it has refused our account and token: somebody has to put that right first."""

from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from typing import Final

import structlog

from phonebot.telephony.errors import Unauthorised

PAUSE: Final = timedelta(minutes=5)
"""How long nothing is asked after a refusal: short beside what putting it right takes, long beside a queue of jobs."""

REFUSED: Final = 401
"""Of the account and the token. A 403 is of one request only, as with a key that may not do everything."""

log = structlog.get_logger(__name__)


class Circuit:
    """Open for five minutes after a 401. `clock` counts seconds, and never back."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._opened_at: float | None = None

    def pass_or_raise(self) -> None:
        """Return if a request may be made; else raise Unauthorised, which says how long to wait."""
        if self._opened_at is None:
            return
        left = PAUSE.total_seconds() - (self._clock() - self._opened_at)
        if left > 0:
            raise Unauthorised("Twilio refuses our account or token", timedelta(seconds=left))

    def heard(self, status: int) -> None:
        """Take in the HTTP status of an answer."""
        if status != REFUSED:
            self._opened_at = None
            return
        self._opened_at = self._clock()
        log.error("twilio-refuses-us", minutes=PAUSE // timedelta(minutes=1))
