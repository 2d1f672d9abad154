"""Stamps and boots."""

from pathlib import Path

from gateway.clock import SystemClock, read_boot_id
from protocol.identifiers import BootId


def test_the_boot_is_the_systems_own(tmp_path: Path) -> None:
    file = tmp_path / "boot_id"
    file.write_text("ce953207-706b-403b-914d-2df8a5f9e1fe\n")
    assert read_boot_id(file) == "ce953207-706b-403b-914d-2df8a5f9e1fe"


def test_without_one_each_start_is_a_boot_of_its_own(tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    assert read_boot_id(absent) != read_boot_id(absent)


def test_b1_stamps_never_go_back() -> None:
    clock = SystemClock(BootId("b"))
    stamps = [clock.now() for _ in range(100)]
    assert [at.monotonic_ns for at in stamps] == sorted(at.monotonic_ns for at in stamps)
    assert {at.boot_id for at in stamps} == {"b"}
