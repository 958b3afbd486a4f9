"""The gate before every webhook: signed by Twilio, for our account, or refused before anything is looked up."""

import structlog
from flask import Flask, Request, abort, g, request

from phonebot.telephony.request import Posted, read_posted
from phonebot.telephony.signature import SignatureCheck, posted_form

WEBHOOKS = "/twilio/"
MOST_BYTES = 1_000_000
"""What a webhook may hold: a hundred times the largest Twilio sends. More is refused before it is read."""

FORM = "application/x-www-form-urlencoded"

log = structlog.get_logger(__name__)


def guard_webhooks(app: Flask, check: SignatureCheck, public_url: str, account_sid: str) -> None:
    """Refuse with 403 every request below /twilio/ that Twilio did not sign for this address and account.

    It runs before routing has any effect, so an unsigned caller cannot even tell which addresses exist.
    """

    @app.before_request
    def only_twilio() -> None:
        if not request.path.startswith(WEBHOOKS):
            return
        body = request.get_data(cache=True) if request.mimetype in ("", FORM) else b""
        signature = request.headers.get("X-Twilio-Signature", "")
        form = check.verified(signed_url(request, public_url), body, signature)
        if form is None:
            log.warning("signature-refused", names=sorted(posted_form(body))[:40])
            abort(403)
        posted = read_posted(form)
        if posted.account_sid != account_sid:
            log.warning("account-refused")
            abort(403)
        if posted.unknown:
            log.info("unknown-to-us", **posted.unknown)
        g.posted = posted


def signed_url(incoming: Request, public_url: str) -> str:
    """The address Twilio signed: ours as configured, and the path and query just as they were sent."""
    raw = incoming.environ.get("RAW_URI") or incoming.environ.get("REQUEST_URI") or incoming.full_path.rstrip("?")
    if "://" in raw:
        raw = "/" + raw.split("://", 1)[1].partition("/")[2]
    return public_url + raw


def posted() -> Posted:
    """What Twilio posted, once the gate has let it in."""
    value = g.posted
    assert isinstance(value, Posted)
    return value
