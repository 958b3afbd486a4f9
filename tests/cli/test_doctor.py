"""The doctor prints a line for each thing, and its exit code says whether all is well."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from phonebot.cli.doctor import doctor
from phonebot.cli.opening import utc_now
from phonebot.services.calls.reconcile_calls import LOOKED
from phonebot.store.watermarks import move_watermark
from tests.cli.conftest import CommandLine
from tests.offices import OFFICE_LINE, SUE_LINE, TOM_LINE
from tests.running import ACCOUNT, TOKEN, Phonebot, running

BIN = "https://handler.twilio.com/twiml/EH1"


@pytest.fixture
def database_kind() -> str:
    """What is printed is the same on both databases."""
    return "sqlite"


def examined(phonebot: Phonebot, *arguments: str, **more: str) -> Result:
    """What the doctor says of a phonebot of which only mail is not set up."""
    settings = phonebot.settings
    environ = {
        "DATABASE_URL": settings.database_url.get_secret_value(),
        "PUBLIC_URL": settings.public_url,
        "SECRET_KEY": "made-up",
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_API_URL": settings.twilio_api_url,
    }
    return CliRunner(env=environ | more).invoke(doctor, arguments)


def make_well(phonebot: Phonebot) -> None:
    """Everything as it should be, but for mail, which is not set up."""
    for line in (SUE_LINE, OFFICE_LINE, TOM_LINE):
        phonebot.network.owns(
            line,
            voice_url=f"{phonebot.settings.public_url}/twilio/voice",
            voice_fallback_url=BIN,
            status_callback=f"{phonebot.settings.public_url}/twilio/status#rc=2&rp=ct,5xx",
        )
    with phonebot.database.write() as session:
        move_watermark(session, LOOKED, utc_now())


def test_what_is_wrong_is_printed_among_what_is_right_and_ends_with_one(tmp_path: Path, database_url: str) -> None:
    with running(tmp_path, database_url) as phonebot:
        make_well(phonebot)
        result = examined(phonebot)
        assert result.exit_code == 1
        wrong = [line for line in result.stdout.splitlines() if not line.startswith("ok ")]
        assert len(wrong) == 1
        assert "mail" in wrong[0]
        assert "SMTP_URL" in wrong[0]
        found = json.loads(examined(phonebot, "--json").stdout)
        assert all(one.keys() == {"what", "ok", "says"} for one in found)
        assert [one["what"] for one in found if not one["ok"]] == ["mail"]


def test_where_all_is_well_it_ends_with_nought(tmp_path: Path, database_url: str) -> None:
    with running(tmp_path, database_url) as phonebot:
        make_well(phonebot)
        office = (tmp_path / "office.toml").read_text()
        without_mail = office.replace('email = "', 'notices = "text"\nemail = "').replace(
            "[reception]", f'text_number = "{SUE_LINE}"\n\n[reception]'
        )
        (tmp_path / "office.toml").write_text(without_mail)
        CommandLine(database_url, tmp_path).says("load", str(tmp_path / "office.toml"))
        owned = phonebot.network.owned(SUE_LINE)
        assert owned is not None
        owned.set({"SmsUrl": f"{phonebot.settings.public_url}/twilio/sms#rc=2&rp=ct,5xx"})
        result = examined(phonebot)
        assert result.exit_code == 0
        assert all(line.startswith("ok ") for line in result.stdout.splitlines())


def test_with_nothing_set_each_setting_is_told(command: CommandLine) -> None:
    unset = dict.fromkeys(("PUBLIC_URL", "SECRET_KEY", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"))
    result = CliRunner(env={**unset, "DATABASE_URL": command.database_url}).invoke(doctor)
    assert (result.exit_code, result.stderr) == (1, "")
    assert "settings: TWILIO_AUTH_TOKEN is not set\n" in result.stdout
    assert "office: no office is loaded" in result.stdout
