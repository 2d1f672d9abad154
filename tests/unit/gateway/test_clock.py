"""Stamps and boots."""

import asyncio
import time
from pathlib import Path

import pytest

from gateway.clock import NS_PER_S, SystemClock, read_boot_id
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


def test_b1_the_monotonic_stamp_is_the_monotonic_clock_s_and_the_wall_stamp_the_wall_clock_s() -> (
    None
):
    """Goes red if one is read where the other is meant: they are decades apart."""
    before_ns, wall_before_ns = time.monotonic_ns(), time.time_ns()
    at = SystemClock(BootId("b")).now()
    after_ns, wall_after_ns = time.monotonic_ns(), time.time_ns()
    assert before_ns <= at.monotonic_ns <= after_ns
    assert wall_before_ns <= at.wall_ns <= wall_after_ns


async def test_b1_an_alarm_is_due_by_the_monotonic_clock() -> None:
    clock, loop = SystemClock(BootId("b")), asyncio.get_running_loop()
    earliest_s = loop.time() + 3600
    cancel = clock.call_at(clock.now().monotonic_ns + 3600 * NS_PER_S, lambda: None)
    alarm: asyncio.TimerHandle = cancel.__self__  # type: ignore[attr-defined]
    assert alarm.when() == pytest.approx(earliest_s, abs=60)
    cancel()
    assert alarm.cancelled()
