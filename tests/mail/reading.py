"""Reads a page as a mail program does: its text, its headings, its links, and whatever it would fetch or run."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_EMPTY = frozenset({"meta", "br", "hr", "link", "img", "input"})


@dataclass
class Page(HTMLParser):
    """A page taken apart. `isolated` is what stands in <bdi>; `tags` are all elements, `open` those not yet closed."""

    text: str = ""
    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    isolated: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to read."""
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of an element."""
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in _EMPTY:
            self.open.append(tag)
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append((int(tag[1]), ""))
        if tag == "bdi":
            self.isolated.append("")
        if tag == "a":
            self.links.append((dict(attrs).get("href") or "", ""))

    def handle_endtag(self, tag: str) -> None:
        """Close an element, which must be the one opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Take note of text, under every element it stands in."""
        if "style" in self.open:
            return
        self.text += data
        if self.headings and self.open[-1] in {"h1", "h2", "bdi"} and {"h1", "h2"} & set(self.open):
            level, words = self.headings[-1]
            self.headings[-1] = level, words + data
        if "bdi" in self.open:
            self.isolated[-1] += data
        if "a" in self.open:
            address, words = self.links[-1]
            self.links[-1] = address, words + data


def read(html: str) -> Page:
    """The page of a letter, every element of which must be closed."""
    page = Page()
    page.feed(html)
    page.close()
    assert page.open == []
    return page


def words_of(text: str) -> str:
    """A text in one line, so that where it was broken does not matter."""
    return " ".join(text.split())
