"""The frame of a study: outcomes, baseline and doses of everybody, with why a number is missing."""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection

from protocol.ledger.canonical import encode_canonical
from server.analysis.cells import Cells
from server.analysis.dose_sessions import DoseSession
from server.analysis.frame import POST, PRE, Frame
from server.analysis.methods.counted import count
from server.analysis.methods.design import CONTROL
from server.analysis.plan import AnalysisPlan
from server.analysis.study_baseline import read_numbers, read_words
from server.analysis.study_censored import Censored, fill_censored, take_censored
from server.analysis.study_doses import read_study_doses
from server.analysis.study_samples import SampleRow, list_sample_rows
from server.errors import MethodError
from server.study.fields.field import NOTHING, Answer
from server.study.fields.missing import MissingReason
from server.study.measurement import TimePoint
from server.study.participants import read_participants
from server.study.recorded import Sample, read_samples

_WHEN: Final = {PRE: TimePoint.BASELINE, POST: TimePoint.POST}
_NOT_RECORDED: Final = "not_recorded"
_NOT_APPLICABLE: Final = MissingReason.NOT_APPLICABLE.value


@dataclass(frozen=True, slots=True)
class StudyFrame:
    """`why` has column -> code -> reason; `remarks` are on samples, `dose_remarks` on doses, which
    only who trains has.

    `sessions` has code -> what each session gave of the dose named in advance. `plan_sha256` is of
    the plan that it was read by, and `samples` has a row for each concentration; None and
    nothing in what was locked before locks said so.
    """

    frame: Frame
    why: Mapping[str, Mapping[str, str]]
    remarks: tuple[str, ...]
    sessions: Mapping[str, tuple[DoseSession, ...]] = field(default_factory=dict)
    dose_remarks: tuple[str, ...] = ()
    plan_sha256: str | None = None
    samples: tuple[SampleRow, ...] = ()

    @property
    def sha256(self) -> str:
        """Of every number, reason, remark, session and sample, and of the plan it was read by."""
        told: list[Any] = [self.frame.sha256, {k: dict(v) for k, v in self.why.items()}]
        told.append(list(self.remarks))
        if self.sessions:
            told.append({code: _write_rows(one) for code, one in self.sessions.items()})
        if self.dose_remarks:
            told.append({"dose_remarks": list(self.dose_remarks)})
        if self.plan_sha256 is not None:
            told.append({"plan_sha256": self.plan_sha256})
        if self.samples:
            told.append({"samples": list(self.samples)})
        return hashlib.sha256(encode_canonical(told)).hexdigest()


def read_study_frame(study: Connection, derived: Connection, plan: AnalysisPlan) -> StudyFrame:
    """Everybody enrolled, by code. Raises MethodError for a name that the study doesn't have.

    An outcome that was measured in serum and in plasma is refused: they aren't one quantity.
    """
    samples = [
        one
        for one in read_samples(study)
        if one.key.analyte in plan.outcomes and plan.matrix in (None, one.key.matrix)
    ]
    _require_one_matrix(samples)
    columns: dict[str, Cells] = {}
    censored: dict[str, Censored] = {}
    for outcome in plan.outcomes:
        for when, point in _WHEN.items():
            found = [one for one in samples if one.key.analyte == outcome]
            columns[f"{outcome}_{when}"] = _take_values(found, point)
            censored[f"{outcome}_{when}"] = take_censored(found, point)
    columns |= read_numbers(study, [*plan.baseline, *plan.confounders])
    doses = read_study_doses(study, derived, plan)
    people = {str(one.code): one.arm.value for one in read_participants(study)}
    told = _assemble(people, columns | _leave_to_training(doses.columns, people))
    told = replace(
        told,
        frame=replace(told.frame, censored=fill_censored(told.frame.codes, censored)),
        remarks=_list_remarks(samples),
        sessions=doses.sessions,
        dose_remarks=doses.remarks,
        plan_sha256=plan.sha256,
        samples=list_sample_rows(samples),
    )
    return _add_words(told, read_words(study, plan.baseline_categories))


def _leave_to_training(columns: Mapping[str, Cells], people: Mapping[str, str]) -> dict[str, Cells]:
    """Of who has no sessions by her arm, nobody forgot to write a dose down."""
    nothing: Cells = {code: _NOT_APPLICABLE for code, arm in people.items() if arm == CONTROL}
    return {name: nothing | cells for name, cells in columns.items()}


def _assemble(people: Mapping[str, str], columns: Mapping[str, Cells]) -> StudyFrame:
    numbers, why = {}, {}
    for name, cells in columns.items():
        told = {code: cells.get(code, _NOT_RECORDED) for code in people}
        why[name] = {code: one for code, one in told.items() if isinstance(one, str)}
        values = [math.nan if isinstance(one, str) else one for one in told.values()]
        numbers[name] = np.array(values, dtype=np.float64)
    return StudyFrame(Frame(tuple(people), tuple(people.values()), numbers), why, ())


def _add_words(told: StudyFrame, columns: Mapping[str, Mapping[str, Answer]]) -> StudyFrame:
    words, why = {}, dict(told.why)
    for name, answers in columns.items():
        cells = {code: answers.get(code, NOTHING) for code in told.frame.codes}
        words[name] = tuple(None if one.value is None else str(one.value) for one in cells.values())
        why[name] = {code: str(one.missing) for code, one in cells.items() if one.value is None}
    return replace(told, frame=replace(told.frame, categories=words), why=why)


def _take_values(samples: Iterable[Sample], point: TimePoint) -> Cells:
    cells: Cells = {}
    for one in samples:
        if one.key.time_point is point:
            value, why = one.value_pg_ml, one.answers["value"].missing
            cells[str(one.key.code)] = value if value is not None else str(why or _NOT_RECORDED)
    return cells


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
        f"{count(n, 'concentration')} of {analyte} {'has' if n == 1 else 'have'} the flag {word}."
        for (analyte, word), n in sorted(counted.items())
        if n
    )


def _write_rows(sessions: Iterable[DoseSession]) -> list[list[str]]:
    """Numbers as text: canonical JSON takes no floats."""
    return [[repr(cell) for cell in one.to_row()] for one in sessions]
