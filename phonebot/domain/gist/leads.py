"""Leads: the few words by which something is begun, "my name is" or "could you", looked up by the first of them."""

from collections.abc import Sequence

from phonebot.domain.gist.tokens import Token

Leads = dict[str, list[tuple[str, ...]]]
"""Leads by their first words, in the order in which they are tried."""


def leads(*said: str) -> Leads:
    """The leads written in texts, with commas between them."""
    found: Leads = {}
    for lead in (tuple(each.split()) for text in said for each in text.split(", ")):
        found.setdefault(lead[0], []).append(lead)
    return found


def lead_at(tokens: Sequence[Token], at: int, among: Leads) -> int:
    """How many words the lead has that stands there; 0 where none of them does."""
    following = among.get(tokens[at].key)
    if following is None:
        return 0
    return next((len(lead) for lead in following if _stands(tokens, at, lead)), 0)


def _stands(tokens: Sequence[Token], at: int, lead: Sequence[str]) -> bool:
    return len(tokens) - at >= len(lead) and all(tokens[at + n].key == word for n, word in enumerate(lead))
