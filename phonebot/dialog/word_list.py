"""Lists of words and phrases as they are written in a grammar, so that a table of words reads as one."""


def words(*lines: str) -> frozenset[str]:
    """The words of lines."""
    return frozenset(word for line in lines for word in line.split())


def phrases(*lines: str) -> frozenset[tuple[str, ...]]:
    """The phrases of comma-separated lines, each as the tuple of its words."""
    return frozenset(tuple(phrase.split()) for line in lines for phrase in line.split(",") if phrase.strip())
