"""What can go wrong with Twilio's REST side, told apart by what to do about it."""

from datetime import timedelta


class TwilioError(Exception):
    """A request to Twilio failed. Its text names no person and no secret.

    `retryable` says whether the same request may succeed later; `wait` is the least wait Twilio asked for.
    """

    retryable = True

    def __init__(self, why: str, wait: timedelta = timedelta()) -> None:
        super().__init__(why)
        self.wait = wait


class NotThere(TwilioError):
    """404. For a recording's audio it means "not yet": it follows the announcement by some seconds."""


class Unavailable(TwilioError):
    """No answer, half an answer, 429 or 5xx: Twilio's trouble or the network's, and it passes."""


class Unauthorised(TwilioError):
    """401 or 403: the account or the token is wrong. Somebody has to put it right, and then it works again."""


class Refused(TwilioError):
    """Trying again cannot help: a request Twilio calls wrong, a redirect we do not follow, audio far too long."""

    retryable = False


LONGEST_WAIT_ASKED = timedelta(hours=1)


def error_for(status: int, retry_after: str | None = None) -> TwilioError:
    """The error for an HTTP status of 300 or more. `retry_after` is the header of that name; only seconds count."""
    if status == 404:
        return NotThere("Twilio answered 404")
    if status in {401, 403}:
        return Unauthorised(f"Twilio answered {status}")
    if status in {408, 425, 429} or status >= 500:
        seconds = int(retry_after) if retry_after and retry_after.isascii() and retry_after.isdigit() else 0
        wait = min(timedelta(seconds=min(seconds, 86_400)), LONGEST_WAIT_ASKED)
        return Unavailable(f"Twilio answered {status}", wait)
    return Refused(f"Twilio answered {status}")
