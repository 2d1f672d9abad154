"""One evening's straps and their truth."""

from dataclasses import replace

import pytest

from firmware_sim.trial.entered import Entered, Worn
from firmware_sim.trial.evening_plan import EveningPlan
from firmware_sim.trial.gateway_log import GapRow, Row
from firmware_sim.trial.simulated_evening import SimulatedEvening, simulate_evening
from firmware_sim.trial.troubles import Trouble, TroubleKind
from tests.unit.firmware_sim.trial.trial_evening import HEARTS, enter

QUIET = EveningPlan(seed=1, ordinal=14, troubles=(), has_acceleration=False)
CODE, STRAP = "P02", "51ADA002"


def _simulate(entered: Entered, *troubles: Trouble, acc: bool = False) -> SimulatedEvening:
    plan = replace(QUIET, troubles=troubles, has_acceleration=acc)
    return simulate_evening(entered, HEARTS, plan)


def _truth(evening: SimulatedEvening, code: str = CODE) -> dict[str, object]:
    return next(row for row in evening.people if row["participant"] == code)


def _heard_ns(evening: SimulatedEvening, strap: str = STRAP) -> list[int]:
    rows = [row for row in evening.log.rows if isinstance(row, Row)]
    return [row.wall_ns for row in rows if (row.strap, row.characteristic) == (strap, "2a37")]


def _ms(entered: Entered, minute: float) -> int:
    return entered.clock.start_ms + round(60_000 * minute)


@pytest.fixture(scope="module")
def entered() -> Entered:
    return enter(n_women=3)


def test_the_same_seed_makes_the_same_evening(entered: Entered) -> None:
    assert _simulate(entered) == _simulate(entered)
    other = simulate_evening(entered, HEARTS, replace(QUIET, seed=2))
    assert other.log != _simulate(entered).log


def test_each_strap_is_heard_from_arrival_to_cool_down(entered: Entered) -> None:
    evening = _simulate(entered)
    for one in entered.worn:
        heard = _heard_ns(evening, one.strap)
        assert one.from_ms + 3_000 <= heard[0] / 1e6 <= one.from_ms + 14_000
        assert heard[-1] / 1e6 == pytest.approx(entered.clock.end_ms + 300_000, abs=1500)
    told = _truth(evening)
    assert (told["heard_share"], told["expected_missing"]) == (1.0, None)


def test_a_link_that_was_lost_is_silence_with_a_declared_gap(entered: Entered) -> None:
    away = Trouble(TroubleKind.LINK_LOST, CODE, _ms(entered, 5), _ms(entered, 6))
    evening = _simulate(entered, away)
    (gap,) = [row for row in evening.log.rows if isinstance(row, GapRow)]
    assert gap.from_ns / 1e6 == pytest.approx(_ms(entered, 5), abs=1100)
    assert gap.wall_ns / 1e6 == pytest.approx(_ms(entered, 6), abs=1100)
    assert not [at for at in _heard_ns(evening) if gap.from_ns < at < gap.wall_ns]
    main_s = (entered.clock.end_ms - entered.clock.start_ms) / 1000
    assert _truth(evening)["heard_share"] == pytest.approx(1 - 60 / main_s, abs=1e-4)


def test_a_late_strap_leaves_too_little(entered: Entered) -> None:
    late = Trouble(TroubleKind.STRAP_LATE, CODE, _ms(entered, -10), _ms(entered, 12))
    evening = _simulate(entered, late)
    assert _heard_ns(evening)[0] / 1e6 >= _ms(entered, 12)
    assert _truth(evening)["expected_missing"] == "low_coverage"


def test_who_wears_none_has_a_heart_all_the_same(entered: Entered) -> None:
    without = replace(entered, worn=tuple(w for w in entered.worn if w.participant != CODE))
    evening = _simulate(without)
    assert _heard_ns(evening) == []
    told, usual = _truth(evening), _truth(_simulate(entered))
    assert (told["expected_missing"], told["strap"]) == ("no_strap", None)
    assert told["mean_hr_bpm"] == usual["mean_hr_bpm"]


def test_the_truth_follows_the_woman_and_not_the_strap(entered: Entered) -> None:
    by_code = {one.participant: one for one in entered.worn}
    codes = sorted(by_code)[:2]

    def swap(one: Worn) -> Worn:
        other = codes[1 - codes.index(one.participant)]
        return replace(one, strap=by_code[other].strap)

    swapped = replace(entered, worn=tuple(swap(by_code[code]) for code in codes))
    evening, usual = _simulate(swapped), _simulate(entered)
    for code, other in (codes, codes[::-1]):
        assert _truth(evening, code)["strap"] == by_code[other].strap
        assert _truth(evening, code)["mean_hr_bpm"] == _truth(usual, code)["mean_hr_bpm"]


def test_who_stays_away_is_told_so() -> None:
    evening = _simulate(replace(enter(n_women=3), absent=frozenset({"P09"})))
    assert _truth(evening, "P09")["expected_missing"] == "absent"


def test_repetitions_are_told_of_the_evening_with_movement(entered: Entered) -> None:
    assert _truth(_simulate(entered))["repetitions"] is None
    evening = _simulate(entered, acc=True)
    told = _truth(evening)["repetitions"]
    assert isinstance(told, list)
    work = [one for one in entered.clock.segments if one["kind"] == "work"]
    assert len(told) == len(work)
    seen = 0
    for one in told:
        assert one["repetitions"] == len(one["begin_s"])
        station = entered.clock.stations[one["station"]]
        counted = entered.counted.get((CODE, station, one["round"]))
        if counted is not None and one["repetitions"]:
            seen += 1
            assert one["repetitions"] <= counted
    assert seen
    rows = [row for row in evening.log.rows if isinstance(row, Row)]
    assert any(row.characteristic.startswith("fb005c82") for row in rows)
