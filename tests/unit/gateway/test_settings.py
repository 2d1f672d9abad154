"""Settings: every problem at once, flags over environment, secrets masked."""

from pathlib import Path

import pytest

from gateway.errors import SettingsError
from gateway.settings import Settings, describe_settings, load_settings


@pytest.fixture
def given(tmp_path: Path) -> dict[str, object]:
    token_file = tmp_path / "gym.token"
    token_file.write_text("abcd" + "x" * 40 + "\n")
    return {"server": "http://127.0.0.1:8000/", "token_file": token_file, "journal": tmp_path}


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"DOSELINE_{name.upper()}", raising=False)


def test_defaults_are_those_of_the_readme(given: dict[str, object]) -> None:
    settings = load_settings(given)
    assert settings.server == "http://127.0.0.1:8000"
    assert (settings.ble_backend, settings.radio, settings.acc_rate) == ("", "", 200)
    assert (settings.status, settings.journal_wal) == (None, False)


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    wrong: dict[str, object] = {
        "server": "gym.example",
        "token_file": tmp_path / "nowhere",
        "acc_rate": 33,
        "status": 70000,
        "ble_backend": "package.module",
    }
    with pytest.raises(SettingsError) as caught:
        load_settings(wrong)
    told = str(caught.value)
    for name in (
        "--server",
        "--token-file",
        "--journal",
        "--acc-rate",
        "--status",
        "--backend",
    ):
        assert name in told
    assert "DOSELINE_JOURNAL" in told


def test_the_environment_fills_in_what_no_flag_says(
    given: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSELINE_ACC_RATE", "50")
    monkeypatch.setenv("DOSELINE_STATUS", "8081")
    settings = load_settings(given | {"status": 9000, "acc_rate": None})
    assert (settings.acc_rate, settings.status) == (50, 9000)


def test_secrets_are_masked(given: dict[str, object]) -> None:
    given["server"] = "https://somebody:secret-word@gym.example"
    told = describe_settings(load_settings(given))
    assert "secret-word" not in str(told)
    assert told["token"] == "abcd… (44 characters)"


def test_settings_can_t_change(given: dict[str, object]) -> None:
    settings = load_settings(given)
    with pytest.raises(ValueError, match="frozen"):
        settings.acc_rate = 100
