"""The wording guard: promises of contact or of time, and what to say instead."""

from phonebot.domain.promise.guard import Promise, instead, promises

__all__ = ["Promise", "instead", "promises"]
