"""Lists of phrases as they are written in a grammar: words between commas, told apart word by word."""


def phrases(*lines: str) -> frozenset[tuple[str, ...]]:
    """The phrases of comma-separated lines, each as the tuple of its words."""
    return frozenset(tuple(phrase.split()) for line in lines for phrase in line.split(",") if phrase.strip())
