"""Callback windows: what a caller means by when they would like the call."""

from phonebot.domain.window.meaning import Part, Window
from phonebot.domain.window.understanding import understand, warm

__all__ = ["Part", "Window", "understand", "warm"]
