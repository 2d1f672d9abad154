"""A lighter day: one level less of the same exercise."""

from msgspec.structs import replace

from protocol.training.plan import TrainingPlan
from protocol.training.standing import Standing, list_rungs


def lighten(plan: TrainingPlan, standing: Standing, session: int) -> Standing | None:
    """One colour less, else one amount less; None where the plan has nothing lighter.

    It holds for the day alone: her standing stays what it was. Raises ValueError for a session
    outside the plan, KeyError for an unknown exercise.
    """
    if plan.bands is not None and standing.band in plan.bands.order[1:]:
        weaker = plan.bands.order[plan.bands.order.index(standing.band) - 1]
        return replace(standing, band=weaker)
    rungs = list_rungs(plan, plan.exercise(standing.exercise), plan.week_of(session))
    below = [one for one in rungs if one < standing.amount]
    return replace(standing, amount=below[-1]) if below else None
