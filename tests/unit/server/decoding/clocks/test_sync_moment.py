"""Three knocks that several straps feel at once show how far their times are apart.

Simulated: knocks are pushes of 3 g and 15 ms; no recording of real ones is at hand. Each strap has
its own clock, rate and link, whose least delay is 5 to 120 ms.
"""

import random
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from firmware_sim.scenario.faults import FaultKind
from firmware_sim.strap.wearer import IntArray
from server.decoding.clocks.frames import Ints
from server.decoding.clocks.sync_moment import (
    CannotTell,
    SyncMoment,
    align,
    measure_sync_moment,
)
from server.decoding.clocks.timed import TimedAcceleration
from tests.unit.firmware_sim.strap.fakes import SECOND_NS, START_NS
from tests.unit.server.decoding.clocks.simulated_stream import (
    MS_NS,
    WALL_OFFSET_NS,
    Air,
    Happening,
    Simulated,
    Values,
    draw_stalls,
    simulate,
)

UTC_NS = START_NS + WALL_OFFSET_NS
LEAST_MS = (5.0, 30.0, 60.0, 120.0)
KNOCKED_S = 20.0


def still_chest(seed: int) -> Values:
    rng = np.random.default_rng(seed)

    def values(numbers: Ints, at_ns: Ints) -> IntArray:
        breath_mg = 9.0 * np.sin(2 * np.pi * 0.27 * (at_ns - START_NS) / SECOND_NS)
        noise_mg = rng.normal(0, 5, (numbers.size, 3))
        chest_mg = np.array([-1000.0, 0.0, 0.0]) + breath_mg[:, None] + noise_mg
        return np.rint(chest_mg).astype(np.int64)

    return values


def knock(at_s: float, pause_s: float = 0.4) -> Happening:
    def do(simulated: Simulated, now_ns: int) -> None:
        simulated.strap.inject(FaultKind.KNOCKS, now_ns, 0, {"pause_s": pause_s})

    return at_s, do


def hear(seed: int, least_ms: float, happenings: list[Happening], rate_hz: int = 200) -> Simulated:
    rng = random.Random(f"{seed}/sync")
    air = Air(rng, least_ms=least_ms, stalls_s=draw_stalls(rng, 60, per_minute=2))
    simulated = simulate(
        seed,
        clock_ppm=rng.uniform(-50, 50),
        rate_error=rng.uniform(-0.01, 0.01),
        air=air,
        rate_hz=rate_hz,
        values=still_chest(seed),
    )
    simulated.run(60, happenings)
    return simulated


def errors_ms(simulated: Simulated, timed: TimedAcceleration) -> NDArray[np.float64]:
    """By the order of samples: nothing was lost."""
    taken_ns = simulated.signal.taken_ns[: timed.utc_ns.size]
    late: NDArray[np.float64] = (timed.utc_ns - taken_ns - WALL_OFFSET_NS) / MS_NS
    return late


def measure(
    straps: dict[str, TimedAcceleration], from_s: float = 10, to_s: float = 30
) -> SyncMoment | CannotTell:
    from_ns, to_ns = (UTC_NS + round(one * SECOND_NS) for one in (from_s, to_s))
    return measure_sync_moment(straps, from_ns, to_ns)


def hear_together(seed: int, rate_hz: int) -> dict[str, Simulated]:
    return {
        f"{least_ms}": hear(10 * seed + at, least_ms, [knock(KNOCKED_S)], rate_hz)
        for at, least_ms in enumerate(LEAST_MS)
    }


@pytest.mark.parametrize("rate_hz", [200, 100])
@pytest.mark.parametrize("seed", range(3))
def test_straps_knocked_together_agree_within_50_ms(seed: int, rate_hz: int) -> None:
    heard = hear_together(seed, rate_hz)
    timed = {strap: simulated.time() for strap, simulated in heard.items()}
    moment = measure(timed)
    assert isinstance(moment, SyncMoment)
    assert moment.unplaced == {}
    # The median of the links is 45 ms late; the second knock is 0.4 s after the first.
    assert (moment.utc_ns - UTC_NS) / 1e9 == pytest.approx(KNOCKED_S + 0.4 + 0.045, abs=0.02)
    for strap, offset_ms in moment.offsets_ms.items():
        assert offset_ms == pytest.approx(float(strap) - 45, abs=8)
    assert moment.spread_ms == pytest.approx(115, abs=10)
    aligned = {strap: align(one, moment.offsets_ms[strap]) for strap, one in timed.items()}
    late_ms = [errors_ms(heard[strap], one) for strap, one in aligned.items()]
    n = min(map(len, late_ms))
    apart_ms = np.ptp([one[:n] for one in late_ms], axis=0)
    assert np.percentile(apart_ms, 95) <= 20  # promised are 50


