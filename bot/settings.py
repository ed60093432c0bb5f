"""Settings: everything that the process is told by its environment."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_POSTGRESQL = "postgresql+psycopg://"
_POSTGRESQL_AS_WRITTEN = re.compile(r"postgres(ql)?(\+psycopg)?://(?=.)")
_ADMIN = re.compile(r"[UW][A-Z0-9]{2,}|[^@\s]+@[^@\s]+\.[^@\s]+")


class SettingsError(Exception):
    """Says in one sentence which variables of the environment are missing, wrong or contradictory."""


def _token(prefix: str) -> BeforeValidator:
    def check(text: str) -> str:
        if not text.startswith(prefix):
            raise ValueError(f"must begin with {prefix}")
        return text

    return BeforeValidator(check)


def _port(text: str) -> int:
    # isdigit() alone also accepts digits of other scripts, in which nobody means a port.
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise ValueError("must be a number from 1 to 65535")
    return int(text)


def _database_url(text: str) -> str:
    if text.startswith("sqlite:///") and text != "sqlite:///":
        return text
    if _POSTGRESQL_AS_WRITTEN.match(text):
        return _POSTGRESQL_AS_WRITTEN.sub(_POSTGRESQL, text, count=1)
    raise ValueError(f"must begin with sqlite:/// or {_POSTGRESQL} and name a database")


def _api_url(text: str) -> str:
    if not re.match(r"https?://[^/\s]", text):
        raise ValueError("must begin with https:// or http://")
    return text if text.endswith("/") else f"{text}/"


def _handbook(text: str) -> Path:
    if not Path(text).is_file():
        raise ValueError(f"names a file that is not there ({text})")
    return Path(text)


def _admins(text: str) -> tuple[str, ...]:
    admins = tuple(admin for admin in re.split(r"[,;\s]+", text) if admin)
    wrong = [admin for admin in admins if not _ADMIN.fullmatch(admin)]
    if wrong:
        raise ValueError(f"must list Slack member ids or e-mail addresses, which {', '.join(wrong)} is not")
    return admins


def _log_level(text: str) -> str:
    if text.upper() not in LOG_LEVELS:
        raise ValueError(f"must be one of {', '.join(LOG_LEVELS)}")
    return text.upper()


Port = Annotated[int, BeforeValidator(_port)]


class Settings(BaseModel):
    """What the environment says, checked; each field is named as its variable is."""

    model_config = ConfigDict(frozen=True)

    slack_bot_token: Annotated[SecretStr, _token("xoxb-")] | None = None
    slack_app_token: Annotated[SecretStr, _token("xapp-")] | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: Annotated[str, BeforeValidator(_api_url)] | None = None
    # Not shown: it holds the password.
    database_url: Annotated[str, BeforeValidator(_database_url)] = Field("sqlite:///bidwell.db", repr=False)
    handbook: Annotated[Path, BeforeValidator(_handbook)] | None = None
    admins: Annotated[tuple[str, ...], BeforeValidator(_admins)] = ()
    log_level: Annotated[str, BeforeValidator(_log_level)] = "INFO"
    metrics_port: Port | None = None
    port: Port = 3000

    @property
    def socket_mode(self) -> bool:
        """Whether Slack is reached by Socket Mode; an app token decides it, even beside a signing secret."""
        return self.slack_app_token is not None


def secret(given: SecretStr | None) -> str:
    """Return a secret's value, or nothing where none is given."""
    return given.get_secret_value() if given else ""


def read_settings(environ: Mapping[str, str], *, needs_slack: bool = True) -> Settings:
    """Return the settings of an environment; raise SettingsError that names every variable at fault."""
    written = {name: environ.get(name.upper(), "").strip() for name in Settings.model_fields}
    given = {name: text for name, text in written.items() if text}
    faults = list(_missing(given)) if needs_slack else []
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        faults += [f"{str(fault['loc'][0]).upper()} {fault['ctx']['error']}" for fault in error.errors()]
    else:
        faults += _contradictions(settings)
    if faults:
        raise SettingsError(f"The environment is not right: {'; '.join(faults)}.")
    return settings


def _missing(given: Mapping[str, str]) -> Iterator[str]:
    if "slack_bot_token" not in given:
        yield "SLACK_BOT_TOKEN is not set"
    if "slack_app_token" not in given and "slack_signing_secret" not in given:
        yield "neither SLACK_APP_TOKEN (for Socket Mode) nor SLACK_SIGNING_SECRET (for HTTP) is set"


def _contradictions(settings: Settings) -> Iterator[str]:
    # In Socket Mode nothing listens on PORT, so there its default may be taken by METRICS_PORT.
    listens = not settings.socket_mode or "port" in settings.model_fields_set
    if listens and settings.port == settings.metrics_port:
        yield f"PORT and METRICS_PORT are both {settings.port}"
