"""Settings are taken only where every value can be used, and a refusal names the variable and no secret."""

from pathlib import Path

import pytest

from phonebot.config import SettingsMistake, load_database_settings, load_settings, normal_database_url

WHOLE = {
    "PUBLIC_URL": "https://phone.example.com",
    "SECRET_KEY": "kept-between-us",
    "TWILIO_ACCOUNT_SID": "AC" + "0123456789abcdef" * 2,
    "TWILIO_AUTH_TOKEN": "token-of-today",
}


def mistakes_in(environ: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsMistake) as caught:
        load_settings(environ)
    return str(caught.value).splitlines()


def test_what_must_be_set_is_enough_and_the_rest_has_defaults() -> None:
    settings = load_settings(WHOLE)
    assert settings.database_url.get_secret_value() == "sqlite:///var/phonebot.db"
    assert (settings.port, settings.media, settings.media_dir) == (8000, "files", Path("var/media"))
    assert settings.twilio_api_url == "https://api.twilio.com"
    assert settings.auth_tokens == ("token-of-today",)


def test_everything_missing_is_said_at_once() -> None:
    assert [line.split()[0] for line in mistakes_in({})] == [
        "PUBLIC_URL",
        "SECRET_KEY",
        "TWILIO_ACCOUNT_SID",
        "TWILIO_AUTH_TOKEN",
    ]


def test_only_the_environment_handed_over_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "from elsewhere")
    assert mistakes_in({name: value for name, value in WHOLE.items() if name != "SECRET_KEY"}) == [
        "SECRET_KEY is not set"
    ]


def test_commands_that_only_keep_things_need_no_more_than_a_database() -> None:
    assert load_database_settings({}).database_url.get_secret_value() == "sqlite:///var/phonebot.db"
    with pytest.raises(SettingsMistake, match="DATABASE_URL"):
        load_database_settings({"DATABASE_URL": "mysql://me:secret@host/phonebot"})


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        ("postgres://me:pass@host:5432/phonebot?sslmode=require", "postgresql+psycopg://me:pass@host:5432/phonebot"),
        ("postgresql://host/phonebot", "postgresql+psycopg://host/phonebot"),
        ("postgresql+psycopg:///phonebot?host=/run/postgresql", "postgresql+psycopg:///phonebot?host=/run"),
        ("sqlite:///var/phonebot.db", "sqlite:///var/phonebot.db"),
        ("sqlite:////srv/phonebot.db", "sqlite:////srv/phonebot.db"),
    ],
)
def test_a_database_url_is_made_normal(given: str, normal: str) -> None:
    assert normal_database_url(given).startswith(normal)
    assert normal_database_url(normal_database_url(given)) == normal_database_url(given)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://me:hush@host/phonebot"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "hush"),
        ("DATABASE_URL", "postgresql://me:hush@[::1/phonebot"),
        ("PORT", "eighty"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PUBLIC_URL", "http://phone.example.com"),
        ("PUBLIC_URL", "phone.example.com"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://phone.example.com/line"),
        ("PUBLIC_URL", "https://phone.example.com?hush=1"),
        ("PUBLIC_URL", "https://me:hush@phone.example.com"),
        ("PUBLIC_URL", "https://phone.example.com:port"),
        ("PUBLIC_URL", "http://127.0.0.1.example.com"),
        ("SECRET_KEY", "   "),
        ("TWILIO_ACCOUNT_SID", "AC123"),
        ("TWILIO_ACCOUNT_SID", "AC" + "0123456789ABCDEF" * 2),
        ("TWILIO_ACCOUNT_SID", "AC" + "0" * 32 + "\n"),
        ("TWILIO_AUTH_TOKEN", "\t"),
        ("TWILIO_API_URL", "http://api.example.com"),
        ("PHONEBOT_MEDIA", "disk"),
    ],
)
def test_a_bad_value_is_refused_in_one_line_that_names_its_variable_and_not_the_value(name: str, value: str) -> None:
    (line,) = mistakes_in(WHOLE | {name: value})
    assert line.startswith(f"{name}: ")
    assert "hush" not in line


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://phone.example.com/", "https://phone.example.com"),
        ("https://phone.example.com:8443", "https://phone.example.com:8443"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("http://localhost:8000", "http://localhost:8000"),
    ],
)
def test_a_public_address_may_be_http_on_this_machine_and_keeps_no_slash(given: str, kept: str) -> None:
    assert load_settings(WHOLE | {"PUBLIC_URL": given}).public_url == kept


