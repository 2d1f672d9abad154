"""The dose of one person in one session: named numbers, planned beside delivered."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from protocol.ledger.canonical import encode_canonical
from server.dose.quantity import Missing, Quantity

RATIO_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Metric:
    """`category` None is the whole session. Each quantity carries its formula's version.

    `inputs_sha256` is the same exactly as long as what it was worked out from is.
    """

    name: str
    planned: Quantity
    delivered: Quantity
    inputs_sha256: str
    category: str | None = None

    @property
    def ratio(self) -> Quantity:
        """Delivered over planned: relative dose intensity (Nilsen 2018) of one session."""
        for one in (self.planned, self.delivered):
            if one.missing is not None:
                return Quantity.missing_for(one.missing, "1", RATIO_VERSION, one.coverage)
        planned, delivered = self.planned.value, self.delivered.value
        if not planned or delivered is None:
            return Quantity.missing_for(Missing.NOT_APPLICABLE, "1", RATIO_VERSION)
        flags = tuple(dict.fromkeys((*self.planned.flags, *self.delivered.flags)))
        return Quantity(
            delivered / planned, "1", RATIO_VERSION, self.delivered.coverage, flags=flags
        )


@dataclass(frozen=True, slots=True)
class DoseVector:
    """`evidence` counts her sets by how they are known; `is_final` once the session is closed."""

    participant: str
    metrics: tuple[Metric, ...]
    evidence: Mapping[str, int]
    is_final: bool

    def find(self, name: str, category: str | None = None) -> Metric:
        """Raises KeyError for a metric that the vector doesn't have."""
        for metric in self.metrics:
            if (metric.name, metric.category) == (name, category):
                return metric
        raise KeyError((name, category))


def hash_inputs(inputs: Any) -> str:
    """SHA-256 in hex of a JSON value's one canonical text."""
    return hashlib.sha256(encode_canonical(inputs)).hexdigest()
