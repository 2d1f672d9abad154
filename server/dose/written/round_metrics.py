"""Work of each round with the rating that she gave in it, as a metric of the vector."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import fsum
from typing import Any, Final

from protocol.training.expand import PlannedSession
from server.dose.effort.weighted import UNIT, VERSION, RoundWork, compute_weighted_minutes
from server.dose.quantity import Missing, Quantity
from server.dose.vector import Metric
from server.dose.volume.sets import DoseSet, measure_work_min
from server.dose.volume.threefold import SetState
from server.dose.written.effort_metrics import GUESSED, MIDDLE, read_rating
from server.dose.written.set_inputs import SetInputs

RPE_WEIGHTED: Final = "rpe_weighted_work_min"


def list_round_metrics(
    inputs: SetInputs, rpe: Mapping[str, Any], planned: PlannedSession | None, sha256: str
) -> list[Metric]:
    """`rpe` is hers of the fold, by round; `sha256` is of everything that this rests on."""
    delivered = _weigh(inputs, rpe)
    return [Metric(RPE_WEIGHTED, _plan(inputs, planned), delivered, sha256)]


def _weigh(inputs: SetInputs, rpe: Mapping[str, Any]) -> Quantity:
    if inputs.is_open or any(one.state is SetState.UNKNOWN for one in inputs.sets):
        return Quantity.missing_for(Missing.NOT_RECORDED, UNIT, VERSION)
    done: dict[int | None, list[DoseSet]] = {}
    for one in inputs.sets:
        if one.state.is_done:
            done.setdefault(one.round, []).append(one)
    rounds = [
        RoundWork(_sum_work(sets), read_rating(rpe.get(str(number))))
        for number, sets in done.items()
    ]
    weighted = compute_weighted_minutes(rounds)
    is_guessed = any(rpe.get(str(number), {}).get("source") == GUESSED for number in done)
    if weighted.value is None or not is_guessed:
        return weighted
    return replace(weighted, flags=(*weighted.flags, GUESSED))


def _sum_work(sets: Sequence[DoseSet]) -> float | None:
    minutes = [one.amount for one in measure_work_min(sets)]
    known = [one for one in minutes if not isinstance(one, Missing)]
    return fsum(known) if len(known) == len(minutes) else None


def _plan(inputs: SetInputs, planned: PlannedSession | None) -> Quantity:
    """All planned work at the middle of the effort aimed at."""
    if planned is None or inputs.planned is None or inputs.turn_min is None:
        return Quantity.missing_for(Missing.NOT_APPLICABLE, UNIT, VERSION)
    work_min = inputs.turn_min * len(inputs.planned)
    return Quantity(work_min * sum(planned.effort.cr10) / 2, UNIT, VERSION, flags=(MIDDLE,))
