"""What can go wrong with sending a mail, told apart by what to do about it."""


class MailTrouble(Exception):
    """A mail was not sent, as far as we know. Its text names no address and quotes nothing the server said.

    `retryable` says whether the same mail may be sent later.
    """

    retryable = True


class MailRefused(MailTrouble):
    """This recipient or this mail is refused for good: trying again cannot help, and no other mail is touched."""

    retryable = False


class MailUnavailable(MailTrouble):
    """The server is down, dropped us, wants to be asked later, or refuses us: it passes, or somebody puts it right."""
