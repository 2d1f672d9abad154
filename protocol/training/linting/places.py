"""Where things stand in a plan, for the findings that name them."""

from collections.abc import Iterator

from protocol.training.exercises import PrescriptionRow
from protocol.training.plan import TrainingPlan


def place_rows(plan: TrainingPlan) -> Iterator[tuple[str, PrescriptionRow]]:
    """Every row of the plan with its path: a category's own one, then its exercises'."""
    for category in plan.categories:
        yield f"categories.{category.id}", category.row
    for exercise in plan.exercises:
        for position, row in enumerate(exercise.rows, 1):
            yield f"exercises.{exercise.id}.rows[{position}]", row


def name_weeks(weeks: tuple[int, int]) -> str:
    """`week 3` or `weeks 3-5`."""
    first, last = weeks
    return f"week {first}" if first == last else f"weeks {first}-{last}"


def name_numbers(numbers: list[int]) -> str:
    return ", ".join(str(number) for number in numbers)
