"""`phonebot when`: when a caller would like the call, as they said it."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from phonebot.cli.batch import answer_batch, the_text
from phonebot.cli.printing import iso, print_json
from phonebot.domain.times import TimeMistake, parse_instant
from phonebot.domain.window import understand, warm

LANGUAGES = ("en",)


@click.command()
@click.argument("text", required=False)
@click.option("--now", "now_text", metavar="T", help="The moment the words were said; left out: now.")
@click.option("--tz", default="UTC", show_default=True, metavar="Z", help="The zone the words are meant in.")
@click.option("--language", default="en", show_default=True, metavar="L", help="The language of the text.")
@click.option("--batch", is_flag=True, help='Read JSON lines {"text", "reference_time"}; write one for each.')
@click.option("--json", "as_json", is_flag=True, help="JSON, which is how it answers anyway.")
def when(text: str | None, now_text: str | None, tz: str, language: str, *, batch: bool, as_json: bool) -> None:  # noqa: ARG001 - every command that prints data takes --json
    """What TEXT means as a time for a call: {"text", "start", "end", "parts", "said", "sure"}.

    start and end are null where open, both where it was not understood.
    """
    if language.partition("-")[0].lower() not in LANGUAGES:
        raise click.UsageError(f"times are understood in {', '.join(LANGUAGES)}, and not in {language!r}")
    zone = _zone(tz)
    now = _instant(now_text, zone) if now_text else datetime.now(UTC)
    if batch and text is None:
        warm()
        answer_batch(lambda row: _answer(row["text"], _reference(row, now, zone), zone))
    else:
        print_json(_answer(the_text(text, batch=batch), now, zone))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise click.UsageError(f"there is no time zone {name!r}; one is Europe/London") from None


def _instant(text: str, zone: ZoneInfo) -> datetime:
    try:
        return parse_instant(text, zone)
    except TimeMistake as mistake:
        raise click.UsageError(str(mistake)) from mistake


def _reference(row: dict[str, Any], now: datetime, zone: ZoneInfo) -> datetime:
    said_at = row.get("reference_time")
    return now if said_at is None else _instant(str(said_at), zone)


def _answer(text: str, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    meant = understand(text, now.astimezone(zone), zone)
    return {
        "text": text,
        "start": iso(meant.start),
        "end": iso(meant.end),
        "parts": [{"start": iso(part.start), "end": iso(part.end)} for part in meant.parts],
        "said": meant.said,
        "sure": meant.sure,
    }
