"""The server's settings: from the command line, else from `DOSELINE_…`, read once."""

import ipaddress
import os
import re
from pathlib import Path
from typing import Final

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from server.errors import SettingsError

MAX_PORT: Final = 65_535


class Settings(BaseSettings):
    """Frozen; built in a command and handed down. The table in README.md lists every field."""

    model_config = SettingsConfigDict(
        env_prefix="DOSELINE_", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    data: Path = Field(description="data directory that init made")
    database: SecretStr | None = Field(
        default=None, description="postgresql://… address; without it SQLite in the data directory"
    )
    host: str = Field(default="127.0.0.1", description="loopback address to listen on")
    port: int = Field(
        default=8000, description="port to listen on; 0 takes a free one and prints it"
    )

    backup_to: Path | None = Field(
        default=None, description="folder on another disk that `serve` backs the study up to"
    )

    @field_validator("port", mode="before")
    @classmethod
    def _is_port(cls, given: object) -> int:
        text = str(given)
        if not (re.fullmatch(r"[0-9]{1,5}", text) and int(text) <= MAX_PORT):
            message = (
                f"{text[:20]!r} is no port; give a number from 0 to {MAX_PORT}, 0 for a free one"
            )
            raise ValueError(message)
        return int(text)

    @field_validator("host")
    @classmethod
    def _is_loopback(cls, host: str) -> str:
        """Without HTTPS anybody in between would read passwords and health data (decision 0008)."""
        if not host.strip():
            message = "the address is empty; give 127.0.0.1, or leave --host and DOSELINE_HOST out"
            raise ValueError(message)
        try:
            loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
        except ValueError:
            loopback = False
        if not loopback:
            message = (
                f"{host} would send passwords and health data over the network unencrypted;"
                " use 127.0.0.1"
            )
            raise ValueError(message)
        return host

    @property
    def database_url(self) -> str | None:
        return None if self.database is None else self.database.get_secret_value()


def read_settings(**given: object) -> Settings:
    """Settings from what was given (None: not given) and the environment. Raises SettingsError."""
    # To other servers an empty address means all of them: it is told, not taken for no setting.
    if given.get("host") is None and os.environ.get("DOSELINE_HOST") == "":
        given["host"] = ""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        problems = [_explain(str(one["loc"][0]), one["msg"]) for one in error.errors()]
        raise SettingsError("; ".join(problems)) from None


def _explain(name: str, message: str) -> str:
    if message == "Field required":
        return f"--{name.replace('_', '-')} (or DOSELINE_{name.upper()}) is needed"
    return f"{name}: {message.removeprefix('Value error, ')}"
