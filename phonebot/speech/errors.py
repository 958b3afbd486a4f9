"""What keeps a recording from being put into words."""


class SpeechTrouble(Exception):
    """A recording could not be put into words. Its text is one line for staff and logs, and quotes nobody.

    `retryable` is false where the recording itself is at fault, or the settings are: trying again would not help.
    """

    def __init__(self, text: str, *, retryable: bool = True) -> None:
        super().__init__(text)
        self.retryable = retryable


class NotReady(SpeechTrouble):
    """The engine is not ready: its model is still to come, its settings are wrong, or its worker is about to end.

    No recording is at fault, so each waits until somebody has seen to that.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)


class EngineFailed(SpeechTrouble):
    """The engine was ready, and hung, died or failed at a recording, which may be what it failed at."""
