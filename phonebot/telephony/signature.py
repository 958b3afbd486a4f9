"""Whether a request was signed by Twilio, on the public address it was sent to (twilio.com/docs/usage/security)."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from urllib.parse import parse_qsl

from twilio.request_validator import RequestValidator

Form = dict[str, list[str]]


class SignatureCheck:
    """Checks signatures with the present token and, while tokens are being changed, the previous one."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._validators = [(token.encode(), RequestValidator(token)) for token in tokens]

    def verified(self, url: str, body: bytes, signature: str) -> Form | None:
        """The form in a body that was posted to `url`, if the signature fits it; None for anything odd."""
        if not signature or not signature.isascii():
            return None
        try:
            form = posted_form(body, errors="strict")
        except UnicodeDecodeError:
            fits = any(_fits_bytes(token, url, body, signature) for token, _ in self._validators)
            return posted_form(body) if fits else None
        fits = any(validator.validate(url, _Params(form), signature) for _, validator in self._validators)
        return form if fits else None


class _Params(dict[str, list[str]]):
    """A form as twilio's validator wants one: a mapping that gives all values of a name."""

    def getlist(self, name: str) -> list[str]:
        """Every value posted under a name."""
        return self[name]


def posted_form(body: bytes, *, errors: str = "replace") -> Form:
    """The form in a body, blank values kept, every value of a name in the order posted."""
    form: Form = {}
    for name, value in parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True, errors=errors):
        form.setdefault(name, []).append(value)
    return form


def _fits_bytes(token: bytes, url: str, body: bytes, signature: str) -> bool:
    """The same check over the very bytes, for text that is not UTF-8, which twilio's validator cannot take."""
    pairs = parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True, encoding="latin-1")
    joined = "".join(name + value for name, value in sorted(set(pairs)))
    digest = hmac.new(token, url.encode() + joined.encode("latin-1"), hashlib.sha1).digest()
    return hmac.compare_digest(base64.b64encode(digest), signature.encode())
