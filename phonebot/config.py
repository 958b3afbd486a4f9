"""Settings from the environment: what each is, what it may be, and one clear line for each that is wrong."""

import ipaddress
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

DEFAULT_DATABASE_URL = "sqlite:///var/phonebot.db"
ACCOUNT_SID = re.compile(r"AC[0-9a-f]{32}")
"""How Twilio names an account (twilio.com/docs/glossary/what-is-a-sid)."""


class SettingsMistake(ValueError):
    """The environment cannot be used. Its text is one line for each variable, naming it and never what it holds."""


def _split(url: str) -> SplitResult:
    """The parts of a URL; raise ValueError where it has none."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise ValueError("is not a URL") from error
    return parts


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def normal_database_url(url: str) -> str:
    """The URL as SQLAlchemy wants it, since hosts hand out postgres:// too; raise ValueError on any other kind."""
    scheme, separator, rest = url.partition("://")
    if separator and scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        _split(url)
        return f"postgresql+psycopg://{rest}"
    if separator and scheme in {"sqlite", "sqlite+pysqlite"}:
        path = rest.partition("?")[0]
        if not path.startswith("/") or path in {"/", "/:memory:"}:
            raise ValueError("needs a file, as in sqlite:///var/phonebot.db")
        return f"sqlite://{rest}"
    raise ValueError("must begin with sqlite:/// or postgresql://")


