"""Adherence over a course of 24, by hand."""

from typing import Any

import pytest

from server.dose.adherence.course import compute_adherence, is_inside
from server.dose.adherence.records import SessionRecord
from server.dose.effort.rating import Rating, Scale
from server.dose.quantity import Missing
from server.dose.volume.sets import DoseSet
from server.dose.volume.threefold import SetState

N = 24
CATEGORIES = ["core", "strength"]


def _sets(category: str, *amounts: float) -> tuple[DoseSet, ...]:
    return tuple(
        DoseSet(
            name="sit-to-stand/1",
            exercise="sit-to-stand",
            category=category,
            planned_category=category,
            unit="repetitions",
            state=SetState.OBSERVED,
            amount=amount,
            prescribed=10.0,
            prescribed_unit="repetitions",
        )
        for amount in amounts
    )


def _record(session: int, **other: Any) -> SessionRecord:
    told: dict[str, Any] = {
        "attended": True,
        "sets": (*_sets("core", 10, 10), *_sets("strength", 12, 5)),
        "rating": Rating(11, Scale.BORG),
        "accepted": (10, 12),
        "doses": {"srpe_load_au": (120.0, 90.0)},
    }
    return SessionRecord(session=session, **(told | other))


def _missed(session: int) -> SessionRecord:
    return SessionRecord(session=session, attended=False, doses={"srpe_load_au": (120.0, 0.0)})


def _course() -> list[SessionRecord]:
    """18 attended, one of them rated 13 and two unrated; one set of four skipped in the first."""
    records = [_record(n) for n in range(1, 19)] + [_missed(n) for n in range(19, 25)]
    records[0] = _record(1, sets=(*_sets("core", 10, 0), *_sets("strength", 10, 10)))
    records[1] = _record(2, rating=Rating(13, Scale.BORG))
    records[2], records[3] = _record(3, rating=None), _record(4, rating=None)
    return records


def test_a_course_by_hand() -> None:
    told = compute_adherence(_course(), N, CATEGORIES)
    assert told.attendance.value == 18 / 24
    assert told.completion[None, "sets"].share.value == pytest.approx(71 / 72)
    assert told.completion["core", "sets"].share.value == pytest.approx(35 / 36)
    assert told.completion["core", "repetitions"].share.value == pytest.approx(350 / 360)
    # strength: 17 sessions of min(12, 10) + 5, one of 10 + 10, of 20 each
    assert told.completion["strength", "repetitions"].share.value == pytest.approx(275 / 360)
    assert told.completion["strength", "repetitions"].excess.value == 34
    assert told.completion[None, "seconds"].share.missing is Missing.NOT_APPLICABLE
    assert told.rpe_compliance.value == pytest.approx(15 / 16)
    assert told.rpe_compliance.coverage == pytest.approx(16 / 18)
    assert told.relative_dose_intensity["srpe_load_au"].value == pytest.approx(18 * 90 / (24 * 120))
    assert told.overall.value == pytest.approx(18 / 24 * 71 / 72 * 15 / 16)
    assert told.tolerance.discontinued_after == 18


def test_a_session_that_nobody_knows_of_is_no_missed_one() -> None:
    records = _course()
    records[5] = SessionRecord(session=6, attended=None)
    told = compute_adherence(records, N, CATEGORIES)
    for one in (told.attendance, told.overall, told.relative_dose_intensity["srpe_load_au"]):
        assert (one.value, one.missing) == (None, Missing.NOT_RECORDED)
    assert told.attendance.coverage == pytest.approx(23 / 24)


def test_an_unrated_session_leaves_dose_intensity_unknown() -> None:
    records = _course()
    records[7] = _record(8, doses={"srpe_load_au": (120.0, None)})
    intensity = compute_adherence(records, N, []).relative_dose_intensity["srpe_load_au"]
    assert intensity.missing is Missing.NOT_RECORDED
    assert intensity.coverage == pytest.approx(23 / 24)


def test_half_a_course_has_no_attendance_yet() -> None:
    told = compute_adherence(_course()[:12], N, CATEGORIES)
    assert (told.attendance.missing, told.attendance.coverage) == (Missing.NOT_OVER, 0.5)


def test_whoever_never_came_has_an_attendance_of_zero_and_no_completion() -> None:
    told = compute_adherence([_missed(n) for n in range(1, 25)], N, CATEGORIES)
    assert told.attendance.value == 0
    assert told.relative_dose_intensity["srpe_load_au"].value == 0
    assert told.completion[None, "sets"].share.missing is Missing.NOT_APPLICABLE
    assert told.rpe_compliance.missing is Missing.NOT_APPLICABLE
    assert told.overall.missing is Missing.NOT_APPLICABLE


def test_nobody_rated_is_not_out_of_range() -> None:
    told = compute_adherence([_record(n, rating=None) for n in range(1, 25)], N, [])
    assert told.rpe_compliance.missing is Missing.NOT_RECORDED


@pytest.mark.parametrize(
    ("rating", "inside"),
    [
        (Rating(9, Scale.BORG), False), (Rating(10, Scale.BORG), True),
        (Rating(12, Scale.BORG), True), (Rating(13, Scale.BORG), False),
        (Rating(1, Scale.CR10), False), (Rating(1.5, Scale.CR10), True),
        (Rating(3, Scale.CR10), True), (Rating(3.5, Scale.CR10), False),
    ],
)  # fmt: skip
def test_a_rating_against_the_accepted_band_on_both_scales(rating: Rating, inside: bool) -> None:
    """10 to 12 on 6 to 20 has the anchors 1.5 to 3."""
    assert is_inside(rating, (10, 12)) is inside


@pytest.mark.parametrize("records", [[_missed(1), _missed(1)], [_missed(n) for n in range(1, 26)]])
def test_each_planned_session_has_one_record(records: list[SessionRecord]) -> None:
    with pytest.raises(ValueError, match="one record"):
        compute_adherence(records, N, [])
