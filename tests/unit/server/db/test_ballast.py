"""The server's ballast: real room, laid again when it was used, never half of it."""

import logging
from pathlib import Path

import pytest

from server.db.ballast import Ballast

MIB = 1024 * 1024
ALL = 2**62  # more than any disk has


def test_a6_ballast_is_laid_once_and_takes_sixteen_mebibytes(tmp_path: Path) -> None:
    ballast = Ballast(tmp_path / "ballast")
    assert not ballast.is_laid
    assert ballast.lay()
    laid = (tmp_path / "ballast").stat()
    assert laid.st_size == 16 * MIB
    assert laid.st_blocks * 512 >= 16 * MIB  # st_blocks counts 512 bytes (stat(2))
    assert ballast.lay()
    assert (tmp_path / "ballast").stat().st_mtime_ns == laid.st_mtime_ns


def test_a6_no_room_leaves_nothing_behind_and_half_is_none(tmp_path: Path) -> None:
    path = tmp_path / "ballast"
    assert not Ballast(path, size_bytes=ALL, needs_free_bytes=0).lay()
    assert not path.exists()
    assert not Ballast(path, needs_free_bytes=ALL).lay()
    assert not path.exists()
    path.write_bytes(b"half of it")
    assert not Ballast(path).is_laid
    assert Ballast(path).lay()
    assert path.stat().st_size == 16 * MIB


def test_a6_no_ballast_is_told_once_and_so_is_its_return(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ballast = Ballast(tmp_path / "ballast", needs_free_bytes=ALL)
    with caplog.at_level(logging.INFO):
        for needs_free_bytes in (ALL, ALL, 0, 0):
            ballast._needs_free_bytes = needs_free_bytes
            ballast.lay()
    told = [(entry.levelname, entry.getMessage().split(",")[0]) for entry in caplog.records]
    assert [level for level, _ in told] == ["WARNING", "INFO"]
    assert "no ballast" in told[0][1]
    assert "there again" in told[1][1]
