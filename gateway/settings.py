"""The gateway's settings: environment (DOSELINE_…) under command line, checked all at once."""

import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from gateway.errors import SettingsError
from gateway.straps.models.profile import ACC_RATES_HZ

ENVIRONMENT_PREFIX = "DOSELINE_"

_PORT = "a port from 0 to 65535 is needed"
_REASONS = {  # pydantic's kinds of error, in words for a person
    "int_parsing": "a whole number is needed",
    "int_type": "a whole number is needed",
    "bool_parsing": "true or false is needed",
    "greater_than_equal": _PORT,
    "less_than_equal": _PORT,
}
_NEVER_SHOWN = {"server"}  # a password may be in it


def _http_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.username is not None or parts.password is not None:
        # It would be sent instead of the token, and end up in logs.
        raise ValueError(
            "an address without a name or password is needed; the token file is enough"
        )
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("an address such as http://127.0.0.1:8000 is needed")
    return text.rstrip("/")


def _readable_token(path: Path) -> Path:
    if not path.is_file():
        raise ValueError(f"there is no file {path}; 'doseline-server gateways enrol' makes it")
    return path


def _certificate(path: Path | None) -> Path | None:
    if path is None:
        return None
    try:
        ssl.create_default_context(cafile=str(path))
    except OSError:  # ssl.SSLError is one
        raise ValueError(
            "a file with the authority's certificate is needed; the server has it as"
            " certs/authority.crt"
        ) from None
    return path


def _dotted_factory(text: str) -> str:
    if text and (text.count(":") != 1 or not all(text.split(":"))):
        raise ValueError("a dotted path such as package.module:factory is needed")
    return text


def _offered_rate(rate_hz: int) -> int:
    if rate_hz not in ACC_RATES_HZ:
        raise ValueError(f"one of {', '.join(map(str, ACC_RATES_HZ))} is needed")
    return rate_hz


class Settings(BaseSettings):
    """Built once by the command and passed down; nothing reads the environment later."""

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX, frozen=True, extra="ignore", env_ignore_empty=True
    )

    server: Annotated[str, AfterValidator(_http_address)] = Field(
        description="address of the server, such as http://127.0.0.1:8000"
    )
    token_file: Annotated[Path, AfterValidator(_readable_token)] = Field(
        description="file with this gateway's token, one line"
    )
    authority: Annotated[Path | None, AfterValidator(_certificate)] = Field(
        default=None,
        description="certificate of the server's authority, where the server has one of its own",
    )
    journal: Path = Field(description="folder of the journal, on a local disk")
    ble_backend: Annotated[str, AfterValidator(_dotted_factory)] = Field(
        default="", description="dotted path of another radio backend; empty: this system's"
    )
    radio: str = Field(default="", description="HOST:PORT for that backend")
    acc_rate: Annotated[int, AfterValidator(_offered_rate)] = Field(
        default=200, description="acceleration, samples a second"
    )
    status: int | None = Field(
        default=None, ge=0, le=65535, description="port of the status page on this machine"
    )
    journal_wal: bool = Field(
        default=False, description="write-ahead journal mode, where SQLite is new enough for it"
    )


def load_settings(given: Mapping[str, object]) -> Settings:
    """Settings from the environment, overridden by what was given. Raises SettingsError."""
    chosen = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**chosen)  # type: ignore[arg-type]  # checked by pydantic, told below
    except ValidationError as error:
        problems = [_sentence(dict(found)) for found in error.errors()]
        raise SettingsError("; ".join(problems)) from None


def describe_settings(settings: Settings) -> dict[str, str | int | bool | None]:
    """Every setting in force, the token itself never."""
    return {**settings.model_dump(mode="json"), "token": _mask(settings.token_file)}


def flag_of(name: str) -> str:
    """A setting's flag on the command line."""
    return "--" + name.removeprefix("ble_").replace("_", "-")


def _mask(token_file: Path) -> str:
    try:
        token_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return "(unreadable)"
    return "(set)"


def _sentence(found: dict[str, object]) -> str:
    location = found.get("loc")
    name = str(location[0]) if isinstance(location, tuple) and location else "settings"
    flag, variable = flag_of(name), f"{ENVIRONMENT_PREFIX}{name.upper()}"
    if found.get("type") == "missing":
        return f"{flag} is needed (or {variable})"
    told = str(found.get("msg")).removeprefix("Value error, ")
    reason = _REASONS.get(str(found.get("type")), told)
    shown = "not usable" if name in _NEVER_SHOWN else repr(found.get("input"))
    return f"{flag} (or {variable}) is {shown}: {reason}"
