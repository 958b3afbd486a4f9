"""`phonebot twilio connect`: points a number of the Twilio account at this phonebot."""

import os
from typing import Any

import click

from phonebot.cli.opening import opened
from phonebot.cli.printing import print_json
from phonebot.config import load_settings
from phonebot.services.health.connecting import NotConnectable, Plan
from phonebot.services.health.connecting import connect as change
from phonebot.services.health.connecting import plan as plan_for
from phonebot.telephony.client import TwilioClient


@click.group()
def twilio() -> None:
    """The Twilio account that phonebot's numbers are on."""


@twilio.command()
@click.argument("number")
@click.option("--yes", is_flag=True, help="Change it without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON; they are made only with --yes.")
def connect(number: str, *, yes: bool, as_json: bool) -> None:
    """Point NUMBER at this phonebot: where its calls go, what is asked when that fails, and who is told of the end.

    Says first what it will change. A fallback on another host is kept. A number that is the office's text_number has
    its texts sent here too.
    """
    settings = load_settings(os.environ)
    client = TwilioClient(settings)
    try:
        with opened() as database:
            plan = plan_for(database, client, settings, number)
        if not as_json:
            _say(plan)
        made = bool(plan.changes) and (yes or (not as_json and click.confirm("Change it?")))
        if made:
            change(client, plan)
    except NotConnectable as why:
        raise click.ClickException(str(why)) from why
    if as_json:
        print_json(_json(plan, changed=made))
    elif plan.changes:
        click.echo("Changed. `phonebot doctor` looks whether all is well." if made else "Nothing was changed.")


def _say(plan: Plan) -> None:
    click.echo(f"{plan.number.number}:")
    for change_ in plan.changes:
        why = f" ({change_.why})" if change_.why else ""
        click.echo(f"  {change_.what}: {change_.old} → {change_.new}{why}")
    if not plan.changes:
        click.echo("  nothing to change: it is connected already.")
    for note in plan.notes:
        click.echo(f"  Note: {note}.")


def _json(plan: Plan, *, changed: bool) -> dict[str, Any]:
    """The plan as JSON, for programs: the keys are a contract."""
    return {
        "number": plan.number.number,
        "changes": [{"what": one.what, "old": one.old, "new": one.new, "why": one.why} for one in plan.changes],
        "notes": list(plan.notes),
        "changed": changed,
    }
