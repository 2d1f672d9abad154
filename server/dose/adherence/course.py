"""Adherence of one person over a course: its components, and their product beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, prod
from typing import Final

from protocol.training.effort import CR10_OF_BORG
from server.dose.adherence.completion import (
    Completion,
    compute_completion,
    pair_amounts,
    pair_sets,
)
from server.dose.adherence.records import SessionRecord
from server.dose.adherence.tolerance import Tolerance, count_tolerance
from server.dose.effort.rating import Rating, Scale
from server.dose.quantity import Missing, Quantity
from server.dose.volume.sets import UNITS

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Adherence:
    """Shares from 0 to 1; `relative_dose_intensity`, by metric, may be more.

    `completion` is by (category, unit), category None for all and unit "sets" for whole sets; it
    is of sessions attended, so that `overall` = attendance x set completion x RPE compliance
    counts a missed session once.
    """

    attendance: Quantity
    completion: Mapping[tuple[str | None, str], Completion]
    rpe_compliance: Quantity
    relative_dose_intensity: Mapping[str, Quantity]
    overall: Quantity
    tolerance: Tolerance


def compute_adherence(
    records: Sequence[SessionRecord], n_planned: int, categories: Sequence[str]
) -> Adherence:
    """`records` are one per planned session, at most `n_planned` (24). Raises ValueError for more.

    A session that nobody knows of leaves attendance unknown: it is not a missed one. One without a
    record isn't over.
    """
    if len({one.session for one in records}) != len(records) or len(records) > n_planned:
        raise ValueError("one record for each planned session")
    attended = [one for one in records if one.attended]
    metrics = dict.fromkeys(name for one in records for name in one.doses)
    completion = _list_completions(attended, categories)
    attendance = _compute_attendance(records, n_planned)
    compliance = _compute_compliance(attended)
    return Adherence(
        attendance=attendance,
        completion=completion,
        rpe_compliance=compliance,
        relative_dose_intensity={
            name: _compute_dose_intensity(records, n_planned, name) for name in metrics
        },
        overall=_multiply(attendance, completion[None, "sets"].share, compliance),
        tolerance=count_tolerance(records, n_planned),
    )


def is_inside(rating: Rating, accepted: tuple[int, int]) -> bool:
    """Whether the week accepts a rating; one on 0 to 10 against the accepted ends' anchors."""
    least, most = accepted
    if rating.scale is Scale.BORG:
        return least <= rating.number <= most
    return CR10_OF_BORG[least] <= rating.number <= CR10_OF_BORG[most]


def _compute_attendance(records: Sequence[SessionRecord], n_planned: int) -> Quantity:
    known = [one.attended for one in records if one.attended is not None]
    if len(known) < n_planned:
        reason = _explain(records, n_planned)
        return Quantity.missing_for(reason, "1", VERSION, len(known) / n_planned)
    return Quantity(sum(known) / n_planned, "1", VERSION, 1.0)


def _list_completions(
    attended: Sequence[SessionRecord], categories: Sequence[str]
) -> dict[tuple[str | None, str], Completion]:
    sets = [one for record in attended for one in record.sets]
    told: dict[tuple[str | None, str], Completion] = {}
    for category in (None, *categories):
        told[category, "sets"] = compute_completion(pair_sets(sets, category), "sets")
        for unit in UNITS:
            told[category, unit] = compute_completion(pair_amounts(sets, unit, category), unit)
    return told


def _compute_compliance(attended: Sequence[SessionRecord]) -> Quantity:
    """Share of rated sessions inside what their week accepts; `coverage` is how many are rated."""
    rated = [
        is_inside(one.rating, one.accepted)
        for one in attended
        if one.rating is not None and one.accepted is not None
    ]
    if not attended:
        return Quantity.missing_for(Missing.NOT_APPLICABLE, "1", VERSION)
    coverage = len(rated) / len(attended)
    if not rated:
        return Quantity.missing_for(Missing.NOT_RECORDED, "1", VERSION, coverage)
    return Quantity(sum(rated) / len(rated), "1", VERSION, coverage)


def _compute_dose_intensity(
    records: Sequence[SessionRecord], n_planned: int, metric: str
) -> Quantity:
    """Delivered over planned dose of the whole course (Nilsen 2018)."""
    told = [one.doses.get(metric, (None, None)) for one in records]
    pairs = [(a, b) for a, b in told if a is not None and b is not None]
    if len(pairs) < n_planned:
        reason = _explain(records, n_planned)
        return Quantity.missing_for(reason, "1", VERSION, len(pairs) / n_planned)
    planned = fsum(one for one, _ in pairs)
    if planned == 0:
        return Quantity.missing_for(Missing.NOT_APPLICABLE, "1", VERSION)
    return Quantity(fsum(one for _, one in pairs) / planned, "1", VERSION, 1.0)


def _explain(records: Sequence[SessionRecord], n_planned: int) -> Missing:
    return Missing.NOT_OVER if len(records) < n_planned else Missing.NOT_RECORDED


def _multiply(*shares: Quantity) -> Quantity:
    missing = [one.missing for one in shares if one.missing is not None]
    if missing:
        return Quantity.missing_for(missing[0], "1", VERSION)
    return Quantity(prod(one.value for one in shares if one.value is not None), "1", VERSION)
