"""The data directory: its marker, its lock."""

import stat
from pathlib import Path

import pytest

from server.db.data_directory import (
    DataDirectory,
    find_data_directory,
    make_data_directory,
    mark_data_directory,
    write_durably,
)
from server.errors import SettingsError


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    made = make_data_directory(tmp_path / "study", "sqlite")
    mark_data_directory(made)
    return made


def test_a_marked_directory_is_found_again(directory: DataDirectory) -> None:
    assert find_data_directory(directory.path) == directory


def test_without_a_marker_it_is_none(tmp_path: Path) -> None:
    assert find_data_directory(tmp_path) is None
    assert find_data_directory(tmp_path / "nowhere") is None


@pytest.mark.parametrize("marker", ["", "[]", '{"format": 2, "store": "sqlite"}', '{"format": 1}'])
def test_another_marker_is_refused(directory: DataDirectory, marker: str) -> None:
    (directory.path / "doseline.json").write_text(marker)
    with pytest.raises(SettingsError, match="nothing was done"):
        find_data_directory(directory.path)


def test_one_server_holds_it_at_a_time(directory: DataDirectory) -> None:
    with directory.locked(), pytest.raises(SettingsError, match="another doseline server"):
        directory.locked().__enter__()
    with directory.locked():
        pass


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_durably(path, b"one", mode=0o600)
    write_durably(path, b"two", mode=0o600)
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]
