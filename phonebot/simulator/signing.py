"""How the telephone network signs its requests: X-Twilio-Signature, by our own code.

The header is base64(HMAC-SHA1(key, url + every form parameter as name and value, sorted by name)). The URL is the one
the network was configured with: percent-encoding untouched, no fragment. Of a repeated name every distinct value counts
once, in order; an empty value counts as its name alone. A GET is signed by its URL only.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

Parameters = Iterable[tuple[str, str]]
"""Form parameters in the order they are sent; a name may occur more than once."""


def signature(auth_token: str, url: str, parameters: Parameters = ()) -> str:
    """The value of X-Twilio-Signature for one request; `url` is signed exactly as it is given."""
    values: dict[str, set[str]] = {}
    for name, value in parameters:
        values.setdefault(name, set()).add(value)
    signed = url + "".join(name + value for name in sorted(values) for value in sorted(values[name]))
    # A lone surrogate has no UTF-8 form; it is passed through as bytes, the same way the body carries it.
    digest = hmac.new(auth_token.encode(), signed.encode("utf-8", "surrogatepass"), hashlib.sha1)
    return base64.b64encode(digest.digest()).decode()


def signed_voice_url(url: str) -> str:
    """The URL that a voice request is signed for: no fragment and no user, and over https no port."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme == "https" and parts.port is not None:
        host = host.rpartition(":")[0]
    return urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
