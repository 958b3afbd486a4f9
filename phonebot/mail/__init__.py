"""Everything that is email: a mail as phonebot means it, as bytes on the wire, and the one door out."""

from phonebot.mail.delivery import MailDoor
from phonebot.mail.errors import MailRefused, MailTrouble, MailUnavailable
from phonebot.mail.mail import Attachment, Mail

__all__ = ["Attachment", "Mail", "MailDoor", "MailRefused", "MailTrouble", "MailUnavailable"]
