"""How much is kept with how much room, and the ballast."""

import os
import shutil
from pathlib import Path

import pytest

from gateway.journal.room import MIB, Ballast, choose_level, judge_room, read_room
from gateway.journal.shedding import Keep


@pytest.mark.parametrize(
    ("free_mib", "has_ballast", "level"),
    [
        (1000, True, Keep.EVERYTHING),
        (4, True, Keep.EVERYTHING),
        (3, True, Keep.HEART_RATE),
        (24, False, Keep.EVERYTHING),
        (23, False, Keep.WITHOUT_MOVEMENT),
        (4, False, Keep.WITHOUT_MOVEMENT),
        (3, False, Keep.HEART_RATE),
        (0, False, Keep.HEART_RATE),
    ],
)
def test_a6_less_room_keeps_less(free_mib: int, has_ballast: bool, level: Keep) -> None:
    assert choose_level(free_mib * MIB, has_ballast) is level


def test_the_ballast_takes_real_room_and_gives_it_back(tmp_path: Path) -> None:
    ballast = Ballast(tmp_path / "ballast", size_bytes=MIB)
    assert not ballast.is_aboard()
    assert ballast.take_aboard()
    assert ballast.take_aboard()
    assert (tmp_path / "ballast").stat().st_blocks * 512 >= MIB
    assert ballast.throw_off()
    assert not ballast.throw_off()
    assert not (tmp_path / "ballast").exists()


def test_no_room_for_the_ballast_leaves_nothing_behind(tmp_path: Path) -> None:
    ballast = Ballast(tmp_path / "ballast", size_bytes=2**62)
    assert not ballast.take_aboard()
    assert not (tmp_path / "ballast").exists()


def test_room_is_what_the_disk_says(tmp_path: Path) -> None:
    """Witness: Python's own reading of the same disk."""
    room = read_room(tmp_path)
    witness = shutil.disk_usage(tmp_path)
    used_fraction = witness.used / (witness.used + witness.free)
    assert room.free_bytes == pytest.approx(witness.free, rel=0.05)
    assert room.used_fraction == pytest.approx(used_fraction, abs=0.02)


def test_a6_blocks_reserved_for_the_administrator_are_neither_used_nor_free() -> None:
    """Goes red if reserved blocks count as used (0.55), as free (0.3), or nothing is (0.0)."""
    n_blocks, n_free, n_available = 1000, 700, 450
    disk = os.statvfs_result((8192, 4096, n_blocks, n_free, n_available, 0, 0, 0, 0, 255))
    room = judge_room(disk)
    assert room.free_bytes == 450 * 4096
    assert room.used_fraction == pytest.approx(0.4)
