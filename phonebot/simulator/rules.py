"""What elements, attributes and values a document may hold: the reader of twiml_rules.json, and TwimlRefused."""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element


class TwimlRefused(Exception):
    """The network will not follow this document; the message is one clear line, `code` the debugger's number for it."""

    def __init__(self, reason: str, code: int = 12200) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class ElementRule:
    """One element: its attributes (name to rule), the elements it may hold, and whether it may hold text."""

    attributes: dict[str, dict[str, Any]]
    children: frozenset[str]
    text: bool


@cache
def element_rules() -> dict[str, ElementRule]:
    """The rules table, by element name."""
    table = json.loads(files(__package__).joinpath("twiml_rules.json").read_text(encoding="utf-8"))
    return {
        name: ElementRule(rule["attributes"], frozenset(rule["children"].split()), rule["text"])
        for name, rule in table.items()
    }


def check_elements(element: Element) -> None:
    """Refuse an element, attribute, value, child or stray text that the table does not allow, here or further in.

    Raises TwimlRefused at the first breach.
    """
    rule = element_rules().get(element.tag)
    if rule is None:
        raise TwimlRefused(f"<{element.tag}> is not a verb this network knows")
    for name, value in element.attrib.items():
        if name not in rule.attributes:
            raise TwimlRefused(f"<{element.tag}> has no attribute {name}")
        _check_value(element.tag, name, value, rule.attributes[name])
    strays = [element.text, *(child.tail for child in element)]
    if not rule.text and any(text and text.strip() for text in strays):
        raise TwimlRefused(f"<{element.tag}> may not hold text")
    for child in element:
        check_elements(child)
        if child.tag not in rule.children:
            raise TwimlRefused(f"<{child.tag}> may not stand inside <{element.tag}>")


def absolute(element: str, name: str, url: str) -> str:
    """The URL, when it is absolute http or https; TwimlRefused when it is empty, relative or otherwise unusable."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or url != url.strip():
        raise TwimlRefused(f"<{element}> needs an absolute URL for its {name}, not {url!r}", 11100)
    return url


def _check_value(element: str, name: str, value: str, rule: dict[str, Any]) -> None:
    """Refuse one attribute's value by its rule's kind."""
    says = ""
    match rule["kind"]:
        case "url":
            absolute(element, name, value)
        case "flag" if value not in {"true", "false"}:
            says = "true or false"
        case "whole" if not re.fullmatch(r"[0-9]{1,9}", value) or not rule["least"] <= int(value) <= rule["most"]:
            says = f"a whole number from {rule['least']} to {rule['most']}"
        case "one" if value not in rule["values"].split():
            says = _some_of(rule["values"])
        case "some" if not value.split() or not set(value.split()) <= set(rule["values"].split()):
            says = f"some of {_some_of(rule['values'])}, space between"
        case "pattern" if not re.fullmatch(rule["pattern"], value):
            says = rule["says"]
    if says:
        raise TwimlRefused(f"<{element} {name}={value!r}> must be {says}")


def _some_of(values: str) -> str:
    """The allowed words, the first few of them when there are many."""
    words = values.split()
    return ", ".join(words[:6]) + (f" … ({len(words)} in all)" if len(words) > 6 else "")
