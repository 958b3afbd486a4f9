"""What each prompt needs, and everything refused before a caller could hear it go wrong."""

import inspect
from collections.abc import Mapping

from fluent.syntax import ast
from fluent.syntax.serializer import serialize_expression

from phonebot.domain.speaking import SpeakingFunction
from phonebot.prompts.source import Entry, PromptMistake, Reference, name_of, nodes


class Checker:
    """Finds what each entry needs, refusing what could go wrong only when a caller is listening."""

    def __init__(self, entries: Mapping[str, Entry], functions: Mapping[str, SpeakingFunction]) -> None:
        self._entries = entries
        self._functions = functions
        self._known: dict[str, frozenset[str]] = {}

    def needs(self) -> Mapping[str, frozenset[str]]:
        """The variables of every entry, those of what it refers to included."""
        return {name: self._needs(entry, ()) for name, entry in self._entries.items()}

    def _needs(self, entry: Entry, path: tuple[str, ...]) -> frozenset[str]:
        if entry.name in path:
            raise PromptMistake(f"{entry.place}: {entry.name} refers to itself, by way of {' and '.join(path)}")
        if entry.name not in self._known:
            found: set[str] = set()
            for node in nodes(entry.node):
                if isinstance(node, ast.VariableReference):
                    found.add(node.id.name)
                elif isinstance(node, Reference):
                    found |= self._reference(entry, node, (*path, entry.name))
                elif isinstance(node, ast.FunctionReference):
                    self._call(entry, node)
                elif isinstance(node, ast.Placeable) and isinstance(node.expression, ast.NumberLiteral):
                    raise PromptMistake(f"{entry.place}: write {node.expression.value} without braces")
            self._known[entry.name] = frozenset(found)
        return self._known[entry.name]

    def _reference(self, entry: Entry, node: Reference, path: tuple[str, ...]) -> frozenset[str]:
        """The variables a reference brings with it; a term sees only what is passed to it by name."""
        name = name_of(node)
        target = self._entries.get(name)
        if target is None:
            raise PromptMistake(f"{entry.place}: {entry.name} refers to {name}, which is nowhere")
        if node.attribute and node.attribute.name not in {each.id.name for each in target.node.attributes}:
            raise PromptMistake(f"{entry.place}: {name} has no attribute {node.attribute.name}")
        needed = self._needs(target, path)
        if isinstance(node, ast.MessageReference):
            return needed
        arguments = node.arguments or ast.CallArguments()
        if arguments.positional:
            raise PromptMistake(f'{entry.place}: {name} takes its values by name, as in {name}(name: "…")')
        # Fluent would say a missing variable's name here and report nothing.
        unmet = needed - {argument.name.name for argument in arguments.named or []}
        if unmet:
            raise PromptMistake(f"{entry.place}: {entry.name} must pass {', '.join(sorted(unmet))} to {name} by name")
        return frozenset()

    def _call(self, entry: Entry, node: ast.FunctionReference) -> None:
        """Refuse a function that nobody wrote, or a wrong number of arguments."""
        name = node.id.name
        if name not in self._functions:
            known = ", ".join(sorted(self._functions))
            raise PromptMistake(f"{entry.place}: there is no function {name}; there are {known}")
        named = {argument.name.name: argument for argument in node.arguments.named or []}
        try:
            inspect.signature(self._functions[name]).bind(*(node.arguments.positional or []), **named)
        except TypeError as mistake:
            raise PromptMistake(f"{entry.place}: {serialize_expression(node)}: {mistake}") from mistake
