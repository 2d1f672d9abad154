"""The frame of a study: outcomes, baseline and doses of everybody, with why a number is missing."""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from sqlalchemy import Connection

from protocol.ledger.canonical import encode_canonical
from server.analysis.frame import POST, PRE, Frame
from server.analysis.plan import AnalysisPlan
from server.errors import MethodError
from server.projection.course_reading import read_course
from server.study.measurement import TimePoint
from server.study.participants import read_participants
from server.study.recorded import Sample, read_measurements, read_samples

_WHEN: Final = {PRE: TimePoint.BASELINE, POST: TimePoint.POST}
# A cell: its number, or the word of the one vocabulary that says why there is none.
Cell = float | str
Cells = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class StudyFrame:
    """`why` has column -> code -> reason; `remarks` are of samples that a reader must know of."""

    frame: Frame
    why: Mapping[str, Mapping[str, str]]
    remarks: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """Of every number, reason and remark."""
        told = [self.frame.sha256, {k: dict(v) for k, v in self.why.items()}, list(self.remarks)]
        return hashlib.sha256(encode_canonical(told)).hexdigest()


def read_study_frame(study: Connection, derived: Connection, plan: AnalysisPlan) -> StudyFrame:
    """Everybody enrolled, by code. Raises MethodError for a name that the study doesn't have.

    An outcome that was measured in serum and in plasma is refused: they aren't one quantity.
    """
    people = read_participants(study)
    samples = [
        one
        for one in read_samples(study)
        if one.key.analyte in plan.outcomes and plan.matrix in (None, one.key.matrix)
    ]
    _require_one_matrix(samples)
    columns: dict[str, Cells] = {}
    for outcome in plan.outcomes:
        for when, point in _WHEN.items():
            found = (one for one in samples if one.key.analyte == outcome)
            columns[f"{outcome}_{when}"] = _take_values(found, point)
    columns |= _take_measured(study, [*plan.baseline, *plan.confounders])
    columns |= _take_doses(study, derived, plan.doses)
    codes = tuple(str(one.code) for one in people)
    arms = tuple(one.arm.value for one in people)
    return _assemble(codes, arms, columns, _list_remarks(samples))


def _assemble(
    codes: tuple[str, ...],
    arms: tuple[str, ...],
    columns: Mapping[str, Cells],
    remarks: tuple[str, ...],
) -> StudyFrame:
    numbers, why = {}, {}
    for name, cells in columns.items():
        told = {code: cells.get(code, "not_recorded") for code in codes}
        why[name] = {code: one for code, one in told.items() if isinstance(one, str)}
        values = [math.nan if isinstance(one, str) else one for one in told.values()]
        numbers[name] = np.array(values, dtype=np.float64)
    return StudyFrame(Frame(codes, arms, numbers), why, remarks)


def _take_values(samples: Iterable[Sample], point: TimePoint) -> Cells:
    cells: Cells = {}
    for one in samples:
        if one.key.time_point is point:
            value, why = one.value_pg_ml, one.answers["value"].missing
            cells[str(one.key.code)] = value if value is not None else str(why or "not_recorded")
    return cells


def _take_measured(study: Connection, names: Iterable[str]) -> dict[str, Cells]:
    """Numbers at baseline."""
    wanted = dict.fromkeys(names)
    columns: dict[str, Cells] = {name: {} for name in wanted}
    for one in read_measurements(study):
        if one.time_point is not TimePoint.BASELINE:
            continue
        for name in wanted:
            if name not in one.answers:
                raise MethodError(f"the study has no field {name}; see 'participants measure'")
            answer = one.answers[name]
            if answer.missing is None and answer.number is None:
                raise MethodError(f"{name} is no number, and a column of the analysis has to be")
            columns[name][str(one.code)] = (
                answer.number if answer.number is not None else str(answer.missing)
            )
    return columns


def _take_doses(study: Connection, derived: Connection, names: Iterable[str]) -> dict[str, Cells]:
    """Totals of whole courses; whoever isn't in any session has none."""
    wanted = list(names)
    columns: dict[str, Cells] = {name: {} for name in wanted}
    for course in read_course(study, derived) if wanted else ():
        for name in wanted:
            if name not in course.sums:
                raise MethodError(f"no dose is called {name}; there are: {', '.join(course.sums)}")
            total = course.sums[name].total
            columns[name][course.participant] = (
                total.value if total.value is not None else str(total.missing)
            )
    return columns


def _require_one_matrix(samples: Iterable[Sample]) -> None:
    matrices: dict[str, set[str]] = {}
    for one in samples:
        matrices.setdefault(one.key.analyte, set()).add(one.key.matrix)
    for analyte, found in matrices.items():
        if len(found) > 1:
            told = " and ".join(sorted(found))
            raise MethodError(f"{analyte} was measured in {told}; name one as matrix in the plan")


def _list_remarks(samples: Iterable[Sample]) -> tuple[str, ...]:
    """How many concentrations have which flag of the laboratory's; nobody's code."""
    counted: Counter[tuple[str, str]] = Counter()
    for one in samples:
        flags = one.answers["flags"].value
        for word in flags if isinstance(flags, tuple) else ():
            counted[one.key.analyte, word] += word != "none"
    return tuple(
        f"{n} concentrations of {analyte} have the flag {word}."
        for (analyte, word), n in sorted(counted.items())
        if n
    )