def test_several_bad_values_are_said_at_once() -> None:
    lines = mistakes_in(WHOLE | {"PORT": "x", "PUBLIC_URL": "x", "PHONEBOT_MEDIA": "x"})
    assert sorted(line.partition(":")[0] for line in lines) == ["PHONEBOT_MEDIA", "PORT", "PUBLIC_URL"]


def test_an_empty_value_counts_as_not_set() -> None:
    settings = load_settings(WHOLE | {"TWILIO_AUTH_TOKEN_PREVIOUS": "", "PORT": ""})
    assert settings.auth_tokens == ("token-of-today",)
    assert mistakes_in(WHOLE | {"SECRET_KEY": ""}) == ["SECRET_KEY is not set"]


def test_a_signature_may_be_made_with_the_previous_token_too() -> None:
    settings = load_settings(WHOLE | {"TWILIO_AUTH_TOKEN_PREVIOUS": "token-of-yesterday"})
    assert settings.auth_tokens == ("token-of-today", "token-of-yesterday")


@pytest.mark.parametrize("name", ["SECRET_KEY", "TWILIO_AUTH_TOKEN", "TWILIO_AUTH_TOKEN_PREVIOUS"])
def test_a_secret_may_come_from_a_file(name: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from a file\n", "utf-8")
    environ = {known: value for known, value in WHOLE.items() if known != name} | {f"{name}_FILE": str(file)}
    secret = getattr(load_settings(environ), name.lower())
    assert secret.get_secret_value() == "from a file"


def test_a_secret_given_twice_or_in_no_readable_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    without = {name: value for name, value in WHOLE.items() if name != "SECRET_KEY"}
    (twice,) = mistakes_in(WHOLE | {"SECRET_KEY_FILE": str(tmp_path / "empty")})
    (absent,) = mistakes_in(without | {"SECRET_KEY_FILE": str(tmp_path / "absent")})
    (binary,) = mistakes_in(without | {"SECRET_KEY_FILE": str(tmp_path / "binary")})
    (empty,) = mistakes_in(without | {"SECRET_KEY_FILE": str(tmp_path / "empty")})
    assert all(line.startswith("SECRET_KEY_FILE: ") for line in (twice, absent, binary))
    assert empty == "SECRET_KEY: is blank"


def test_mail_needs_a_server_and_a_sender_or_neither() -> None:
    mail = {"SMTP_URL": "smtp://me:hush@mail.example.com:587", "MAIL_FROM": "Phone <phone@example.com>"}
    assert load_settings(WHOLE | mail).mail_from == "Phone <phone@example.com>"
    for name, other in (("SMTP_URL", "MAIL_FROM"), ("MAIL_FROM", "SMTP_URL")):
        (line,) = mistakes_in(WHOLE | {name: mail[name]})
        assert line.startswith(f"{other} is not set")
        (line,) = mistakes_in(WHOLE | mail | {name: "hush"})
        assert line.startswith(f"{name}: ")


def test_no_secret_is_ever_printed() -> None:
    secrets = {
        "DATABASE_URL": "postgres://me:hush@host/phonebot",
        "SECRET_KEY": "hush",
        "TWILIO_AUTH_TOKEN": "hush",
        "TWILIO_AUTH_TOKEN_PREVIOUS": "hush",
        "SMTP_URL": "smtp://me:hush@host",
        "MAIL_FROM": "phone@example.com",
    }
    settings = load_settings(WHOLE | secrets)
    assert "hush" not in f"{settings} {settings!r} {settings.model_dump_json()}"
