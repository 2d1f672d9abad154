"""Rules on the course over its weeks: holes, thin weeks, loads that fall, ranges that disagree."""

from collections.abc import Iterator, Sequence

from protocol.training.exercises import Exercise, PrescriptionRow
from protocol.training.linting.findings import Finding, find_note, find_warning
from protocol.training.linting.places import name_numbers, name_weeks
from protocol.training.plan import TrainingPlan
from protocol.training.prescribing import exercises_in_week, row_in_week, step_in_session


def weeks_of(plan: TrainingPlan) -> range:
    return range(1, plan.course.weeks + 1)


def count_stations_printed(plan: TrainingPlan) -> list[int]:
    """Stations a week by the outer weeks of each category."""
    sizes = {one.id: 0 for one in plan.categories}
    for exercise in plan.exercises:
        sizes[exercise.category] = sizes.get(exercise.category, 0) + 1
    return [
        sum(sizes[one.id] for one in plan.categories if one.weeks[0] <= week <= one.weeks[1])
        for week in weeks_of(plan)
    ]


def count_stations_scheduled(plan: TrainingPlan) -> list[int]:
    """Stations a week by the rows of each exercise."""
    return [len(exercises_in_week(plan, week)) for week in weeks_of(plan)]


def find_load_falling(plan: TrainingPlan) -> Iterator[Finding]:
    printed, scheduled = count_stations_printed(plan), count_stations_scheduled(plan)
    weeks = sorted({*_falls(printed), *_falls(scheduled)})
    if not weeks:
        return
    told = f"the number of stations falls in {'week' if len(weeks) == 1 else 'weeks'} "
    told += f"{name_numbers(weeks)}; by the weeks of the categories it is {name_numbers(printed)}"
    if scheduled != printed:
        told += f", as scheduled {name_numbers(scheduled)}"
    yield find_warning("load_falls", "categories", told)


def _falls(counts: Sequence[int]) -> list[int]:
    return [
        n
        for n, (before, now) in enumerate(zip(counts, counts[1:], strict=False), 2)
        if now < before
    ]


def find_thin_weeks(plan: TrainingPlan) -> Iterator[Finding]:
    """Weeks in which no more than half of the categories are left."""
    for week in weeks_of(plan):
        here = {exercise.category for exercise in exercises_in_week(plan, week)}
        if here and 2 * len(here) <= len(plan.categories) and len(plan.categories) > 1:
            n_all, names = len(plan.categories), ", ".join(sorted(here))
            message = f"week {week} has {len(here)} of {n_all} categories: {names}"
            yield find_warning("week_thin", "categories", message)


def find_category_holes(plan: TrainingPlan) -> Iterator[Finding]:
    for category in plan.categories:
        first, last = category.weeks
        members = [one for one in plan.exercises if one.category == category.id]
        where = f"categories.{category.id}"
        if not members:
            yield find_warning("category_empty", where, "has no exercise")
            continue
        span = range(max(first, 1), min(last, plan.course.weeks) + 1)
        holes = [w for w in span if not any(row_in_week(plan, one, w) for one in members)]
        if holes:
            message = f"says {name_weeks(category.weeks)}, but has nothing in {name_numbers(holes)}"
            yield find_warning("category_hole", where, message)


def find_exercise_holes(plan: TrainingPlan) -> Iterator[Finding]:
    for exercise in plan.exercises:
        held = [w for w in weeks_of(plan) if row_in_week(plan, exercise, w)]
        holes = sorted(set(range(held[0], held[-1] + 1)) - set(held)) if held else []
        where = f"exercises.{exercise.id}.rows"
        if holes:
            yield find_warning(
                "exercise_hole", where, f"stops and returns: no {name_numbers(holes)}"
            )
        if not held:
            yield find_warning("exercise_never", where, "comes up in no week")
        twice = [w for w in held if _n_rows(exercise, w) > 1]
        if twice:
            message = f"two rows speak of weeks {name_numbers(twice)}; the first one holds"
            yield find_warning("rows_overlap", where, message)


def _n_rows(exercise: Exercise, week: int) -> int:
    return sum(row.weeks[0] <= week <= row.weeks[1] for row in exercise.rows)


def find_rows_against_category(plan: TrainingPlan) -> Iterator[Finding]:
    for exercise in plan.exercises:
        category = plan.category(exercise.category)
        for position, row in enumerate(exercise.rows, 1):
            where = f"exercises.{exercise.id}.rows[{position}]"
            if category is None:
                continue
            if row.weeks[0] < category.weeks[0] or row.weeks[1] > category.weeks[1]:
                message = (
                    f"{name_weeks(row.weeks)}, but its category has {name_weeks(category.weeks)}"
                )
                yield find_warning("weeks_disagree", where, message)
            if row.amount[0] < category.amount[0] or row.amount[1] > category.amount[1]:
                own, outer = _range(row.amount), _range(category.amount)
                message = f"{own}, but its category says {outer}. Which?"
                yield find_warning("amounts_disagree", where, message)


def _range(amount: tuple[int, int]) -> str:
    return f"{amount[0]}-{amount[1]}"


def find_amounts_falling(plan: TrainingPlan) -> Iterator[Finding]:
    """An exercise whose amount falls although its band doesn't get stronger."""
    for exercise in plan.exercises:
        path = [
            (week, step)
            for week in weeks_of(plan)
            if (row := row_in_week(plan, exercise, week)) is not None
            for step in _steps_in_week(plan, row, week)
        ]
        for (before, much), (week, less) in zip(path, path[1:], strict=False):
            if less < much and not _band_rises(plan, exercise, before, week):
                message = f"falls from {much} to {less} in week {week}, with nothing harder for it"
                yield find_warning("amount_falls", f"exercises.{exercise.id}", message)
                break


def _steps_in_week(plan: TrainingPlan, row: PrescriptionRow, week: int) -> list[int]:
    """The row's steps in the sessions of a week, in order."""
    a_week = plan.course.sessions_per_week
    sessions = range((week - 1) * a_week + 1, week * a_week + 1)
    return [step_in_session(plan, row, session) for session in sessions] if row.steps else []


def _band_rises(plan: TrainingPlan, exercise: Exercise, before: int, now: int) -> bool:
    order = plan.bands.order if plan.bands else ()
    bands = [plan.band_ceiling_of(week) for week in (before, now)]
    if not exercise.band or any(band not in order for band in bands):
        return False
    first, second = (order.index(band) for band in bands if band is not None)
    return second > first


def find_steps_within_a_week(plan: TrainingPlan) -> Iterator[Finding]:
    for exercise in plan.exercises:
        for position, row in enumerate(exercise.rows, 1):
            if row.weeks[0] == row.weeks[1] and len(row.steps) > 1:
                where = f"exercises.{exercise.id}.rows[{position}]"
                message = f"{name_numbers(list(row.steps))} in one week: she moves on within it"
                yield find_note("steps_within_a_week", where, message)


def find_sets_not_rounds(plan: TrainingPlan) -> Iterator[Finding]:
    rounds = plan.session.rounds
    for category in plan.categories:
        if category.sets != rounds:
            message = f"{category.sets} sets, but a session has {rounds} rounds"
            yield find_warning("sets_not_rounds", f"categories.{category.id}.sets", message)
