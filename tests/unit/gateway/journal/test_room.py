"""How much is kept with how much room, and the ballast."""

from pathlib import Path

import pytest

from gateway.journal.room import MIB, Ballast, choose_level, read_room
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
    room = read_room(tmp_path)
    assert room.free_bytes > 0
    assert 0.0 <= room.used_fraction <= 1.0
