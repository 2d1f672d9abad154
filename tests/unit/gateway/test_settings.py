"""Settings: every problem at once, flags over environment, secrets masked."""

from pathlib import Path

import pytest

from gateway.errors import SettingsError
from gateway.settings import Settings, describe_settings, load_settings
from tests.certificates import make_certificates


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


def test_f11_no_part_of_the_token_is_shown(given: dict[str, object]) -> None:
    told = describe_settings(load_settings(given))
    assert told["token"] == "(set)"
    assert "abcd" not in str(told)


@pytest.mark.parametrize(
    "address",
    [
        "https://somebody:secret-word@gym.example",
        "http://secret-word@127.0.0.1:8000",
        "http://:secret-word@127.0.0.1:8000",
        "somebody:secret-word@gym.example",
    ],
)
def test_f11_an_address_with_a_password_is_refused_and_not_repeated(
    given: dict[str, object], address: str
) -> None:
    with pytest.raises(SettingsError, match="--server") as caught:
        load_settings(given | {"server": address})
    assert "secret-word" not in str(caught.value)


@pytest.mark.parametrize(
    ("variable", "text", "sentence"),
    [
        ("STATUS", "abc", "is 'abc': a whole number is needed"),
        ("STATUS", "70000", "is '70000': a port from 0 to 65535 is needed"),
        ("ACC_RATE", "fast", "is 'fast': a whole number is needed"),
        ("JOURNAL_WAL", "perhaps", "is 'perhaps': true or false is needed"),
    ],
)
def test_a_wrong_value_in_the_environment_gets_a_plain_sentence(
    given: dict[str, object],
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    text: str,
    sentence: str,
) -> None:
    monkeypatch.setenv(f"DOSELINE_{variable}", text)
    with pytest.raises(SettingsError) as caught:
        load_settings(given)
    assert str(caught.value).endswith(sentence)


def test_settings_can_t_change(given: dict[str, object]) -> None:
    settings = load_settings(given)
    with pytest.raises(ValueError, match="frozen"):
        settings.acc_rate = 100


@pytest.mark.parametrize("content", [None, "", "no certificate"])
def test_an_authority_that_is_no_certificate_is_told_at_the_start(
    given: dict[str, object], tmp_path: Path, content: str | None
) -> None:
    authority = tmp_path / "authority.crt"
    if content is not None:
        authority.write_text(content)
    with pytest.raises(
        SettingsError, match="--authority .*a file with the authority's certificate"
    ):
        load_settings(given | {"authority": authority})


def test_an_authority_is_taken_as_the_server_made_it(
    given: dict[str, object], tmp_path: Path
) -> None:
    folder, _ = make_certificates(tmp_path)
    authority = folder.authority_certificate
    assert load_settings(given | {"authority": authority}).authority == authority
    assert load_settings(given).authority is None
