"""One run of the console, from its beginning to a report whose check somebody has read. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from server.analysis.methods.dose_response.result import DoseResponse
from server.analysis.methods.power.planning import Power
from server.analysis.refusal import Refusal
from server.analysis.study_data import Basis
from server.analysis.summary_check.finding import Finding

KEPT_NS: Final = 24 * 3600 * 1_000_000_000  # a day


class Stage(StrEnum):
    """Where it stands. While it runs no other one may."""

    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


class Trouble(StrEnum):
    """Why one failed."""

    DATA = "data"  # they don't have what the plan names, or aren't what was locked
    DOSE = "dose"  # of some sessions it can't be worked out
    DISK = "disk"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Failure:
    """`said` is never a value of somebody."""

    trouble: Trouble
    said: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """`analysis` as results call it, or one of the two words below; when it began."""

    analysis: str
    outcome: str | None
    began_wall_ns: int


READING: Final = "reading"
WRITING: Final = "writing"


@dataclass(frozen=True, slots=True)
class Made:
    """What was run, of which data, and what the report says of itself.

    `data_sha256` is of codes, arms and numbers, as in the report; `lock_sha256` that of the lock,
    of reasons and remarks as well. `findings` are those of the summary check of its own tables;
    `doses` stand in the report's order, `dose_power` is of as many participants as they are.
    """

    basis: Basis
    data_sha256: str
    lock_sha256: str | None
    plan_sha256: str
    n_control: int
    n_training: int
    seed: int
    alpha: float
    dose: str | None
    versions: Mapping[str, str]
    n_results: int
    refusals: tuple[Refusal, ...]
    findings: tuple[Finding, ...]
    doses: tuple[DoseResponse, ...]
    dose_power: tuple[Power, ...]

    @property
    def contradictions(self) -> tuple[Finding, ...]:
        """What in the report's tables can't be true together."""
        return tuple(one for one in self.findings if one.verdict.is_against)


@dataclass(frozen=True, slots=True)
class Run:
    """`basis` is what it began on; `n_steps` 0 until that is known; `read_by` have read the check.

    Every step raises ValueError where the stage doesn't allow it.
    """

    id: str
    person: str
    basis: Basis
    began_wall_ns: int
    moved_wall_ns: int
    stage: Stage = Stage.RUNNING
    steps: tuple[Step, ...] = ()
    n_steps: int = 0
    made: Made | None = None
    failure: Failure | None = None
    read_by: frozenset[str] = frozenset()

    @property
    def is_running(self) -> bool:
        return self.stage is Stage.RUNNING

    def is_over(self, wall_ns: int) -> bool:
        """Whether it is to be forgotten, and its report removed."""
        return not self.is_running and wall_ns - self.moved_wall_ns >= KEPT_NS

    def begin_step(self, step: Step) -> "Run":
        """The one before is done."""
        self._require(Stage.RUNNING)
        return replace(self, steps=(*self.steps, step))

    def expect(self, n_steps: int) -> "Run":
        """How many there are, all told."""
        self._require(Stage.RUNNING)
        return replace(self, n_steps=n_steps)

    def end(self, made: Made, wall_ns: int) -> "Run":
        """Its report is there, and nobody has read the check yet."""
        self._require(Stage.RUNNING)
        return replace(self, stage=Stage.READY, made=made, moved_wall_ns=wall_ns)

    def fail(self, failure: Failure, wall_ns: int) -> "Run":
        """Nothing of it is kept."""
        self._require(Stage.RUNNING)
        return replace(self, stage=Stage.FAILED, failure=failure, moved_wall_ns=wall_ns)

    def read(self, person: str) -> "Run":
        """She says that she has read the summary check."""
        self._require(Stage.READY)
        return replace(self, read_by=self.read_by | {person})

    def is_shown_to(self, *, is_blinded: bool, is_locked: bool) -> bool:
        """Before the lock a blinded person sees rehearsals alone, whoever began the others."""
        basis = self.basis if self.made is None else self.made.basis
        return is_locked or not is_blinded or basis is Basis.REHEARSAL

    def _require(self, stage: Stage) -> None:
        if self.stage is not stage:
            raise ValueError(f"a run that is {self.stage.value} can't go on like this")
