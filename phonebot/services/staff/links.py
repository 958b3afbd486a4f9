"""Links in digests and notices: signed, good for two weeks, without a number or a name that anybody could read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final

from itsdangerous import BadSignature, Signer
from itsdangerous.encoding import base64_decode, base64_encode

from phonebot.domain.digest import Act, Owed

GOOD_FOR: Final = timedelta(days=14)
AHEAD: Final = timedelta(hours=1)
"""How far clocks may differ: a link that was made later than this from now was made by one that was wrong."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link in a digest asks for: the message's row, who it was sent to (an id), and what it does."""

    number: int
    person: str
    act: Act


@dataclass(frozen=True, slots=True)
class Links:
    """Makes and reads the tokens of links. A token is of A-Z, a-z, 0-9, hyphen, underscore and full stop."""

    signer: Signer

    @classmethod
    def signed_with(cls, secret: str) -> "Links":
        """Links signed with the application's secret."""
        # The key is derived once and not for every token: a digest of 500 messages holds thousands of links.
        key = Signer(secret, salt="do", digest_method=sha256).derive_key()
        return cls(Signer(key, salt="do", key_derivation="none", digest_method=sha256))

    def token(self, number: int, person: str, act: Act, now: datetime) -> str:
        """The part of the address that names a message, a person and an act, as made at `now` (aware)."""
        named = f"{number} {person} {act.value} {int(now.timestamp())}"
        return self.signer.sign(base64_encode(named)).decode("ascii")

    def read(self, token: str, now: datetime) -> Link | None:
        """What the token asks for; None when it is forged or older than two weeks at `now` (aware)."""
        try:
            named = base64_decode(self.signer.unsign(token)).decode("utf-8")
        except (BadSignature, ValueError):
            return None
        number, person, act, made = named.split(" ")
        age = now - datetime.fromtimestamp(int(made), UTC)
        return Link(int(number), person, Act(act)) if -AHEAD <= age <= GOOD_FOR else None

    def writer(self, public_url: str, person: str, now: datetime) -> Callable[[Owed, Act], str]:
        """Gives the address under which that person does an act to a message; `public_url` has no slash at its end."""
        return lambda owed, act: f"{public_url}/do/{self.token(owed.number, person, act, now)}"
