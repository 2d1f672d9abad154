"""Settings: flags before environment, every problem at once, loopback only."""

import re
from pathlib import Path

import pytest

from server.errors import SettingsError
from server.settings import Settings, read_settings
from tests.certificates import make_certificates


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


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.168.1.4", "gym.example"])
def test_any_other_host_is_refused_with_the_reason(host: str) -> None:
    with pytest.raises(SettingsError, match="over the network unencrypted"):
        read_settings(data=Path("d"), host=host)


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.168.1.4", "gym.local"])
def test_with_certificates_any_host_passes(host: str, tmp_path: Path) -> None:
    make_certificates(tmp_path)
    settings = read_settings(data=tmp_path, host=host, trust_port="8080")
    assert (settings.host, settings.trust_port) == (host, 8080)


def test_a_page_about_trust_needs_a_certificate(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no certificate to trust yet; .*certs init"):
        read_settings(data=tmp_path, trust_port=8080)
    assert read_settings(data=tmp_path).trust_port is None


@pytest.mark.parametrize("host", ["", " "])
def test_an_empty_host_is_told_and_not_taken_for_any(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SettingsError, match="the address is empty; give 127.0.0.1"):
        read_settings(data=Path("d"), host=host)
    monkeypatch.setenv("DOSELINE_HOST", host)
    with pytest.raises(SettingsError, match="the address is empty; give 127.0.0.1"):
        read_settings(data=Path("d"))
    assert read_settings(data=Path("d"), host="::1").host == "::1"  # a flag wins


@pytest.mark.parametrize("port", ["abc", "80a", "", "-1", "8_000", "٣", "65536", "80\n", 70_000])
def test_what_is_no_port_is_told_in_a_sentence(
    port: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = rf"port: {re.escape(repr(str(port)))} is no port; give a number from 0 to 65535"
    with pytest.raises(SettingsError, match=sentence):
        read_settings(data=Path("d"), port=port)
    monkeypatch.setenv("DOSELINE_PORT", str(port) or "x")
    with pytest.raises(SettingsError, match="is no port"):
        read_settings(data=Path("d"))


def test_a_port_of_a_thousand_digits_is_one_short_sentence() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(data=Path("d"), port="9" * 10_000)
    assert len(str(caught.value)) < 100


@pytest.mark.parametrize(("port", "number"), [("0", 0), ("8000", 8000), (65_535, 65_535)])
def test_ports_pass(port: object, number: int) -> None:
    assert read_settings(data=Path("d"), port=port).port == number


def test_every_problem_is_reported_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(host=EVERYWHERE, port=70_000)
    for word in ("--data", EVERYWHERE, "port"):
        assert word in str(caught.value)


def test_the_database_password_is_not_shown() -> None:
    settings = read_settings(data=Path("d"), database="postgresql://u:hunter2@h/d")
    assert "hunter2" not in repr(settings)
    assert settings.database_url == "postgresql://u:hunter2@h/d"
