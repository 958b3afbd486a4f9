"""A caller's own recording, under an address that works for a few minutes and cannot be guessed."""

from flask import Blueprint, Response, abort

from phonebot.services.calls.playback import audio_of
from phonebot.services.house import House
from phonebot.store.media import Media


def playback_routes(house: House, media: Media) -> Blueprint:
    """GET /recordings/<token>: the audio, or 404 for a token that is forged, too old, or of audio that is gone."""
    playback = Blueprint("playback", __name__)

    @playback.get("/recordings/<token>")
    def play(token: str) -> Response:
        sid = house.playback.recording(token)
        audio = audio_of(house.database, media, sid) if sid else None
        if audio is None:
            abort(404)
        headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
        kind = "audio/wav" if audio.startswith(b"RIFF") else "audio/mpeg"
        return Response(audio, mimetype=kind, headers=headers)

    return playback
