"""Strict reader of prompts/: one language's Fluent files, refused when wrong and spoken only when complete."""

from phonebot.prompts.folders import data_folder, languages
from phonebot.prompts.reader import Prompts
from phonebot.prompts.source import PromptMistake
from phonebot.prompts.values import LONGEST_VALUE

__all__ = ["LONGEST_VALUE", "PromptMistake", "Prompts", "data_folder", "languages"]
