from msgspec.structs import replace

from protocol.training.linting.findings import Severity
from protocol.training.linting.limits import (
    find_effort_falling,
    find_limits_out_of_order,
    find_limits_unsigned,
    find_targets_not_accepted,
)
from protocol.training.plan import TrainingPlan
from tests.unit.protocol.training.plans import as_printed

SIGNED = {"signed_by": "Dr N.", "signed_on": "2026-11-02"}


def _safety(**changes: object) -> TrainingPlan:
    return replace(as_printed(), safety=replace(as_printed().safety, **changes))


def _effort(position: int, **changes: object) -> TrainingPlan:
    efforts = list(as_printed().effort)
    efforts[position] = replace(efforts[position], **changes)
    return replace(as_printed(), effort=tuple(efforts))


def test_an_aim_outside_what_is_accepted() -> None:
    for changes in ({"target": (9, 12)}, {"target": (6, 9)}):
        found = list(find_targets_not_accepted(_effort(0, **changes)))
        assert [one.where for one in found] == ["effort[1]"]
    assert list(find_targets_not_accepted(as_printed())) == []


def test_effort_that_falls_or_overlaps() -> None:
    falls = list(find_effort_falling(_effort(2, target=(9, 9))))
    assert [one.message for one in falls] == ["the aim falls in week 6"]
    assert list(find_effort_falling(_effort(1, target=(9, 10)))) == []  # the same is no fall
    overlaps = list(find_effort_falling(_effort(0, weeks=(1, 3))))
    assert [one.code for one in overlaps] == ["effort_overlaps"]
    assert list(find_effort_falling(as_printed())) == []


def test_a_limit_that_nobody_signed_is_an_error() -> None:
    for changes in ({}, {"signed_by": "Dr N."}, {"signed_on": "2026-11-02"}):
        (found,) = find_limits_unsigned(_safety(hr_ceiling_bpm=150, rpe_hold=15, **changes))
        assert (found.severity, found.code) == (Severity.ERROR, "limit_unsigned")
        assert "hr_ceiling_bpm, rpe_hold" in found.message
    assert list(find_limits_unsigned(_safety(rpe_hold=15, **SIGNED))) == []
    assert [one.code for one in find_limits_unsigned(as_printed())] == ["limits_empty"]


def test_limits_that_make_no_sense() -> None:
    def codes(**changes: object) -> list[str]:
        return [one.code for one in find_limits_out_of_order(_safety(**changes))]

    assert codes(rpe_alert=14, rpe_hold=15) == []
    assert codes(rpe_alert=15, rpe_hold=14) == ["limits_reversed"]
    assert codes(rpe_alert=13) == ["limit_within_target"]
    assert codes(rpe_hold=30) == ["limit_off_scale"]
