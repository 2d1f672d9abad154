import pytest
from msgspec.structs import replace

from protocol.training.frame import Thresholds
from protocol.training.plan import compute_digest
from tests.unit.protocol.training.plans import as_printed, change_category, tailored


def test_sessions_and_their_weeks() -> None:
    plan = as_printed()
    assert [plan.week_of(session) for session in (1, 3, 4, 14, 24)] == [1, 1, 2, 5, 8]
    for outside in (0, 25, -1):
        with pytest.raises(ValueError, match="isn't one of the plan's 24"):
            plan.week_of(outside)


def test_bands_and_effort_of_a_week() -> None:
    plan = as_printed()
    assert [plan.band_ceiling_of(week) for week in range(1, 9)] == [
        "red", "red", "green", "green", "blue", "blue", "black", "black",
    ]  # fmt: skip
    assert plan.band_ceiling_of(9) is None
    targets = [effort.target for week in range(1, 9) if (effort := plan.effort_of(week))]
    # training-plan.md, Intensity
    assert targets == [(9, 10), (9, 10), (11, 11), (11, 11), (11, 11), *[(12, 13)] * 3]
    assert plan.effort_of(9) is None


def test_things_by_their_name() -> None:
    plan = tailored()
    assert plan.exercise("hop-marks").level == 4
    with pytest.raises(KeyError):
        plan.exercise("hop")
    assert plan.category("hop") is None
    assert plan.policy_of("core") is not None
    assert as_printed().policy_of("core") is None


def test_the_digest_changes_with_everything_and_with_nothing_else() -> None:
    plan = as_printed()
    assert compute_digest(plan) == compute_digest(replace(plan))
    assert compute_digest(plan) != compute_digest(change_category(plan, "core", steps=(8, 12)))
    assert compute_digest(plan) != compute_digest(replace(plan, provenance={}))
    assert len(compute_digest(plan)) == 64


def test_limits_hold_only_when_signed_with_a_day() -> None:
    safety = replace(as_printed().safety, hr_ceiling_bpm=150, rpe_alert=14)
    assert safety.thresholds_in_force is None
    assert replace(safety, signed_by="Dr N.").thresholds_in_force is None
    assert replace(safety, signed_by=" ", signed_on="2026-11-02").thresholds_in_force is None
    signed = replace(safety, signed_by="Dr N.", signed_on="2026-11-02")
    assert signed.thresholds_in_force == Thresholds(150, 14, None)
