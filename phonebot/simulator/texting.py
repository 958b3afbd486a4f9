"""Text messages on their way: those that come in, those the app sends, and what becomes of each."""

import re
from typing import TYPE_CHECKING

from phonebot.simulator.courier import Webhook
from phonebot.simulator.optouts import OptOuts
from phonebot.simulator.texts import TextMessage, inbound_parameters, outbound_parameters, read_replies

if TYPE_CHECKING:
    from phonebot.simulator.network import Network

E164 = re.compile(r"\+[1-9][0-9]{6,14}")


class Texting:
    """The text messages of one network."""

    def __init__(self, network: "Network") -> None:
        self.network = network
        self.opt_outs = OptOuts()

    def come_in(self, sender: str, line: str, words: str) -> list[str]:
        """Bring a text to the app; gives the replies in its answer. The network may answer too, and still brings it."""
        network = self.network
        if told := self.opt_outs.understand(sender, line, words):
            network.phone(sender).told_by_network.append(told)
        settings = network.settings_of(line)
        if not settings.sms_url:
            return []
        sid = network.new_sid("SM")
        form = inbound_parameters(network.account_sid, sid, sender, line, words)
        replies, trouble = read_replies(
            network.post.fetch(Webhook("message", settings.sms_url, form, settings.sms_method, sid))
        )
        if trouble:
            network.breach(f"{settings.sms_url}: {trouble}", document=True)
        return replies

    def refusal(self, to: str, sender: str) -> int:
        """The API's code for why a text to this telephone is not even taken on; 0 when it is."""
        owned = self.network.owned(sender)
        if not E164.fullmatch(to):
            return 21211
        if to == sender:
            return 21266
        if self.network.numbers and (owned is None or not owned.can_text):
            return 21606
        if self.opt_outs.refuses(to, sender):
            return 21610
        return self.network.phone(to).fate.refused

    def hand_over(self, text: TextMessage, status_url: str) -> None:
        """Hand a text over to its telephone by the fate it has in store, reporting each status that was asked for."""
        network = self.network
        phone = network.phone(text.to)
        if not phone.fate.error_code:
            phone.texts_received.append(text.body)
        for status in phone.fate.statuses:
            text.status = status
            text.error_code = phone.fate.error_code if status in {"undelivered", "failed"} else 0
            if status_url:
                form = outbound_parameters(network.account_sid, text)
                network.post.notify(Webhook("message-status", status_url, form, call_sid=text.sid))
        network.post.call_is_over(text.sid)
