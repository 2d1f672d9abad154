"""One export of the console, from what was chosen to a file that can be taken. Pure."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from server.export.dataset.building import Survey
from server.export.dataset.ordering import Choice

KEPT_NS: Final = 24 * 3600 * 1_000_000_000  # a day


class Stage(StrEnum):
    """Where it stands. While it counts or builds no other one may."""

    COUNTING = "counting"
    COUNTED = "counted"
    BUILDING = "building"
    READY = "ready"
    FAILED = "failed"


class Trouble(StrEnum):
    """Why one failed."""

    TABLE = "table"
    DISK = "disk"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Failure:
    """`table` and `row` only where it is a table's; `said` is never a key or a secret."""

    trouble: Trouble
    said: str = ""
    table: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Made:
    """What was built, as the study noted it: before its file could be taken."""

    survey: Survey
    manifest_sha256: str
    handed_out: int


@dataclass(frozen=True, slots=True)
class Job:
    """`progress` are tables that are done, with their rows. It never holds a key.

    Every step raises ValueError where the stage doesn't allow it.
    """

    id: str
    person: str
    choice: Choice
    moved_wall_ns: int
    stage: Stage = Stage.COUNTING
    progress: tuple[tuple[str, int], ...] = ()
    survey: Survey | None = None
    made: Made | None = None
    failure: Failure | None = None

    @property
    def is_running(self) -> bool:
        return self.stage in {Stage.COUNTING, Stage.BUILDING}

    def is_over(self, wall_ns: int) -> bool:
        """Whether it is to be forgotten, and its file removed."""
        return not self.is_running and wall_ns - self.moved_wall_ns >= KEPT_NS

    def tell_table(self, name: str, n_rows: int) -> "Job":
        """One more table is done."""
        self._require(Stage.COUNTING, Stage.BUILDING)
        return replace(self, progress=(*self.progress, (name, n_rows)))

    def end_counting(self, survey: Survey, wall_ns: int) -> "Job":
        """It can be looked at, and built."""
        self._require(Stage.COUNTING)
        return replace(self, stage=Stage.COUNTED, survey=survey, moved_wall_ns=wall_ns)

    def begin_building(self, wall_ns: int) -> "Job":
        """Only what was looked at before is built."""
        self._require(Stage.COUNTED)
        return replace(self, stage=Stage.BUILDING, progress=(), moved_wall_ns=wall_ns)

    def end_building(self, made: Made, wall_ns: int) -> "Job":
        """Its file can be taken."""
        self._require(Stage.BUILDING)
        return replace(
            self, stage=Stage.READY, survey=made.survey, made=made, moved_wall_ns=wall_ns
        )

    def fail(self, failure: Failure, wall_ns: int) -> "Job":
        """Nothing of it is kept."""
        self._require(Stage.COUNTING, Stage.BUILDING)
        return replace(self, stage=Stage.FAILED, failure=failure, moved_wall_ns=wall_ns)

    def _require(self, *stages: Stage) -> None:
        if self.stage not in stages:
            raise ValueError(f"an export that is {self.stage.value} can't go on like this")
