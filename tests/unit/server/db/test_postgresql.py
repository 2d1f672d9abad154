"""A PostgreSQL that could lose what it acknowledged is refused, with every reason."""

from typing import Any

import pytest

from server.db.postgresql import REQUIRED_SETTINGS, check_settings
from server.errors import SettingsError

SAFE = {name: sorted(allowed)[0] for name, allowed in REQUIRED_SETTINGS.items()}


class ShowingConnection:
    """A connection that answers SHOW."""

    def __init__(self, settings: dict[str, str]) -> None:
        self._settings = settings
        self._asked = ""

    def exec_driver_sql(self, statement: str) -> Any:
        self._asked = statement.removeprefix("SHOW ")
        return self

    def scalar_one(self) -> str:
        return self._settings[self._asked]


def _check(**changes: str) -> None:
    connection: Any = ShowingConnection(SAFE | changes)
    check_settings(connection)


def test_a3_safe_settings_pass() -> None:
    _check()
    _check(synchronous_commit="remote_apply")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fsync", "off"),
        ("synchronous_commit", "off"),
        ("synchronous_commit", "local"),
        ("full_page_writes", "off"),
        ("data_sync_retry", "on"),
        ("data_checksums", "off"),
    ],
)
def test_a3_each_unsafe_setting_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} is {value}"):
        _check(**{name: value})


def test_all_unsafe_settings_are_named_at_once() -> None:
    with pytest.raises(SettingsError, match=r"fsync is off.*data_checksums is off.*pg_checksums"):
        _check(fsync="off", data_checksums="off")
