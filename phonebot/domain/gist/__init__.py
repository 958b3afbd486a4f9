"""The gist of a message: who, what and by when in two lines, and what staff must be asked because two things differ."""

from phonebot.domain.gist.checking import checked
from phonebot.domain.gist.meaning import Gist
from phonebot.domain.gist.question import Kind, Question, Source
from phonebot.domain.gist.reading import gist_of
from phonebot.domain.gist.words import question_words

__all__ = ["Gist", "Kind", "Question", "Source", "checked", "gist_of", "question_words"]