@pytest.mark.parametrize("seed", range(3))
def test_at_50_hz_those_that_felt_them_agree(seed: int) -> None:
    """A knock between two samples is missed: such a strap is named, not guessed."""
    heard = hear_together(seed, 50)
    moment = measure({strap: simulated.time() for strap, simulated in heard.items()})
    assert isinstance(moment, SyncMoment)
    assert moment.offsets_ms.keys() | moment.unplaced.keys() == heard.keys()
    left_ms = [offset_ms - float(strap) for strap, offset_ms in moment.offsets_ms.items()]
    assert max(left_ms) - min(left_ms) <= 50


def test_gaps_move_with_the_samples() -> None:
    simulated = hear(1, 5.0, [])
    del simulated.records[100:104]
    timed = simulated.time()
    moved = align(timed, 40.0)
    assert (timed.utc_ns - moved.utc_ns == 40 * MS_NS).all()
    (gap,), (before,) = moved.gaps, timed.gaps
    shifted = replace(
        gap, from_utc_ns=gap.from_utc_ns + 40 * MS_NS, to_utc_ns=gap.to_utc_ns + 40 * MS_NS
    )
    assert shifted == before


def test_a_strap_that_felt_nothing_or_something_else_is_named() -> None:
    straps = {
        "a": hear(1, 5, [knock(KNOCKED_S)]).time(),
        "b": hear(2, 5, [knock(KNOCKED_S)]).time(),
        "silent": hear(3, 5, []).time(),
        "other rhythm": hear(4, 5, [knock(KNOCKED_S - 0.1, pause_s=0.6)]).time(),
        "other time": hear(5, 5, [knock(KNOCKED_S + 5)]).time(),
    }
    moment = measure(straps)
    assert isinstance(moment, SyncMoment)
    assert moment.offsets_ms.keys() == {"a", "b"}
    assert moment.unplaced == {
        "silent": CannotTell.NO_KNOCKS,
        "other rhythm": CannotTell.OTHER_KNOCKS,
        "other time": CannotTell.OTHER_KNOCKS,
    }


def test_it_can_t_tell() -> None:
    twice = [knock(KNOCKED_S), knock(KNOCKED_S + 5)]
    straps = {"a": hear(1, 5, twice).time(), "b": hear(2, 30, twice).time()}
    assert measure(straps) is CannotTell.SEVERAL
    assert isinstance(measure(straps, from_s=10, to_s=23), SyncMoment)
    assert isinstance(measure(straps, from_s=23, to_s=40), SyncMoment)
    assert measure(straps, from_s=30, to_s=50) is CannotTell.TOO_FEW_STRAPS
    assert measure({"a": straps["a"]}) is CannotTell.TOO_FEW_STRAPS
    assert measure({}) is CannotTell.TOO_FEW_STRAPS


def test_knocks_with_a_lost_frame_among_them_say_nothing() -> None:
    one, other = (hear(seed, 5, [knock(KNOCKED_S)]) for seed in (1, 2))
    hole_ns = START_NS + round((KNOCKED_S + 0.3) * SECOND_NS)
    one.records = [
        each for each in one.records if not 0 <= each.monotonic_ns - hole_ns < 300 * MS_NS
    ]
    assert one.time().gaps
    assert measure({"a": one.time(), "b": other.time()}) is CannotTell.TOO_FEW_STRAPS


def test_another_rhythm_is_measured_beside_the_offset() -> None:
    """By hand: pauses of 400 and 440 ms lie up to 20 ms on either side of their own middle."""
    one = hear(1, 5, [knock(KNOCKED_S, pause_s=0.40)]).time()
    together = measure({"a": one, "b": hear(2, 5, [knock(KNOCKED_S, pause_s=0.40)]).time()})
    apart = measure({"a": one, "b": hear(2, 5, [knock(KNOCKED_S, pause_s=0.44)]).time()})
    assert isinstance(together, SyncMoment)
    assert isinstance(apart, SyncMoment)
    assert together.rhythm_ms <= 3
    assert apart.rhythm_ms == pytest.approx(20, abs=4)
