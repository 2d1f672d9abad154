"""`strap release`: the person's side of a conflict of addresses."""

from pathlib import Path

import pytest

from gateway.address_key import load_address_hash
from gateway.cli import main
from gateway.journal.folder import JournalFolder
from gateway.straps.first_use_file import FILE_NAME, KEY_NAME, load_first_uses, save_first_uses
from gateway.straps.whereabouts import FirstUse
from protocol.identifiers import StrapId

A, B = StrapId("51ADA001"), StrapId("51ADA002")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    known = {strap: FirstUse("h", told_serial=False) for strap in (A, B)}
    save_first_uses(tmp_path / FILE_NAME, load_address_hash(tmp_path / KEY_NAME), known)
    return tmp_path


def release(folder: Path, serial: str) -> int:
    return main(["strap", "release", "--journal", str(folder), "--serial", serial])


def test_a_released_strap_is_forgotten_and_no_other(folder: Path) -> None:
    assert release(folder, "51ada001") == 0
    known = load_first_uses(folder / FILE_NAME, load_address_hash(folder / KEY_NAME))
    assert list(known) == [B]


@pytest.mark.parametrize(
    ("serial", "sentence"),
    [
        ("51ADA009", "was never met here; these were: 51ADA001, 51ADA002"),
        ("not a serial!", "is not a strap serial"),
    ],
)
def test_a_strap_that_isn_t_there_is_told(
    folder: Path, serial: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        release(folder, serial)
    assert caught.value.code == 2
    assert sentence in capsys.readouterr().err


def test_a_folder_without_first_uses_is_told_and_not_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        release(tmp_path / "none", "51ADA001")
    assert "no strap was ever met" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_a_gateway_that_runs_would_write_its_own_again(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with JournalFolder(folder), pytest.raises(SystemExit):
        release(folder, "51ADA001")
    assert "another gateway is using" in capsys.readouterr().err
