"""The account's own numbers over Twilio's REST: what they are set to, setting it, and how the account stands."""

from dataclasses import dataclass
from typing import Any, Final

from phonebot.telephony.connection import Connection, checked, every_one, our_errors

MAY_BE_SET: Final = frozenset(
    {
        "voice_url",
        "voice_method",
        "voice_fallback_url",
        "voice_fallback_method",
        "status_callback",
        "status_callback_method",
        "sms_url",
        "sms_method",
        "voice_application_sid",
        "sms_application_sid",
        "trunk_sid",
    }
)


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A number of the account, with what Twilio does when somebody calls or texts it; what is not set is empty.

    Where `voice_application_sid` or `trunk_sid` is set, Twilio does not look at the voice URLs; where
    `sms_application_sid` is, it does not look at `sms_url`.
    """

    sid: str
    number: str
    voice_url: str
    voice_method: str
    voice_fallback_url: str
    voice_fallback_method: str
    status_callback: str
    status_callback_method: str
    sms_url: str
    sms_method: str
    can_text: bool
    can_call: bool
    voice_application_sid: str = ""
    sms_application_sid: str = ""
    trunk_sid: str = ""


class Numbers(Connection):
    """The numbers of one account, and how the account stands."""

    def numbers(self) -> list[OwnNumber]:
        """Every telephone number of the account."""
        with our_errors():
            return [_own(one) for one in every_one(self._sdk.incoming_phone_numbers)]

    def configure_number(self, sid: str, **urls: str) -> None:
        """Set what Twilio does when somebody calls or texts this number; what is not named stays, "" takes it away.

        Raise ValueError on what is no sid and on a name that is none of OwnNumber's that may be set.
        """
        if strange := urls.keys() - MAY_BE_SET:
            raise ValueError(f"a number has no {', '.join(sorted(strange))} to set")
        number = self._sdk.incoming_phone_numbers(checked(sid))
        with our_errors():
            number.update(**urls)

    def account_is_well(self) -> str:
        """The account's status: active, suspended or closed."""
        with our_errors():
            return str(self._sdk.api.accounts(self._account).fetch().status)


def _own(one: Any) -> OwnNumber:
    """What the SDK read, as a plain value."""
    able = one.capabilities if isinstance(one.capabilities, dict) else {}
    return OwnNumber(
        sid=one.sid or "",
        number=one.phone_number or "",
        voice_url=one.voice_url or "",
        voice_method=one.voice_method or "",
        voice_fallback_url=one.voice_fallback_url or "",
        voice_fallback_method=one.voice_fallback_method or "",
        status_callback=one.status_callback or "",
        status_callback_method=one.status_callback_method or "",
        sms_url=one.sms_url or "",
        sms_method=one.sms_method or "",
        can_text=bool(able.get("sms", able.get("SMS"))),
        can_call=bool(able.get("voice")),
        voice_application_sid=one.voice_application_sid or "",
        sms_application_sid=one.sms_application_sid or "",
        trunk_sid=one.trunk_sid or "",
    )
