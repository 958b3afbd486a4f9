"""`phonebot guard`: whether a wording promises what nobody has promised."""

import sys
from typing import Any

import click

from phonebot.cli.batch import answer_batch, the_text
from phonebot.cli.printing import print_json
from phonebot.domain.promise import instead, promises

LANGUAGES = ("en",)


@click.command()
@click.argument("text", required=False)
@click.option("--language", default="en", show_default=True, metavar="L", help="The language of the text.")
@click.option("--batch", is_flag=True, help='Read JSON lines {"text"}; write one for each, and exit 0.')
@click.option("--json", "as_json", is_flag=True, help="JSON, which is how it answers anyway.")
def guard(text: str | None, language: str, *, batch: bool, as_json: bool) -> None:  # noqa: ARG001 - every command that prints data takes --json
    """The promises in TEXT, and what to say instead. A text that promises exits 1."""
    if language.partition("-")[0].lower() not in LANGUAGES:
        raise click.UsageError(f"the guard reads {', '.join(LANGUAGES)}, and not {language!r}")
    if batch and text is None:
        answer_batch(lambda row: _answer(row["text"]))
        return
    answer = _answer(the_text(text, batch=batch))
    print_json(answer)
    sys.exit(1 if answer["promises"] else 0)


def _answer(text: str) -> dict[str, Any]:
    found = [{"start": one.start, "end": one.end, "kind": one.kind} for one in promises(text)]
    return {"text": text, "promises": found, "instead": instead(text)}
