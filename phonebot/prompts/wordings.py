"""Every way a prompt can be worded, and how long the longest is."""

import re
from collections.abc import Iterator, Mapping, Sequence

from fluent.syntax import ast
from fluent.syntax.serializer import serialize_expression

from phonebot.domain.speaking import word_count
from phonebot.prompts.source import Entry, name_of

_PLACEHOLDER = re.compile(r"\{\s*([A-Z]*)[^}]*\}")
_FUNCTION_WORDS = {"DAY": 5, "DATE": 4, "CLOCK": 3, "DAYPART": 3, "DIGITS": 4, "PHONE": 11, "SPELL": 7}
"""How many words a function's answer usually is, to measure a prompt by; every other placeholder counts as one."""


_Chosen = Mapping[str, str | frozenset[str]]
"""What is known of each selector, by its source: the value it has, or the values it has not."""
_Way = tuple[str, _Chosen]


def wordings_of(pattern: ast.Pattern, entries: Mapping[str, Entry]) -> tuple[str, ...]:
    """Every wording of a pattern on one line, references filled in, placeholders as "{$name}".

    A selector that is asked twice is answered alike both times.
    """
    found = (words for words, _ in _ways(pattern.elements, entries, {}))
    return tuple(dict.fromkeys(" ".join(words.split()) for words in found))


def _ways(elements: Sequence[ast.BaseNode], entries: Mapping[str, Entry], chosen: _Chosen) -> Iterator[_Way]:
    """Every wording of elements in a row, with what the choices made so far leave open."""
    if not elements:
        yield "", chosen
        return
    for words, after in _ways_of(elements[0], entries, chosen):
        for rest, finally_chosen in _ways(elements[1:], entries, after):
            yield words + rest, finally_chosen


def _ways_of(node: ast.BaseNode, entries: Mapping[str, Entry], chosen: _Chosen) -> Iterator[_Way]:
    """Every wording of one element or of what stands between its braces."""
    if isinstance(node, ast.TextElement):
        yield node.value, chosen
    elif isinstance(node, ast.Placeable):
        yield from _ways_of(node.expression, entries, chosen)
    elif isinstance(node, ast.SelectExpression):
        for variant, after in _choices(node, chosen):
            yield from _ways(variant.value.elements, entries, after)
    elif isinstance(node, ast.MessageReference):
        yield from _ways(entries[name_of(node)].pattern.elements, entries, chosen)
    elif isinstance(node, ast.TermReference):
        given = node.arguments.named if node.arguments else []
        # A term knows only what it is given, so its choices and those around it are strangers.
        known = {f"${argument.name.name}": str(argument.value.parse()["value"]) for argument in given}
        for words, _ in _ways(entries[name_of(node)].pattern.elements, entries, known):
            yield words, chosen
    elif isinstance(node, ast.StringLiteral):
        yield node.parse()["value"], chosen
    else:
        assert isinstance(node, ast.VariableReference | ast.FunctionReference)
        yield f"{{{serialize_expression(node)}}}", chosen


def _choices(node: ast.SelectExpression, chosen: _Chosen) -> Iterator[tuple[ast.Variant, _Chosen]]:
    """The variants that earlier choices leave possible, each with what choosing it tells of the selector."""
    selector = serialize_expression(node.selector)
    known = chosen.get(selector, frozenset[str]())
    named = {_key(variant): variant for variant in node.variants if not variant.default}
    default = next(variant for variant in node.variants if variant.default)
    if isinstance(known, str):
        yield named.get(known, default), chosen
        return
    for key, variant in named.items():
        if key not in known:
            yield variant, {**chosen, selector: key}
    yield default, {**chosen, selector: known | named.keys()}


def _key(variant: ast.Variant) -> str:
    """A variant's key as text."""
    return variant.key.name if isinstance(variant.key, ast.Identifier) else variant.key.value


def words_in(wording: str) -> int:
    """How many words a wording has, a function's answer counted as the words it usually takes."""
    return word_count(_PLACEHOLDER.sub(lambda found: "word " * _FUNCTION_WORDS.get(found[1], 1), wording))
