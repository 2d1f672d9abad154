"""The server's settings: from the command line, else from `DOSELINE_…`, read once."""

import ipaddress
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from server.errors import SettingsError


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
    port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=8000, description="port to listen on; 0 takes a free one and prints it"
    )

    @field_validator("host")
    @classmethod
    def _is_loopback(cls, host: str) -> str:
        """People can't sign in yet, and the page shows health data (decision 0008)."""
        try:
            loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
        except ValueError:
            loopback = False
        if not loopback:
            message = (
                f"{host} would show health data to the network, and people can't sign in yet;"
                " use 127.0.0.1"
            )
            raise ValueError(message)
        return host

    @property
    def database_url(self) -> str | None:
        return None if self.database is None else self.database.get_secret_value()


def read_settings(**given: object) -> Settings:
    """Settings from what was given (None: not given) and the environment. Raises SettingsError."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        problems = [_explain(str(one["loc"][0]), one["msg"]) for one in error.errors()]
        raise SettingsError("; ".join(problems)) from None


def _explain(name: str, message: str) -> str:
    if message == "Field required":
        return f"--{name} (or DOSELINE_{name.upper()}) is needed"
    return f"{name}: {message.removeprefix('Value error, ')}"
