"""The floor: the smallest honest Flask + twilio application that does what every voice turn must do, and no more.

The signature is checked by twilio's own validator, one row is read by an index, one row is inserted and committed, and
TwiML is built with VoiceResponse. It speaks to the same database through the same engine settings as phonebot.
"""

import os
from datetime import UTC, datetime

from flask import Flask, Response, abort, request
from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, func, insert, select
from twilio.request_validator import RequestValidator
from twilio.twiml.voice_response import Gather, VoiceResponse

from phonebot.store.engine import WRITES, make_engine
from phonebot.store.types import Instant

METADATA = MetaData()
TURNS = Table(
    "floor_turns",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("call_sid", String(64), index=True, nullable=False),
    Column("heard", String, nullable=False),
    Column("at", Instant(), nullable=False),
)
WORDS = "Thanks, Julie. Shall we use the number you're calling from, ending oh one four three?"


def create_floor(engine: Engine, token: str, public_url: str) -> Flask:
    """The application; its one table must be there."""
    app = Flask("floor", static_folder=None)
    validator = RequestValidator(token)
    writing = engine.execution_options(**{WRITES: True})

    @app.post("/twilio/voice")
    @app.post("/twilio/voice/turn")
    def turn() -> Response:
        if not validator.validate(request.url, request.form, request.headers.get("X-Twilio-Signature", "")):
            abort(403)
        call = request.form["CallSid"]
        with writing.begin() as connection:
            before = connection.execute(select(func.count()).where(TURNS.c.call_sid == call)).scalar_one()
            connection.execute(
                insert(TURNS).values(call_sid=call, heard=request.form.get("SpeechResult", ""), at=datetime.now(UTC))
            )
        response = VoiceResponse()
        gather = Gather(
            input="dtmf speech",
            action=f"{public_url}/twilio/voice/turn?n={before + 1}",
            method="POST",
            timeout=5,
            speech_timeout=2,
            language="en-GB",
            profanity_filter="false",
            action_on_empty_result="true",
            num_digits=1,
        )
        gather.say(WORDS, language="en-GB", voice="Polly.Amy-Neural")
        response.append(gather)
        return Response(str(response), mimetype="text/xml")

    @app.get("/health")
    def health() -> Response:
        return Response("ok\n", mimetype="text/plain")

    return app


def make_tables(url: str) -> None:
    """Make the floor's one table."""
    engine = make_engine(url)
    METADATA.create_all(engine)
    engine.dispose()


def served() -> Flask:
    """The application as gunicorn loads it, from the same variables that phonebot reads."""
    environ = os.environ
    return create_floor(make_engine(environ["DATABASE_URL"]), environ["TWILIO_AUTH_TOKEN"], environ["PUBLIC_URL"])
