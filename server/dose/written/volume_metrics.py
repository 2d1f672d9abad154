"""Sets, repetitions, holds and minutes of work of one evening, as metrics of the vector."""

from collections.abc import Sequence

from server.dose.vector import Metric
from server.dose.volume.sets import (
    UNITS,
    choose_sets,
    measure_amounts,
    measure_sets,
    measure_work_min,
)
from server.dose.written.set_inputs import SetInputs, name_unit, sum_planned, tell_thrice


def list_volume_metrics(inputs: SetInputs, categories: Sequence[str]) -> list[Metric]:
    """Each volume three times, in all and by the category of what she did."""
    return [
        metric
        for category in (None, *categories)
        for metric in (*_list_sets(inputs, category), *_list_amounts(inputs, category))
    ]


def _list_sets(inputs: SetInputs, category: str | None) -> list[Metric]:
    sets, told = choose_sets(inputs.sets, category), inputs.choose_planned(category)
    n_sets = sum_planned(None if told is None else [1.0] * len(told), "sets")
    work_min = sum_planned(None if told is None else [inputs.turn_min] * len(told), "min")
    return [
        *tell_thrice("sets", n_sets, measure_sets(sets), inputs, category),
        *tell_thrice("work_min", work_min, measure_work_min(sets), inputs, category),
    ]


def _list_amounts(inputs: SetInputs, category: str | None) -> list[Metric]:
    sets, told = choose_sets(inputs.sets, category), inputs.choose_planned(category)
    metrics = []
    for unit in UNITS:
        amounts = None if told is None else [one.amount for one in told if one.unit == unit]
        measured = measure_amounts(sets, unit)
        planned = sum_planned(amounts, unit)
        metrics += tell_thrice(name_unit(unit), planned, measured, inputs, category)
    return metrics
