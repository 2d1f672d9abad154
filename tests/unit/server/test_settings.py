"""Settings: flags before environment, every problem at once, loopback only."""

from pathlib import Path

import pytest

from server.errors import SettingsError
from server.settings import Settings, read_settings


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"DOSELINE_{name.upper()}", raising=False)


def test_flags_win_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSELINE_PORT", "9001")
    monkeypatch.setenv("DOSELINE_DATA", "from-environment")
    settings = read_settings(data=Path("from-flag"), port=None)
    assert (settings.data, settings.port) == (Path("from-flag"), 9001)


def test_an_empty_variable_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSELINE_DATABASE", "")
    assert read_settings(data=Path("d")).database_url is None


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.9", "::1", "localhost"])
def test_loopback_hosts_pass(host: str) -> None:
    assert read_settings(data=Path("d"), host=host).host == host


EVERYWHERE = "0.0.0.0"  # noqa: S104


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.168.1.4", "gym.example", ""])
def test_any_other_host_is_refused_with_the_reason(host: str) -> None:
    with pytest.raises(SettingsError, match="people can't sign in yet"):
        read_settings(data=Path("d"), host=host)


def test_every_problem_is_reported_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(host=EVERYWHERE, port=70_000)
    for word in ("--data", EVERYWHERE, "port"):
        assert word in str(caught.value)


def test_the_database_password_is_not_shown() -> None:
    settings = read_settings(data=Path("d"), database="postgresql://u:hunter2@h/d")
    assert "hunter2" not in repr(settings)
    assert settings.database_url == "postgresql://u:hunter2@h/d"
