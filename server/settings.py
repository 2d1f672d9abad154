"""The server's settings: from the command line, else from `DOSELINE_…`, read once."""

import ipaddress
import os
import re
from pathlib import Path
from typing import Final

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from server.certificates.place import find_folder
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
    host: str = Field(
        default="127.0.0.1",
        description="address to listen on: loopback, or with certificates any of this machine's",
    )
    port: int = Field(
        default=8000, description="port to listen on; 0 takes a free one and prints it"
    )
    trust_port: int | None = Field(
        default=None,
        description="port of the plain page that shows tablets how to trust the certificate",
    )

    backup_to: Path | None = Field(
        default=None, description="folder on another disk that `serve` backs the study up to"
    )

    @field_validator("port", mode="before")
    @classmethod
    def _is_port(cls, given: object) -> int:
        return _parse_port(given)

    @field_validator("trust_port", mode="before")
    @classmethod
    def _is_trust_port(cls, given: object, others: ValidationInfo) -> int | None:
        if given is None:
            return None
        if not _has_certificates(others):
            message = "there is no certificate to trust yet; doseline-server certs init makes one"
            raise ValueError(message)
        return _parse_port(given)

    @field_validator("host")
    @classmethod
    def _is_loopback_or_secure(cls, host: str, others: ValidationInfo) -> str:
        """Without HTTPS anybody in between would read passwords and health data (decision 0008)."""
        if not host.strip():
            message = "the address is empty; give 127.0.0.1, or leave --host and DOSELINE_HOST out"
            raise ValueError(message)
        if not is_loopback(host) and not _has_certificates(others):
            message = (
                f"{host} would send passwords and health data over the network unencrypted;"
                " use 127.0.0.1, or make certificates with doseline-server certs init"
            )
            raise ValueError(message)
        return host

    @property
    def database_url(self) -> str | None:
        return None if self.database is None else self.database.get_secret_value()


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server that listens there."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_port(given: object, argument: str) -> int:
    """A port of the command line. Raises SettingsError naming the argument."""
    try:
        return _parse_port(given)
    except ValueError as error:
        raise SettingsError(f"{argument}: {error}") from None


def _parse_port(given: object) -> int:
    text = str(given)
    if not (re.fullmatch(r"[0-9]{1,5}", text) and int(text) <= MAX_PORT):
        message = f"{text[:20]!r} is no port; give a number from 0 to {MAX_PORT}, 0 for a free one"
        raise ValueError(message)
    return int(text)


def _has_certificates(others: ValidationInfo) -> bool:
    """Whether the data directory, which was read before, has any; what is wrong with them is told
    by whoever uses them."""
    data = others.data.get("data")
    return isinstance(data, Path) and find_folder(data).is_there()


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
