"""`phonebot number`: a telephone number as it was said."""

from typing import Any

import click

from phonebot.cli.batch import answer_batch, the_text
from phonebot.cli.printing import print_json
from phonebot.domain.phone import spoken_number


@click.command()
@click.argument("text", required=False)
@click.option("--region", default="GB", show_default=True, metavar="R", help="Whose numbering rules hold.")
@click.option("--batch", is_flag=True, help='Read JSON lines {"text", "region"}; write one for each.')
@click.option("--json", "as_json", is_flag=True, help="JSON, which is how it answers anyway.")
def number(text: str | None, region: str, *, batch: bool, as_json: bool) -> None:  # noqa: ARG001 - every command that prints data takes --json
    """The telephone number that TEXT says: {"text", "e164", "digits"}, e164 null where not sure."""
    if batch and text is None:
        answer_batch(lambda row: _answer(row["text"], str(row.get("region") or region)))
    else:
        print_json(_answer(the_text(text, batch=batch), region))


def _answer(text: str, region: str) -> dict[str, Any]:
    said = spoken_number(text, region.upper())
    return {"text": text, "e164": said.e164, "digits": said.digits}