def _web_address(url: str) -> str:
    """A scheme and a host, perhaps a port, without a slash at the end; http is for this machine only."""
    parts = _split(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be a whole address, as in https://phone.example.com")
    if parts.username is not None or parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise ValueError("must be a scheme and a host only, as in https://phone.example.com")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ValueError("must be https; http is for this machine only (127.0.0.1, ::1, localhost)")
    return f"{parts.scheme}://{parts.netloc}"


def _whole_number(text: str | int, least: int, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", str(text)) or not least <= int(text) <= most:
        raise ValueError(f"must be a whole number from {least} to {most}")
    return int(text)


def _port(text: str | int) -> int:
    return _whole_number(text, 1, 65_535)


def _seconds(text: str | int) -> int:
    return _whole_number(text, 1, 600)


def _count(text: str | int) -> int:
    return _whole_number(text, 1, 10_000)


def _days(text: str | int) -> int:
    return _whole_number(text, 1, 36_500)


def _account_sid(sid: str) -> str:
    if not ACCOUNT_SID.fullmatch(sid):
        raise ValueError("must be AC and 32 of 0-9 and a-f")
    return sid


def _mail_server(url: SecretStr) -> SecretStr:
    parts = _split(url.get_secret_value())
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("must be as in smtp://name:password@mail.example.com:587 or smtps://…")
    return url


def _mail_address(address: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+|[^@<>]+ <[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+>", address):
        raise ValueError("must be an email address, as in phone@example.com")
    return address


def _service_address(url: str) -> str:
    """A service's whole address, perhaps with a path; http only where what is sent never leaves our own network."""
    parts = _split(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
        raise ValueError("must be a whole address, as in https://speech.example.com/v1")
    if parts.scheme == "http" and not _is_near(parts.hostname):
        raise ValueError("must be https; http is for this machine and its own network only")
    return url.rstrip("/")


def _is_near(host: str) -> bool:
    """Whether a host is this machine or on its own network: a private address, or a name without a dot."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return is_loopback(host) or "." not in host


def _region(name: str) -> str:
    # It becomes part of a host's name.
    if not re.fullmatch(r"[a-z0-9-]{1,40}", name):
        raise ValueError("must be a region's short name, as in westeurope")
    return name


def _not_blank(secret: SecretStr) -> SecretStr:
    if not secret.get_secret_value().strip():
        raise ValueError("is blank")
    return secret


DatabaseUrl = Annotated[SecretStr, AfterValidator(lambda url: SecretStr(normal_database_url(url.get_secret_value())))]
WebAddress = Annotated[str, AfterValidator(_web_address)]
ServiceAddress = Annotated[str, AfterValidator(_service_address)]
Region = Annotated[str, AfterValidator(_region)]
Secret = Annotated[SecretStr, AfterValidator(_not_blank)]


class EnvironSettings(BaseSettings):
    """Settings that are taken from the environment they are handed, and from nowhere else."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", case_sensitive=True, env_ignore_empty=True, hide_input_in_errors=True
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic-settings' signature, as are the next
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is handed in: `load_settings` reads the environment it is given, and no other."""
        return (init_settings,)


class SpeechSettings(EnvironSettings):
    """What puts recordings into words; all of it may be left out. What each engine needs is phonebot.speech's to say.

    `speech` is an engine's name, "none", or nothing: faster-whisper if it is there. `speech_model` is a folder or a
    name; `speech_url` and `speech_region` say where an engine's service is.
    """

    speech: str = Field("", validation_alias="PHONEBOT_SPEECH")
    speech_model: str = Field("", validation_alias="PHONEBOT_SPEECH_MODEL")
    speech_key: Secret | None = Field(None, validation_alias="PHONEBOT_SPEECH_KEY")
    speech_url: ServiceAddress | None = Field(None, validation_alias="PHONEBOT_SPEECH_URL")
    speech_region: Region | None = Field(None, validation_alias="PHONEBOT_SPEECH_REGION")

    @property
    def speech_environ(self) -> dict[str, str]:
        """These settings as variables again, the key among them: for a process that is to have the same."""
        given: dict[str, str | None] = {
            "PHONEBOT_SPEECH": self.speech,
            "PHONEBOT_SPEECH_MODEL": self.speech_model,
            "PHONEBOT_SPEECH_KEY": self.speech_key.get_secret_value() if self.speech_key else None,
            "PHONEBOT_SPEECH_URL": self.speech_url,
            "PHONEBOT_SPEECH_REGION": self.speech_region,
        }
        return {name: value for name, value in given.items() if value}


class DatabaseSettings(EnvironSettings):
    """What most commands need: where the database is. `calls_a_day` is how many calls one person may return in a day.

    `database_url` may hold a password, hence a secret; it is normal for SQLAlchemy already.
    """

    database_url: DatabaseUrl = Field(SecretStr(DEFAULT_DATABASE_URL), validation_alias="DATABASE_URL")
    calls_a_day: Annotated[int, BeforeValidator(_count)] = Field(60, validation_alias="PHONEBOT_CALLS_A_DAY")


class Settings(DatabaseSettings, SpeechSettings):
    """What `serve` and `worker` need: everything. Addresses have no slash at the end; folders may not exist yet."""

    port: Annotated[int, BeforeValidator(_port)] = Field(8000, validation_alias="PORT")
    public_url: WebAddress = Field(validation_alias="PUBLIC_URL")
    secret_key: Secret = Field(validation_alias="SECRET_KEY")
    twilio_account_sid: Annotated[str, AfterValidator(_account_sid)] = Field(validation_alias="TWILIO_ACCOUNT_SID")
    twilio_auth_token: Secret = Field(validation_alias="TWILIO_AUTH_TOKEN")
    twilio_auth_token_previous: Secret | None = Field(None, validation_alias="TWILIO_AUTH_TOKEN_PREVIOUS")
    twilio_api_url: WebAddress = Field("https://api.twilio.com", validation_alias="TWILIO_API_URL")
    smtp_url: Annotated[SecretStr, AfterValidator(_mail_server)] | None = Field(None, validation_alias="SMTP_URL")
    mail_from: Annotated[str, AfterValidator(_mail_address)] | None = Field(None, validation_alias="MAIL_FROM")
    media_dir: Path = Field(Path("var/media"), validation_alias="MEDIA_DIR")
    media: Literal["files", "database"] = Field("files", validation_alias="PHONEBOT_MEDIA")
    spool_dir: Path = Field(Path("var/spool"), validation_alias="PHONEBOT_SPOOL_DIR")
    joined_seconds: Annotated[int, BeforeValidator(_seconds)] = Field(20, validation_alias="PHONEBOT_JOINED_SECONDS")
    keep_audio_days: Annotated[int, BeforeValidator(_days)] = Field(90, validation_alias="PHONEBOT_KEEP_AUDIO_DAYS")
    keep_words_days: Annotated[int, BeforeValidator(_days)] = Field(365, validation_alias="PHONEBOT_KEEP_WORDS_DAYS")
    recordings_in_mail: Literal["attached", "linked"] = Field("linked", validation_alias="PHONEBOT_RECORDINGS_IN_MAIL")

    @property
    def auth_tokens(self) -> tuple[str, ...]:
        """The tokens a signature may be made with: the present one, then the previous one while it is being changed."""
        tokens = (self.twilio_auth_token, self.twilio_auth_token_previous)
        return tuple(token.get_secret_value() for token in tokens if token is not None)

    @model_validator(mode="after")
    def _mail_is_whole(self) -> "Settings":
        if (self.smtp_url is None) != (self.mail_from is None):
            missing, given = ("SMTP_URL", "MAIL_FROM") if self.smtp_url is None else ("MAIL_FROM", "SMTP_URL")
            raise ValueError(f"{missing} is not set, and {given} is: mail needs both")
        return self


AnySettings = TypeVar("AnySettings", bound=EnvironSettings)


def load_settings(environ: Mapping[str, str]) -> Settings:
    """Everything `serve` and `worker` need; raise SettingsMistake with a line for each value that is bad or missing."""
    return _load(Settings, environ)


def load_database_settings(environ: Mapping[str, str]) -> DatabaseSettings:
    """Where the database is; raise SettingsMistake if DATABASE_URL cannot be used."""
    return _load(DatabaseSettings, environ)


def load_speech_settings(environ: Mapping[str, str]) -> SpeechSettings:
    """What puts recordings into words; raise SettingsMistake with a line for each value that cannot be used."""
    return _load(SpeechSettings, environ)


def _load(kind: type[AnySettings], environ: Mapping[str, str]) -> AnySettings:
    source = EnvSettingsSource(kind)
    source.env_vars, mistakes = _with_files(kind, environ)
    try:
        settings = kind(**source())
    except ValidationError as error:
        in_files = {line.partition(":")[0] for line in mistakes}
        mistakes += [_line(detail) for detail in error.errors() if f"{_variable(detail)}_FILE" not in in_files]
    if mistakes:
        raise SettingsMistake("\n".join(mistakes))
    return settings


def _with_files(kind: type[EnvironSettings], environ: Mapping[str, str]) -> tuple[dict[str, str | None], list[str]]:
    """The settings' own variables, with secrets read from NAME_FILE where so given, and what went wrong."""
    values: dict[str, str | None] = {}
    mistakes = []
    for field in kind.model_fields.values():
        name = str(field.validation_alias)
        if environ.get(name):
            values[name] = environ[name]
        file = environ.get(f"{name}_FILE") if "SecretStr" in repr(field.annotation) else None
        if file and name in values:
            mistakes.append(f"{name}_FILE: {name} is set too; keep one")
        elif file:
            try:
                values[name] = Path(file).read_text("utf-8").strip("\r\n")
            except (OSError, UnicodeDecodeError) as error:
                why = error.strerror if isinstance(error, OSError) else "not UTF-8"
                mistakes.append(f"{name}_FILE: cannot be read ({why})")
    return values, mistakes


def _variable(detail: Mapping[str, object]) -> str:
    """The variable a mistake is about, or nothing where it is about several."""
    location = detail["loc"]
    return str(location[0]) if isinstance(location, tuple) and location else ""


def _line(detail: Mapping[str, object]) -> str:
    """A mistake of pydantic's as one line of ours, without the value."""
    name = _variable(detail)
    if detail["type"] == "missing":
        return f"{name} is not set"
    message = str(detail["msg"]).removeprefix("Value error, ")
    return f"{name}: {message}" if name else message
