"""All that is derived of one person in one session. Only data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from server.dose.adherence.records import SessionRecord
from server.dose.repetitions.proposal import Proposal
from server.dose.vector import Metric
from server.projection.marks import Marks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from server.dose.sensed.station_sensed import StationSensed


@dataclass(frozen=True, slots=True)
class Trace:
    """Columns (n,) of numbers of one person, by name; `version` as of what made them."""

    name: str
    version: int
    columns: "Mapping[str, NDArray[np.generic]]"


@dataclass(frozen=True, slots=True)
class PersonDose:
    """`record` is what adherence over the course needs of her evening, None without a plan.

    `stations` are what her strap says of each set, by its name.
    """

    participant: str
    metrics: Sequence[Metric]
    marks: Marks = Marks()
    proposals: Mapping[str, Proposal] = field(default_factory=dict)
    traces: Sequence[Trace] = ()
    record: SessionRecord | None = None
    stations: "Mapping[str, StationSensed]" = field(default_factory=dict)
