"""The note an admin writes of somebody's whereabouts, read into a status."""

from phonebot.domain.status_text.reading import StatusUnreadable, read_status

__all__ = ["StatusUnreadable", "read_status"]
