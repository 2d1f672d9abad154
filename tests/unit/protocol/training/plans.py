"""Plans for the tests: the shipped ones, changed in one place."""

from functools import cache

from msgspec.structs import replace

from protocol.training.exercises import Category, Exercise
from protocol.training.plan import TrainingPlan
from protocol.training.shipped import read_shipped_plan, read_shipped_text
from protocol.training.vocabulary import Sides, Support, Unit


@cache
def as_printed() -> TrainingPlan:
    return read_shipped_plan("as_printed")


@cache
def tailored() -> TrainingPlan:
    return read_shipped_plan("tailored")


@cache
def eight_week_text() -> str:
    return read_shipped_text("eight_week")


def edit(text: str, old: str, new: str) -> str:
    """The text with its one `old` replaced."""
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    return text.replace(old, new)


def line_of(text: str, words: str) -> int:
    """The line, counted from 1, on which the text has `words` for the first time."""
    return text[: text.index(words)].count("\n") + 1


def make_exercise(name: str, category: str, **changes: object) -> Exercise:
    plain = Exercise(
        id=name,
        category=category,
        printed_name=name,
        name=name,
        cue="watch",
        movements=(name,),
        unit=Unit.REPS,
        sides=Sides.BOTH,
        support=Support.NONE,
        needs=(),
    )
    return replace(plain, **changes)


def make_plan(
    sizes: list[int], n_sessions: int = 3, stations: int = 8, weeks: int = 4
) -> TrainingPlan:
    """A plan with as many categories as sizes, each with that many exercises in all weeks."""
    categories = tuple(
        Category(f"c{n}", f"c{n}", f"c{n}", (1, weeks), 3, (8, 12), (8, 12))
        for n in range(len(sizes))
    )
    exercises = tuple(
        make_exercise(f"c{n}-e{k}", f"c{n}") for n, size in enumerate(sizes) for k in range(size)
    )
    plan = as_printed()
    return replace(
        plan,
        course=replace(plan.course, weeks=weeks, sessions_per_week=n_sessions),
        selection=replace(plan.selection, stations=stations, listed=()),
        progression=replace(plan.progression, locked=(), categories=()),
        effort=(replace(plan.effort[0], weeks=(1, weeks)),),
        categories=categories,
        exercises=exercises,
        bands=None,
        text=type(plan.text)(),
        provenance={},
    )


def change_exercise(plan: TrainingPlan, exercise_id: str, **changes: object) -> TrainingPlan:
    changed = tuple(replace(e, **changes) if e.id == exercise_id else e for e in plan.exercises)
    return replace(plan, exercises=changed)


def change_category(plan: TrainingPlan, category_id: str, **changes: object) -> TrainingPlan:
    changed = tuple(replace(c, **changes) if c.id == category_id else c for c in plan.categories)
    return replace(plan, categories=changed)
