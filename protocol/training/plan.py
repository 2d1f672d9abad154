"""A training plan: weeks of exercise as data, with where every field comes from.

Categories hold exercises, exercises hold rows of weeks. A plan that was only read may contradict
itself, which the linter tells; one that was parsed names nothing that doesn't exist.
"""

import hashlib

import msgspec
from msgspec import Struct

from protocol.training.bounds import Identifier, Language, Name
from protocol.training.exercises import Category, Exercise, PrescriptionRow
from protocol.training.frame import (
    BandLadder,
    Course,
    EffortScale,
    EffortTarget,
    PrintedText,
    Safety,
    Selection,
    SessionShape,
)
from protocol.training.policy import CategoryPolicy, ProgressionPolicy
from protocol.training.vocabulary import Origin


class Provenance(Struct, frozen=True):
    """Where a field's value comes from, and in which words."""

    origin: Origin
    source: str


class SourceNote(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the source contradicts itself or leaves open, and how this plan reads it."""

    code: Identifier
    where: str
    text: str


class TrainingPlan(Struct, frozen=True):
    """The whole plan. `provenance` is keyed by path: `exercises.tandem-stance.unit`."""

    id: Identifier
    title: Name
    citation: str
    course: Course
    session: SessionShape
    effort: tuple[EffortTarget, ...]
    effort_scale: EffortScale
    selection: Selection
    progression: ProgressionPolicy
    categories: tuple[Category, ...]
    exercises: tuple[Exercise, ...]
    language: Language = "en"  # of its names and cues, which are shown as they are
    safety: Safety = Safety()
    bands: BandLadder | None = None
    text: PrintedText = PrintedText()
    notes: tuple[SourceNote, ...] = ()
    provenance: dict[str, Provenance] = {}

    @property
    def n_sessions(self) -> int:
        return self.course.weeks * self.course.sessions_per_week

    def week_of(self, session: int) -> int:
        """Week of a session, both counted from 1. Raises ValueError outside the plan."""
        if not 1 <= session <= self.n_sessions:
            raise ValueError(f"session {session} isn't one of the plan's {self.n_sessions}")
        return (session - 1) // self.course.sessions_per_week + 1

    def exercise(self, exercise_id: str) -> Exercise:
        """Raises KeyError for an exercise that the plan doesn't have."""
        for exercise in self.exercises:
            if exercise.id == exercise_id:
                return exercise
        raise KeyError(exercise_id)

    def category(self, category_id: str) -> Category | None:
        return next((one for one in self.categories if one.id == category_id), None)

    def rows_of(self, exercise: Exercise) -> tuple[PrescriptionRow, ...]:
        """The exercise's own rows, else its category's one row."""
        if exercise.rows:
            return exercise.rows
        category = self.category(exercise.category)
        return (category.row,) if category else ()

    def effort_of(self, week: int) -> EffortTarget | None:
        return next((e for e in self.effort if e.weeks[0] <= week <= e.weeks[1]), None)

    def band_ceiling_of(self, week: int) -> str | None:
        """The strongest band allowed in a week; None without bands."""
        if self.bands is None or not 1 <= week <= len(self.bands.ceiling):
            return None
        return self.bands.ceiling[week - 1]

    def policy_of(self, category_id: str) -> CategoryPolicy | None:
        policies = self.progression.categories
        return next((one for one in policies if one.category == category_id), None)


def compute_digest(plan: TrainingPlan) -> str:
    """SHA-256 in hex over everything the plan says; every session keeps it."""
    return hashlib.sha256(msgspec.json.encode(plan, order="deterministic")).hexdigest()
