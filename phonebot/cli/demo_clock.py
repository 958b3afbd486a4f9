"""The clock of the demonstration: a working day that has passed, until it is let go and tells the real time."""

from datetime import UTC, date, datetime, timedelta

TUESDAY = 1


def day_of_the_show(today: date) -> date:
    """The last Tuesday whose Wednesday is over too, so that nothing in the show lies ahead of the real clock."""
    tuesday = today - timedelta(days=(today.weekday() - TUESDAY) % 7)
    return tuesday if tuesday + timedelta(days=1) < today else tuesday - timedelta(days=7)


class DemoClock:
    """Gives aware instants: the one it was set to, or the present once it has been let go."""

    def __init__(self, now: datetime) -> None:
        self._set_to: datetime | None = now

    def __call__(self) -> datetime:
        """The instant it is."""
        return self._set_to or datetime.now(UTC)

    def is_at(self, instant: datetime) -> None:
        """Stand at that instant."""
        self._set_to = instant

    def goes_on(self, by: timedelta) -> None:
        """Stand so much later."""
        self._set_to = self() + by

    def let_go(self) -> None:
        """Tell the real time from now on."""
        self._set_to = None
