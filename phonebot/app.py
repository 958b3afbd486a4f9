"""Wires phonebot together: settings in, a Flask application or a house out. Nothing here decides anything."""

import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask

from phonebot.config import DatabaseSettings, Settings
from phonebot.dialog.flow_file import read_script
from phonebot.domain.outbox import Lane
from phonebot.domain.window import warm
from phonebot.prompts import Prompts, data_folder, languages
from phonebot.services.callbacks.desk import CallDesk
from phonebot.services.calls.replay import replay
from phonebot.services.calls.spool import drain_spool
from phonebot.services.failpoints import Reached, pass_by
from phonebot.services.house import House, PlaybackLinks
from phonebot.services.messages.intake import take_in
from phonebot.services.staff.mailroom import Mailroom
from phonebot.speech.transcriber import Transcriber
from phonebot.store.database import Database
from phonebot.store.media import Media
from phonebot.store.media_database import DatabaseMedia
from phonebot.store.media_files import FileMedia
from phonebot.telephony.client import TwilioClient
from phonebot.telephony.signature import SignatureCheck
from phonebot.web.callbacks import callback_webhooks
from phonebot.web.doing import Desk, doing_routes
from phonebot.web.gate import MOST_BYTES, guard_webhooks
from phonebot.web.health import health_routes
from phonebot.web.playback import playback_routes
from phonebot.web.texts import text_webhooks
from phonebot.web.voice import event_webhooks, voice_webhooks
from phonebot.worker.jobs import Tools, jobs
from phonebot.worker.loop import Worker
from phonebot.worker.routines import routines

FAILPOINT = "PHONEBOT_FAILPOINT"
"""Names the point at which the process kills itself: for the tests of what survives that, and for nothing else."""

MAIN_LANGUAGE = "en"

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present instant, aware."""
    return datetime.now(UTC)


def needs_of(prompts: Prompts) -> dict[str, frozenset[str]]:
    """For each prompt the values it is spoken with. They are the same in every language: the check sees to it."""
    return {name: prompts.variables(name) for name in prompts.ids}


def make_house(settings: Settings, database: Database, reached: Reached = pass_by) -> House:
    """The flows and prompts read and everything put together; raises what their readers raise."""
    folder = data_folder("prompts")
    prompts = {language: Prompts.load(folder, language) for language in languages(folder)}
    return House(
        database=database,
        script=read_script(data_folder("flows"), needs_of(prompts[MAIN_LANGUAGE])),
        prompts=prompts,
        public_url=settings.public_url,
        playback=PlaybackLinks.signed_with(settings.secret_key.get_secret_value()),
        reached=reached,
    )


def open_database(settings: DatabaseSettings) -> Database:
    """The database the settings name. Whoever opens it closes it."""
    return Database(settings.database_url.get_secret_value())


def create_app(
    settings: Settings, database: Database, *, clock: Clock = utc_now, reached: Reached | None = None
) -> Flask:
    """The web application. What is slow the first time is done before it returns, so that no caller waits for it."""
    warm()
    house = make_house(settings, database, reached or reached_from_environment())
    media = make_media(settings)
    app = Flask("phonebot", static_folder=None)
    app.url_map.strict_slashes = False
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.secret_key = settings.secret_key.get_secret_value()
    guard_webhooks(app, SignatureCheck(settings.auth_tokens), settings.public_url, settings.twilio_account_sid)
    app.register_blueprint(voice_webhooks(house, clock, settings.spool_dir))
    app.register_blueprint(event_webhooks(house, clock, settings.spool_dir))
    app.register_blueprint(text_webhooks(house, clock))
    app.register_blueprint(callback_webhooks(CallDesk.of(house, settings), clock, settings.spool_dir))
    app.register_blueprint(playback_routes(house, media))
    app.register_blueprint(doing_routes(Desk.of(settings, database, media), clock))
    app.register_blueprint(health_routes(database))
    return app


def make_media(settings: Settings) -> Media:
    """Where audio is kept."""
    return FileMedia(settings.media_dir) if settings.media == "files" else DatabaseMedia()


def make_worker(
    settings: Settings,
    database: Database,
    *,
    clock: Clock = utc_now,
    reached: Reached | None = None,
    transcriber: Transcriber | None = None,
) -> Worker:
    """The worker, with every job and routine it knows; without a transcriber no recording is put into words."""
    reached = reached or reached_from_environment()
    house, media = make_house(settings, database, reached), make_media(settings)
    room = Mailroom.of(settings, database, media, reached)
    tools = Tools(house, TwilioClient(settings), media, CallDesk.of(house, settings), room, transcriber)
    known = jobs(tools)
    return Worker(
        database,
        known,
        feeds=(
            lambda _now: drain_spool(settings.spool_dir, lambda record: replay(house, record), reached),
            lambda now: take_in(database, now),
        ),
        routines=routines(tools, settings),
        clock=clock,
        reached=reached,
        beside=(Worker(database, known, clock=clock, reached=reached, lane=Lane.SPEECH),),
    )


def reached_from_environment() -> Reached:
    """Nothing at any point, or death at the point that the environment names."""
    name = os.environ.get(FAILPOINT)
    if not name:
        return pass_by

    def die_at(point: str) -> None:
        if point == name:
            os.kill(os.getpid(), signal.SIGKILL)

    return die_at
