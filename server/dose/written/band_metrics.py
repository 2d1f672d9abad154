"""Bands of one evening: repetitions by colour, the strongest one, and pull where measured."""

from collections.abc import Callable, Sequence
from typing import Final

from server.dose.quantity import Missing, Quantity
from server.dose.vector import Metric
from server.dose.volume.band_charts import LEVELS
from server.dose.volume.band_force import BandForce, find_band_level
from server.dose.volume.sets import REPETITIONS, measure_colour, measure_tension
from server.dose.volume.threefold import SetState
from server.dose.written.planned import PlannedSet
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
        planned = sum_planned(_list_planned(inputs.planned, colour), REPETITIONS)
        measured = measure_colour(inputs.sets, colour)
        metrics += tell_thrice(f"repetitions_{colour}", planned, measured, inputs)
    return metrics


def _list_planned(planned: Sequence[PlannedSet] | None, colour: str) -> list[float | None] | None:
    """A set whose colour isn't known may be of this one."""
    if planned is None:
        return None
    told = [one for one in planned if one.has_band and one.unit == REPETITIONS]
    return [None if one.band is None else one.amount for one in told if one.band in (None, colour)]


def _make_level(inputs: SetInputs) -> Metric:
    """The strongest band of the sets that were done; unknown while one colour is."""
    done = [
        None if one.state is SetState.UNKNOWN else one.band
        for one in inputs.sets
        if one.has_band and one.state is not SetState.NOT_DONE and one.amount != 0
    ]
    done += [None] * len(inputs.untold)
    planned = [one.band for one in inputs.planned or () if one.has_band]
    return Metric("band_level", _find_strongest(planned), _find_strongest(done), inputs.sha256)


def _find_strongest(bands: Sequence[str | None]) -> Quantity:
    """Of sets with a band each."""
    if None in bands:
        return Quantity.missing_for(Missing.NOT_RECORDED, "level", VERSION)
    levels = [find_band_level(one) for one in bands]
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
        for metric in tell_thrice(name, planned, measure_tension(inputs.sets, choose), inputs)
    ]
