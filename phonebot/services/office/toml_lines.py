"""Where each key of a TOML text stands, since tomllib says what a file holds and not where."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Sequence

KeyPath = tuple[str | int, ...]
"""The way to a value: keys of tables, and places in arrays from 0, as in ("people", 1, "cover")."""

_BLANK = re.compile(r"[ \t]*")
_BETWEEN = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_TEXT = re.compile(
    r""""{3}(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}|'{3}(?:[^']|'{1,2}(?!'))*'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*\'""",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}#\n]+")
"""A number, a truth or a time: whatever stands until the value must be over."""


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line, from 1, of every key, table and array element of a TOML text that tomllib has read.

    A table is where its header, or the first key that names it, stands.
    """
    scanner = _Scanner(text.replace("\r\n", "\n"))
    scanner.scan()
    return scanner.lines


def line_of(lines: dict[KeyPath, int], path: Sequence[str | int]) -> int:
    """The line of a path or, where it is not in the text, of what should hold it; 1 where nothing does."""
    return next((lines[tuple(path[:length])] for length in range(len(path), 0, -1) if tuple(path[:length]) in lines), 1)


class _Scanner:
    """Walks over valid TOML once, from the beginning to the end, noting where things stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.ends = [match.start() for match in re.finditer("\n", text)]
        self.lines: dict[KeyPath, int] = {}
        self.tables: dict[KeyPath, int] = {}
        """How many tables each array of tables has so far."""

    def scan(self) -> None:
        table: KeyPath = ()
        self.skip(_BETWEEN)
        while self.at < len(self.text):
            if self.text.startswith("[", self.at):
                table = self.header()
            else:
                self.pair(table)
            self.skip(_BETWEEN)

    def header(self) -> KeyPath:
        """[a.b] or [[a.b]]: the path of the table that the following keys belong to."""
        start, array = self.at, self.text.startswith("[[", self.at)
        self.at += 2 if array else 1
        names = self.key()
        self.at += 2 if array else 1
        path: KeyPath = ()
        for name in names[:-1]:
            path = self.inside((*path, name))
            self.note(path, start)
        path = (*path, names[-1])
        self.note(path, start)
        if array:
            self.tables[path] = self.tables.get(path, -1) + 1
        path = self.inside(path)
        self.note(path, start)
        return path

    def inside(self, path: KeyPath) -> KeyPath:
        """The path itself or, where it is an array of tables, that of its latest table."""
        return (*path, self.tables[path]) if path in self.tables else path

    def pair(self, table: KeyPath) -> None:
        """A key, dotted or not, and its value."""
        start, path = self.at, table
        for name in self.key():
            path = (*path, name)
            self.note(path, start)
        self.at += 1
        self.skip(_BLANK)
        self.value(path)

    def key(self) -> list[str]:
        """The parts of a dotted key, up to the = or ] after it."""
        names = []
        while True:
            self.skip(_BLANK)
            name = self.take(_KEY)
            names.append(tomllib.loads(f"key = {name}")["key"] if name[0] in "\"'" else name)
            self.skip(_BLANK)
            if not self.text.startswith(".", self.at):
                return names
            self.at += 1

    def value(self, path: KeyPath) -> None:
        match self.text[self.at]:
            case "[":
                self.array(path)
            case "{":
                self.inline_table(path)
            case '"' | "'":
                self.take(_TEXT)
            case _:
                self.take(_PLAIN)

    def array(self, path: KeyPath) -> None:
        place = 0
        while self.another("]"):
            self.note((*path, place), self.at)
            self.value((*path, place))
            place += 1

    def inline_table(self, path: KeyPath) -> None:
        while self.another("}"):
            self.pair(path)

    def another(self, end: str) -> bool:
        """Step over an opening bracket or a comma to the next element; or over the end, and say that it is over."""
        self.skip(_BETWEEN)
        if self.text[self.at] != end:
            self.at += 1 if self.text[self.at] in "[{," else 0
            self.skip(_BETWEEN)
        over = self.text[self.at] == end
        self.at += over
        return not over

    def note(self, path: KeyPath, at: int) -> None:
        self.lines.setdefault(path, bisect_left(self.ends, at) + 1)

    def skip(self, pattern: re.Pattern[str]) -> None:
        self.take(pattern)

    def take(self, pattern: re.Pattern[str]) -> str:
        """What the pattern matches here, stepped over."""
        found = pattern.match(self.text, self.at)
        if found is None:
            raise ValueError(f"not TOML at character {self.at}")
        self.at = found.end()
        return found[0]
