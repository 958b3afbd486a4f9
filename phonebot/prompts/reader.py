"""One language's prompts: read once, checked, and spoken."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from fluent.runtime import FluentBundle
from fluent.syntax import ast

from phonebot.domain.speaking import SpeakingFunction, functions_for
from phonebot.domain.spoken import Prompt
from phonebot.prompts.checker import Checker
from phonebot.prompts.source import Entry, PromptMistake, reachable, read_file, source_of
from phonebot.prompts.values import clean, for_fluent, strictly
from phonebot.prompts.wordings import wordings_of, words_in


class Prompts:
    """All prompts of one language, read and checked once; speaking them reads no file and changes nothing."""

    def __init__(self, language: str, entries: Mapping[str, Entry], functions: Mapping[str, SpeakingFunction]) -> None:
        needs = Checker(entries, functions).needs()
        bundle = FluentBundle([language], {name: strictly(call) for name, call in functions.items()}, False)
        bundle.add_resource(ast.Resource([entry.node for entry in entries.values()]))
        self.language = language
        self.ids = frozenset(name for name in entries if not name.startswith("-"))
        self._bundle = bundle
        self._entries = entries
        self._needs = {name: needs[name] for name in self.ids}
        # Compiled now, so that a caller never waits for it and threads share what nobody changes.
        self._patterns = {name: bundle.get_message(name).value for name in self.ids}
        self._versions = {name: _version(entries[name], entries) for name in self.ids}

    @classmethod
    def load(cls, folder: Path, language: str = "en") -> "Prompts":
        """Read every .ftl of prompts/<language>/ (`folder` is prompts/); raises PromptMistake for the first mistake."""
        entries: dict[str, Entry] = {}
        paths = sorted((folder / language).glob("*.ftl"))
        if not paths:
            raise PromptMistake(f"{folder / language}: there are no prompts for language {language!r}")
        try:
            functions = functions_for(language)
        except LookupError as mistake:
            raise PromptMistake(f"{folder / language}: {mistake.args[0]}") from mistake
        for entry in (entry for path in paths for entry in read_file(path)):
            if entry.name in entries:
                raise PromptMistake(f"{entry.place}: {entry.name} is already at {entries[entry.name].place}")
            entries[entry.name] = entry
        return cls(language, entries, functions)

    def variables(self, prompt_id: str) -> frozenset[str]:
        """The variables the prompt needs, whichever of its ways is spoken, without the dollar."""
        self._entry(prompt_id)
        return self._needs[prompt_id]

    def speak(self, prompt: Prompt) -> str:
        """The prompt as plain text for a voice, on one line; raises PromptMistake rather than say anything half-made.

        The values must be exactly the prompt's variables. Text values are said as they stand, never read as Fluent,
        and lose what XML or a voice cannot carry. A mistake never repeats a value: it may be logged.
        """
        needed = self._needs.get(prompt.id)
        if needed is None:
            raise PromptMistake(f"there is no prompt {prompt.id!r} in language {self.language!r}")
        if prompt.values.keys() != needed:
            raise PromptMistake(f"{self._entries[prompt.id].place}: {_difference(prompt, needed)}")
        values = {name: for_fluent(name, value) for name, value in prompt.values.items()}
        pattern = self._patterns[prompt.id]
        assert pattern is not None  # reading refuses a message without words
        words, mistakes = self._bundle.format_pattern(pattern, values)
        if mistakes:
            place = self._entries[prompt.id].place
            raise PromptMistake(f"{place}: {prompt.id} cannot be spoken: {mistakes[0]}") from mistakes[0]
        return clean(str(words))

    def version(self, prompt_id: str) -> str:
        """Ten hexadecimal digits that change when the prompt's words, or words it refers to, do; layout is nothing."""
        self._entry(prompt_id)
        return self._versions[prompt_id]

    def text(self, prompt_id: str) -> str:
        """The prompt as it is written, on one line, with variables, selectors and references as in the file."""
        return source_of(self._entry(prompt_id).pattern)

    def wordings(self, prompt_id: str) -> tuple[str, ...]:
        """Every way the prompt can be worded: references filled in, one for each choice, placeholders as "{$name}".

        A check of wording reads these: words in a term or a rare variant are spoken too.
        """
        return wordings_of(self._entry(prompt_id).pattern, self._entries)

    def longest_words(self, prompt_id: str) -> int:
        """How many words the longest wording has, a function's answer counted as the words it usually takes."""
        return max(words_in(wording) for wording in self.wordings(prompt_id))

    def place(self, prompt_id: str) -> str:
        """Where the prompt is written, as "en/call.ftl:12"."""
        return self._entry(prompt_id).place

    def _entry(self, prompt_id: str) -> Entry:
        """The message with that id, or PromptMistake."""
        if prompt_id not in self.ids:
            raise PromptMistake(f"there is no prompt {prompt_id!r} in language {self.language!r}")
        return self._entries[prompt_id]


def _version(entry: Entry, entries: Mapping[str, Entry]) -> str:
    """A hash of the words of an entry and of all it refers to."""
    source = "\n".join(f"{name} = {source_of(entries[name].pattern)}" for name in sorted(reachable(entry, entries)))
    return hashlib.sha256(source.encode()).hexdigest()[:10]


def _difference(prompt: Prompt, needed: frozenset[str]) -> str:
    """What is wrong with a prompt's values, by the variables' names."""
    missing, unused = needed - prompt.values.keys(), prompt.values.keys() - needed
    parts = [("lacks ", missing), ("does not use ", unused)]
    said = (verb + ", ".join(f"${name}" for name in sorted(names)) for verb, names in parts if names)
    return f"{prompt.id} {' and '.join(said)}"
