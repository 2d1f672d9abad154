"""Promise B1: a wall clock that jumps or runs away harms no interval, no order, no link, no token.

The real gateway and server run while CLOCK_REALTIME, and it alone, is moved under them.
"""

import asyncio
import random
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from firmware_sim.rehearsal.chain_plan import PROGRAMS, ChainPlan
from firmware_sim.rehearsal.rehearsal import Rehearsal
from firmware_sim.rehearsal.verdict.verdict import Verdict
from tests.faults.clock_shift import WallClock
from tests.rehearsing import failed

pytestmark = pytest.mark.faults

HOUR_S, DAY_S = 3600, 86_400
Move = tuple[float, float, int]  # for how many seconds, offset in seconds, slope in ppm

# promises.md B1: ±1 h, ±1 day, ±500 ppm.
STEPS: Sequence[Move] = (
    (1.5, HOUR_S, 0), (1.5, -HOUR_S, 0), (1.5, DAY_S, 0), (1.5, -DAY_S, 0),
    (3.0, 0, 500), (0.5, 0, 0),
)  # fmt: skip
# The straps' wall clock stays where it was.
BY_DESIGN = {"wall stamps fit"}


@pytest.fixture
def clock(tmp_path: Path) -> WallClock:
    return WallClock(tmp_path)


async def rehearse_under(clock: WallClock, moves: Sequence[Move], folder: Path) -> Verdict:
    """A rehearsal whose gateway and server see these moves, one after the other."""
    programs = {
        name: (*clock.words, *words) if name != "straps" else words
        for name, words in PROGRAMS.items()
    }
    streaming = asyncio.Event()

    def hear(line: str) -> None:
        if "values sent" in line:
            streaming.set()

    async def move_clock() -> None:
        await streaming.wait()
        for seconds, offset_s, slope_ppm in moves:
            clock.move(offset_s, slope_ppm)
            await asyncio.sleep(seconds)

    seconds = sum(move[0] for move in moves)
    rehearsal = Rehearsal(ChainPlan(3, programs=programs), (), seconds, folder, hear)
    async with asyncio.TaskGroup() as tasks:
        moving = tasks.create_task(move_clock())
        verdict = await rehearsal.run()
        moving.cancel()
    return verdict


def assert_unharmed(verdict: Verdict) -> None:
    """Every value once, in order, on the links of before, and nothing declared missing."""
    assert failed(verdict).keys() <= BY_DESIGN
    assert verdict.gaps_declared == 0
    stamps: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for sent, kept in verdict.findings.arrivals:
        stamps[kept.strap, kept.characteristic].append(kept.monotonic_ns)
        assert sent.monotonic_ns <= kept.monotonic_ns
    assert len({strap for strap, _ in stamps}) == 3
    assert all(at == sorted(at) for at in stamps.values())


def gateway_offsets_s(verdict: Verdict) -> list[float]:
    """How far the gateway's wall clock was from the straps', at each value."""
    true_ns = {sent.wall_ns - sent.monotonic_ns for sent, _ in verdict.findings.arrivals}
    return [
        (kept.wall_ns - kept.monotonic_ns - min(true_ns)) / 1e9
        for _, kept in verdict.findings.arrivals
    ]


def server_hours(data: Path) -> set[int]:
    """In which hours of its wall clock the server stored uploads."""
    with closing(sqlite3.connect(data / "archive.sqlite3")) as archive:
        rows = archive.execute("SELECT received_wall_ns FROM archive_runs").fetchall()
    return {received_ns // (HOUR_S * 10**9) for (received_ns,) in rows}


def test_only_the_wall_clock_is_moved_by_offset_and_slope(clock: WallClock) -> None:
    """Under the library a program reads the true monotonic clock, and the wall clock as told."""
    read = "import time; print(time.monotonic_ns(), time.time_ns())"
    program = f"{read}; time.sleep(0.3); {read}"
    with clock:
        clock.move(DAY_S, slope_ppm=100_000)
        began_ns, true_ns = time.monotonic_ns(), time.time_ns() - time.monotonic_ns()
        words = [*clock.words, sys.executable, "-c", program]
        told = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    for line in told.splitlines():
        monotonic_ns, wall_ns = map(int, line.split())
        past_s = (monotonic_ns - began_ns) / 1e9
        assert 0 < past_s < 60
        assert (wall_ns - monotonic_ns - true_ns) / 1e9 - DAY_S == pytest.approx(
            past_s * 0.1, abs=0.01
        )


@pytest.mark.timeout(180)
async def test_b1_steps_of_an_hour_and_a_day_and_a_slope_change_nothing(
    clock: WallClock, tmp_path: Path
) -> None:
    with clock:
        verdict = await rehearse_under(clock, STEPS, tmp_path)
    assert_unharmed(verdict)
    offsets_s = gateway_offsets_s(verdict)
    hours = server_hours(tmp_path / "data")
    for _, offset_s, _ in STEPS:  # the clock was really moved, under both programs
        assert min(abs(found_s - offset_s) for found_s in offsets_s) < 1
    assert max(hours) - min(hours) >= 47


@pytest.mark.nightly
@pytest.mark.timeout(600)
async def test_b1_any_steps_and_slopes_for_two_minutes_change_nothing(
    clock: WallClock, tmp_path: Path, night_seed: int
) -> None:
    rng = random.Random(night_seed)
    moves = [
        (rng.uniform(0.2, 6.0), rng.uniform(-DAY_S, DAY_S), rng.choice([-500, 0, 500]))
        for _ in range(40)
    ]
    with clock:
        verdict = await rehearse_under(clock, moves, tmp_path)
    assert_unharmed(verdict)
