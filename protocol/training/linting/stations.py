"""Rules on what a station's card says."""

from collections.abc import Iterator

from protocol.training.linting.findings import Finding, find_warning
from protocol.training.plan import TrainingPlan


def find_stations_without_words(plan: TrainingPlan) -> Iterator[Finding]:
    for exercise in plan.exercises:
        missing = [
            name
            for name, words in (("cue", exercise.cue.strip()), ("movements", exercise.movements))
            if not words
        ]
        if missing:
            message = f"its card would say nothing: no {' and no '.join(missing)}"
            yield find_warning("station_empty", f"exercises.{exercise.id}", message)


def find_bands_not_needed(plan: TrainingPlan) -> Iterator[Finding]:
    """Bands must be laid out for a station that uses them."""
    for exercise in plan.exercises:
        if exercise.band and "band" not in exercise.needs:
            message = "uses a band, which isn't among what it needs"
            yield find_warning("band_not_laid_out", f"exercises.{exercise.id}.needs", message)
