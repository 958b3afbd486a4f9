"""What recordings say, as a machine hears them: the words, how far to trust them, and how they are made fit to keep."""

from phonebot.domain.transcript.text_heard import Hearing, Span, Transcript

__all__ = ["Hearing", "Span", "Transcript"]
