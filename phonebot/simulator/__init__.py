"""A telephone network that stands where Twilio stands: signs, posts, reads TwiML strictly, rings telephones, records.

It knows nothing of the inside of the app. In a test:

    with Network(public_url, account_sid, auth_token) as network:
        call = network.phone("+447700900143").dials("+442079460100")
        call.hears("Tuesday").says("Julie Smith").presses("1").hangs_up()
"""

from phonebot.simulator.caller import LiveCall
from phonebot.simulator.mischief import Delays, Mischief
from phonebot.simulator.network import Network
from phonebot.simulator.phone import Phone
from phonebot.simulator.serving import Served

__all__ = ["Delays", "LiveCall", "Mischief", "Network", "Phone", "Served"]
