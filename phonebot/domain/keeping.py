"""Whether a try keeps an accepted call."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from phonebot.domain.callback import RANG_THE_CALLER, Evidence, Outcome
from phonebot.domain.commitment import Fate
from phonebot.domain.history import Tried
from phonebot.domain.window import Part

HAD_WORD: Final = frozenset({Outcome.REACHED, Outcome.JOINED, Outcome.LEFT_WORD})
"""Outcomes after which the caller knows that they were rung, also before the time they were told."""


def kept_by(tried: Tried, made_at: datetime, due: datetime, parts: Sequence[Part]) -> Fate | None:
    """How a try keeps a call accepted at `made_at` for those parts, and due by `due` (both aware); None: it does not.

    It must be made after the promise and by its time, and on nobody's behalf. A caller who was told "between three and
    four" waits then: one whom nobody reached in the morning has not been rung as they were told.
    """
    if tried.holding or tried.outcome not in RANG_THE_CALLER or not made_at <= tried.at <= due:
        return None
    opens = parts[0].start if parts else None
    if opens is not None and tried.at < opens and tried.outcome not in HAD_WORD:
        return None
    return Fate.KEPT if tried.evidence >= Evidence.PLACED else Fate.SAID_KEPT
