"""Rules on the elastic bands over the weeks."""

from collections.abc import Iterator

from protocol.training.linting.findings import Finding, find_note, find_warning
from protocol.training.plan import TrainingPlan
from protocol.training.vocabulary import Origin


def find_band_of_week_inferred(plan: TrainingPlan) -> Iterator[Finding]:
    said = plan.provenance.get("bands.ceiling")
    if plan.bands and said and said.origin is Origin.INFERRED:
        n_colours = len(plan.bands.order)
        message = f"{n_colours} colours are printed in order, their weeks aren't: a ceiling only"
        yield find_note("band_of_week_inferred", "bands.ceiling", message)


def find_bands_falling(plan: TrainingPlan) -> Iterator[Finding]:
    if plan.bands is None:
        return
    order = plan.bands.order
    known = [(week, band) for week, band in enumerate(plan.bands.ceiling, 1) if band in order]
    for (_, before), (week, now) in zip(known, known[1:], strict=False):
        step = order.index(now) - order.index(before)
        if step < 0:
            message = f"week {week} goes back from {before} to {now}"
            yield find_warning("band_falls", "bands.ceiling", message)
        elif step > 1:
            message = f"week {week} jumps from {before} to {now}, over {step - 1} colours"
            yield find_warning("band_jumps", "bands.ceiling", message)


def find_bands_unused(plan: TrainingPlan) -> Iterator[Finding]:
    if plan.bands is None:
        return
    if not any(exercise.band for exercise in plan.exercises):
        yield find_note("bands_unused", "bands", "no exercise uses a band")
    never = [band for band in plan.bands.order if band not in plan.bands.ceiling]
    if never:
        message = f"{', '.join(never)} is in the order and in no week"
        yield find_note("band_never", "bands.ceiling", message)
