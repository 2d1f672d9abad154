"""Bands of one evening: repetitions by colour, the strongest one, and pull where measured."""

from collections.abc import Callable, Sequence
from typing import Final

from server.dose.quantity import Missing, Quantity
from server.dose.vector import Metric
from server.dose.volume.band_charts import LEVELS
from server.dose.volume.band_force import BandForce, find_band_level
from server.dose.volume.sets import REPETITIONS, measure_amounts, measure_tension
from server.dose.volume.threefold import SetState
from server.dose.written.set_inputs import VERSION, SetInputs, sum_planned, tell_thrice

TENSION_UNIT: Final = "N x repetitions"
_FORCES: Final[tuple[tuple[str, Callable[[BandForce], Quantity]], ...]] = (
    ("band_tension", lambda force: force.force_n),
    ("band_tension_low", lambda force: force.low_n),
    ("band_tension_high", lambda force: force.high_n),
)


def list_band_metrics(inputs: SetInputs) -> list[Metric]:
    """A colour is a level, not a force; newtons only where elongation was measured."""
    return [*_list_colours(inputs), _make_level(inputs), *_list_tensions(inputs)]


def _list_colours(inputs: SetInputs) -> list[Metric]:
    metrics = []
    for colour in LEVELS:
        amounts = None
        if inputs.planned is not None:
            told = [one for one in inputs.planned if one.band == colour]
            amounts = [one.amount for one in told if one.unit == REPETITIONS]
        planned = sum_planned(amounts, REPETITIONS)
        sets = [one for one in inputs.sets if one.band == colour]
        measured = measure_amounts(sets, REPETITIONS)
        metrics += tell_thrice(f"repetitions_{colour}", planned, measured, inputs.sha256)
    return metrics


def _make_level(inputs: SetInputs) -> Metric:
    """The strongest band of the sets that were done; unknown while one set is."""
    done = [one.band for one in inputs.sets if one.state.is_done and one.amount != 0]
    delivered = _find_strongest(done)
    if any(one.state is SetState.UNKNOWN for one in inputs.sets):
        delivered = Quantity.missing_for(Missing.NOT_RECORDED, "level", VERSION)
    planned = _find_strongest([one.band for one in inputs.planned or ()])
    return Metric("band_level", planned, delivered, inputs.sha256)


def _find_strongest(bands: Sequence[str | None]) -> Quantity:
    levels = [find_band_level(one) for one in bands if one is not None]
    unlisted = [one for one in levels if one.missing is not None]
    if unlisted or not levels:
        return unlisted[0] if unlisted else find_band_level(None)
    return max(levels, key=lambda one: one.value or 0.0)


def _list_tensions(inputs: SetInputs) -> list[Metric]:
    """Planned pull is never known: how far a band is stretched is measured, not planned."""
    planned = Quantity.missing_for(Missing.NOT_MEASURED, TENSION_UNIT, VERSION)
    return [
        metric
        for name, choose in _FORCES
        for metric in tell_thrice(
            name, planned, measure_tension(inputs.sets, choose), inputs.sha256
        )
    ]
