"""The messages and terms of .ftl files: each with where it stands, and walking what is under it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fluent.syntax import FluentParser, ast
from fluent.syntax.serializer import serialize_pattern

Reference = ast.MessageReference | ast.TermReference


class PromptMistake(Exception):
    """A prompt that cannot be read or cannot be spoken: one line that says where and what is wrong."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A message or a term and where it stands; `name` is as a reference writes it, so a term's begins with "-"."""

    name: str
    node: ast.Message | ast.Term
    place: str

    @property
    def pattern(self) -> ast.Pattern:
        """Its words; reading has refused an entry without."""
        assert self.node.value is not None
        return self.node.value


def read_file(path: Path) -> Iterator[Entry]:
    """The messages and terms of one file; raises PromptMistake where it cannot be read."""
    try:
        source = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as mistake:
        raise PromptMistake(f"{path.parent.name}/{path.name}: it is not UTF-8 text") from mistake
    for node in FluentParser().parse(source).body:
        place = f"{path.parent.name}/{path.name}:{source.count(chr(10), 0, _start(node, source)) + 1}"
        if isinstance(node, ast.Junk):
            why = "; ".join(str(annotation.message) for annotation in node.annotations or [])
            raise PromptMistake(f"{place}: this is not Fluent: {why}")
        if isinstance(node, ast.Term):
            yield Entry(f"-{node.id.name}", node, place)
        elif isinstance(node, ast.Message):
            if node.value is None or node.attributes:
                raise PromptMistake(f"{place}: {node.id.name} needs words and no attributes, which nobody says")
            yield Entry(node.id.name, node, place)


def _start(node: ast.EntryType, source: str) -> int:
    """Where a writer should look, in characters: at the id, below its comment, or just before reading stumbled."""
    where = node.id if isinstance(node, ast.Message | ast.Term) else node
    start = where.span.start if where.span else 0
    if isinstance(node, ast.Junk) and node.annotations and node.annotations[0].span:
        # A brace left open is noticed only on the next line.
        return max(start, len(source[: node.annotations[0].span.start].rstrip()))
    return start


def nodes(node: ast.BaseNode) -> Iterator[ast.BaseNode]:
    """A node and everything under it."""
    yield node
    for value in vars(node).values():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ast.BaseNode):
                yield from nodes(each)


def name_of(node: Reference) -> str:
    """What a reference refers to, as entries are named."""
    return f"-{node.id.name}" if isinstance(node, ast.TermReference) else node.id.name


def source_of(pattern: ast.Pattern) -> str:
    """A pattern as it would be written, on one line."""
    return " ".join(serialize_pattern(pattern).split())


def reachable(entry: Entry, entries: Mapping[str, Entry]) -> set[str]:
    """The names of an entry and of all it refers to, however far."""
    names = {entry.name}
    for node in nodes(entry.node):
        if isinstance(node, Reference):
            names |= reachable(entries[name_of(node)], entries)
    return names
