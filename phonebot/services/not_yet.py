"""What a job raises that cannot be done yet, and is to be tried again."""

from datetime import timedelta


class NotYet(Exception):
    """Something else has to happen first; the same may be tried again, not before `wait` has passed."""

    def __init__(self, why: str, wait: timedelta = timedelta()) -> None:
        super().__init__(why)
        self.wait = wait
