"""What may not be said, or not at such length: the checks of every prompt's every wording."""

from collections.abc import Iterator
from typing import Final

from phonebot.domain.promise import instead, promises
from phonebot.prompts import Prompts

LONGEST_PROMPT: Final = 25
LONGEST_OTHERWISE: Final = {"sum-up": 40, "recording-notice": 7}
"""The most words of a prompt, where it is not LONGEST_PROMPT."""

COMMITMENT: Final = "commit-"
"""How the id of a prompt begins that may promise something, since only a step that writes a commitment reaches it."""


def wording_problems(prompts: Prompts) -> Iterator[str]:
    """Prompts of one language that are too long, or that promise something without saying so in their id."""
    for name in sorted(prompts.ids):
        most, words = LONGEST_OTHERWISE.get(name, LONGEST_PROMPT), prompts.longest_words(name)
        if words > most:
            yield f"{prompts.place(name)}: {name} has {words} words, and may have {most}"
        if not name.startswith(COMMITMENT):
            yield from _promising(prompts, name)


def _promising(prompts: Prompts, name: str) -> Iterator[str]:
    for wording in prompts.wordings(name):
        if found := promises(wording):
            said = wording[found[0].start : found[0].end]
            yield f'{prompts.place(name)}: {name} promises, in "{said}". {instead(wording)}'
            return
