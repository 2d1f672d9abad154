"""What the pages of an analysis may show."""

from dataclasses import dataclass
from typing import ClassVar

from server.web.contexts import Link
from server.web.export_context import Choosable


@dataclass(frozen=True, slots=True)
class StepCard:
    """One of the four steps: how it stands, and the way on where there is one."""

    id: str
    title: str
    standing: str
    is_done: bool
    link: Link | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what it is; `is_code`: to be compared letter by letter."""

    name: str
    value: str
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan that was in force, and since when."""

    number: int
    by: str
    reason: str
    sha256: str


@dataclass(frozen=True, slots=True)
class AnalysisPageContext:
    """The four steps. `data` says which data a run would be of."""

    template: ClassVar[str] = "analysis.html"

    language: str
    name: str
    is_simulated: bool
    refusal: str
    cards: list[StepCard]
    plan: list[Fact]
    plans: list[PlanRow]
    lock: list[Fact]
    data: str
    can_run: bool
    runs: list[Link]


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """Boxes of one list of the plan."""

    legend: str
    hint: str
    boxes: list[Choosable]


@dataclass(frozen=True, slots=True)
class AnalysisPlanContext:
    """The form. `closed` says why there is none."""

    template: ClassVar[str] = "analysis_plan.html"

    language: str
    name: str
    is_simulated: bool
    refusal: str
    closed: str
    seen: int
    doses: list[Choosable]
    matrices: list[Choosable]
    dose_sessions: list[Choosable]
    attendances: list[Choosable]
    lists: list[ChoiceList]
    numbers: list[Fact]
    replaces: bool
    reason: str


@dataclass(frozen=True, slots=True)
class LockedColumn:
    """A column of the frame; `absent` are cells by reason."""

    name: str
    n: int
    absent: str


@dataclass(frozen=True, slots=True)
class AnalysisLockContext:
    """What would be locked. `seen` only where the second act is asked for, else empty."""

    template: ClassVar[str] = "analysis_lock.html"

    language: str
    name: str
    is_simulated: bool
    refusal: str
    closed: str
    to_come: str
    n_rows: int
    plan_sha256: str
    columns: list[LockedColumn]
    remarks: list[str]
    left_out: str
    may_lock: bool
    reason: str
    seen: str
