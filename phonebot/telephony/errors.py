"""What can go wrong with Twilio's REST side, told apart by what to do about it."""

from datetime import timedelta


class TwilioError(Exception):
    """A request to Twilio failed. Its text names no person and no secret.

    `retryable` says whether the same request may succeed later; `wait` is the least wait Twilio asked for; `code` is
    Twilio's own number for what is wrong (twilio.com/docs/api/errors), None where it gave none.
    """

    retryable = True

    def __init__(self, why: str, wait: timedelta = timedelta(), code: int | None = None) -> None:
        super().__init__(why)
        self.wait = wait
        self.code = code


class NotThere(TwilioError):
    """404. For a recording's audio it means "not yet": it follows the announcement by some seconds."""


class Unavailable(TwilioError):
    """No answer, half an answer, 429 or 5xx: Twilio's trouble or the network's, and it passes.

    A call or a text that was asked for has certainly not been made, unless it is Unknown.
    """


class Unknown(Unavailable):
    """A call or a text was asked for, and whether it was made is not known: look it up before asking again."""


class Unauthorised(TwilioError):
    """401 or 403: the account or the token is wrong. Somebody has to put it right, and then it works again."""


class Refused(TwilioError):
    """Trying again cannot help: a request Twilio calls wrong, a redirect we do not follow, audio far too long."""

    retryable = False


LONGEST_WAIT_ASKED = timedelta(hours=1)


def error_for(
    status: int, retry_after: str | None = None, *, code: int | None = None, creating: bool = False
) -> TwilioError:
    """The error for an HTTP status of 300 or more. `retry_after` is the header of that name; only seconds count.

    `creating` says that the request would have made a call or a text: then a 408 or a 5xx may come after the deed. A
    429 never does (twilio.com/docs/api/errors/20429).
    """
    words = f"Twilio answered {status}" + (f" ({code})" if code else "")
    if status == 404:
        return NotThere(words, code=code)
    if status in {401, 403}:
        return Unauthorised(words, code=code)
    if status in {408, 425, 429} or status >= 500:
        seconds = int(retry_after) if retry_after and retry_after.isascii() and retry_after.isdigit() else 0
        wait = min(timedelta(seconds=min(seconds, 86_400)), LONGEST_WAIT_ASKED)
        passing = Unknown if creating and status not in {425, 429} else Unavailable
        return passing(words, wait, code)
    return Refused(words, code=code)
