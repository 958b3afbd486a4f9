"""Whether the process lives, and whether it could take a call."""

import structlog
from flask import Blueprint, Response

from phonebot.store.database import Database, NotReady, ready

log = structlog.get_logger(__name__)


def health_routes(database: Database) -> Blueprint:
    """GET /health answers while the process lives; GET /ready only when the database can be used as it is."""
    health = Blueprint("health", __name__)

    @health.get("/health")
    def alive() -> Response:
        return Response("ok\n", mimetype="text/plain")

    @health.get("/ready")
    def able() -> Response:
        try:
            ready(database)
        except NotReady as why:
            log.warning("not-ready", why=str(why))
            return Response("not ready\n", status=503, mimetype="text/plain")
        return Response("ready\n", mimetype="text/plain")

    return health
