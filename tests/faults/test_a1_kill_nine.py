"""Promise A1: kill -9 of any of the three programs at any instant loses nothing acknowledged.

A day's seed is fixed, a night's is printed.
"""

import random
from pathlib import Path

import pytest

from firmware_sim.scenario.faults import Fault, FaultKind
from tests.rehearsing import Rehearse, failed, make_rehearse

pytestmark = pytest.mark.faults

KILLS_IN_CI = 42  # promises.md A1: at least 40
KILLS_AT_NIGHT, PARTS_OF_A_NIGHT = 1000, 10
VICTIMS = (FaultKind.KILL_SERVER, FaultKind.KILL_GATEWAY, FaultKind.KILL_STRAPS)
WEIGHTS = (6, 4, 1)
LONGEST_PEACE_S = 0.6  # most kills come while what was killed before is still coming back …
STREAMING_AGAIN_S = (2.5, 3.0)  # … and every fifth when all straps stream again


@pytest.fixture
def rehearse(tmp_path: Path) -> Rehearse:
    return make_rehearse(tmp_path)


def draw_kills(seed: int | str, n: int) -> list[Fault]:
    """Kills at random moments; each comes when the one before is carried out, at the earliest."""
    rng = random.Random(seed)
    kills, at_s = [], 0.0
    for number, kind in enumerate(rng.choices(VICTIMS, WEIGHTS, k=n)):
        at_s += rng.uniform(*(STREAMING_AGAIN_S if number % 5 == 0 else (0.0, LONGEST_PEACE_S)))
        kills.append(Fault(kind, at_s, options={"restart_after_s": rng.uniform(0.0, 0.2)}))
    return kills


@pytest.mark.timeout(300)
async def test_a1_nothing_is_lost_over_forty_kills(rehearse: Rehearse) -> None:
    verdict = await rehearse(20, draw_kills(1, KILLS_IN_CI), n_straps=5)
    assert failed(verdict) == {}
    assert verdict.findings.n_archived > 500  # bytes flowed between the kills
    assert verdict.gaps_declared > 0


@pytest.mark.nightly
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("part", range(PARTS_OF_A_NIGHT))
async def test_a1_nothing_is_lost_over_a_thousand_kills(
    rehearse: Rehearse, night_seed: int, part: int
) -> None:
    kills = draw_kills(f"{night_seed}/{part}", KILLS_AT_NIGHT // PARTS_OF_A_NIGHT)
    verdict = await rehearse(30, kills, n_straps=5)
    assert failed(verdict) == {}
    assert verdict.gaps_declared > 0


@pytest.mark.timeout(180)
async def test_d5_a_gateway_killed_amid_its_connects_needs_no_hand(rehearse: Rehearse) -> None:
    """Killed three times while it connects; then every strap streams again by itself."""
    kills = [
        Fault(FaultKind.KILL_GATEWAY, at_s, options={"restart_after_s": 0.0})
        for at_s in (0.0, 1.3, 2.7)
    ]
    verdict = await rehearse(11, kills, n_straps=8)
    assert failed(verdict) == {}
    stamps = [(kept.monotonic_ns, kept.strap) for _, kept in verdict.findings.arrivals]
    last_ns, _ = max(stamps)
    streaming = {strap for stamp_ns, strap in stamps if stamp_ns > last_ns - 3 * 10**9}
    assert len(streaming) == 8


@pytest.mark.timeout(180)
async def test_a1_a_server_that_is_away_loses_nothing_and_needs_no_gap(rehearse: Rehearse) -> None:
    away = Fault(FaultKind.SERVER_AWAY, 0.5, for_s=3.0)
    verdict = await rehearse(5, [away], n_straps=3)
    assert failed(verdict) == {}
    assert verdict.gaps_declared == 0
