"""How much of an evening's sets was completed, as metrics of the vector."""

from collections.abc import Sequence

from server.dose.adherence.completion import Pair, compute_completion, pair_amounts, pair_sets
from server.dose.quantity import Missing, Quantity
from server.dose.vector import Metric
from server.dose.volume.sets import UNITS
from server.dose.written.set_inputs import VERSION, SetInputs, name_unit


def list_completion_metrics(inputs: SetInputs, categories: Sequence[str]) -> list[Metric]:
    """In all and by the station's category, against what was prescribed at the level that held.

    Planned is all of it: 1. What was done beyond it stands apart, and nobody plans that.
    """
    return [
        metric
        for category in (None, *categories)
        for name, unit, pairs in _list_kinds(inputs, category)
        for metric in _tell(name, unit, pairs, inputs.sha256, category)
    ]


def _list_kinds(inputs: SetInputs, category: str | None) -> list[tuple[str, str, list[Pair]]]:
    untold = [Pair(None, None) for _ in inputs.untold]
    amounts = [
        (name_unit(unit), unit, [*pair_amounts(inputs.sets, unit, category), *untold])
        for unit in UNITS
    ]
    return [("sets", "sets", [*pair_sets(inputs.sets, category), *untold]), *amounts]


def _tell(
    name: str, unit: str, pairs: Sequence[Pair], sha256: str, category: str | None
) -> list[Metric]:
    done = compute_completion(pairs, unit)
    whole = Quantity(1.0, "1", VERSION)
    none = Quantity.missing_for(Missing.NOT_APPLICABLE, unit, VERSION)
    return [
        Metric(f"{name}_completion", whole, done.share, sha256, category),
        Metric(f"{name}_excess", none, done.excess, sha256, category),
    ]
