"""The account's own telephone numbers: what the network does when somebody calls or texts one of them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime


@dataclass(frozen=True)
class NumberSettings:
    """Where a number's webhooks go, by the API's own names; an empty URL means that nobody is asked."""

    voice_url: str = ""
    voice_method: str = "POST"
    voice_fallback_url: str = ""
    voice_fallback_method: str = "POST"
    status_callback: str = ""
    status_callback_method: str = "POST"
    sms_url: str = ""
    sms_method: str = "POST"
    voice_application_sid: str = ""
    sms_application_sid: str = ""
    trunk_sid: str = ""


SETTING_NAMES = {
    "".join(part.capitalize() for part in each.name.split("_")): each.name for each in fields(NumberSettings)
}
"""The settings by the names that a REST request gives them: VoiceUrl is voice_url."""


@dataclass
class OwnedNumber:
    """One number that the account has bought; `can_text` and `can_call` are what its carrier allows."""

    sid: str
    number: str
    created: datetime
    settings: NumberSettings = NumberSettings()
    can_text: bool = True
    can_call: bool = True

    def set(self, form: Mapping[str, str]) -> None:
        """Take on the settings that a REST request names; what it does not name stays."""
        named = {SETTING_NAMES[name]: value for name, value in form.items() if name in SETTING_NAMES}
        self.settings = replace(self.settings, **named)
