"""Numbers that, beside others that go out, would give an exact value that doesn't. Pure.

Heart rates in beats beside shares of her maximum give that maximum, which a formula made of her
age: TRIMPs and minutes in zones are shares as well. Banister's exponent tells her sex, a day of the
cycle that she has one. Where exact values aren't approved these cells are absent, `withheld`; their
columns stay (decision 0051).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from server.dose.heart.zones import ZONE_NAMES
from server.dose.sensed.heart_metrics import MEAN_HR
from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell
from server.export.dataset.levels import Level
from server.export.dataset.sources import analysis
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Row
from server.export.dataset.tables import Source

WITHHELD: Final = Absent("withheld")
_NOTHING: Final[frozenset[str]] = frozenset()
_MAXIMUM: Final = frozenset({"hr_max_bpm"})  # in bands it isn't told
_SEX: Final = frozenset({"sex"})
# Of each metric of the heart the columns that have to go out as they are, or it doesn't either.
# Without heart rates in beats, what is relative to her reserve says nothing of either end of it; to
# her maximum and to her reserve together would give the share that her resting heart rate is.
METRICS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        MEAN_HR: _MAXIMUM,
        "mean_share_of_hrmax": _MAXIMUM,
        "trimp_edwards_au": _MAXIMUM,
        "trimp_edwards_prorated_au": _MAXIMUM,
        **{f"minutes_hrmax_{name}": _MAXIMUM for name in ZONE_NAMES},
        "trimp_banister_au": _SEX,
        "trimp_banister_prorated_au": _SEX,
        "trimp_banister_session_mean_au": _SEX,
        "trimp_banister_session_mean_prorated_au": _SEX,
        "mean_hrr": _NOTHING,
        "trimp_lucia_au": _NOTHING,  # by thresholds, which are in no table
        "trimp_lucia_prorated_au": _NOTHING,
        **{f"minutes_hrr_{name}": _NOTHING for name in ZONE_NAMES},
    }
)
FLAGS: Final = MappingProxyType({"hr_max_estimated": frozenset({"hr_max_source"})})
COLUMNS: Final = MappingProxyType({("samples", "cycle_day"): frozenset({"sex", "menopause"})})
# The columns of a metric's own number, by table.
NUMBERS: Final = MappingProxyType(
    {
        "dose": ("planned", "delivered"),
        "course": ("total", "prorated", "planned", "known_sum"),
    }
)


@dataclass(frozen=True, slots=True)
class Withheld:
    """What doesn't go out: metrics and flags by name, columns as (table, column)."""

    metrics: frozenset[str] = _NOTHING
    flags: frozenset[str] = _NOTHING
    columns: frozenset[tuple[str, str]] = frozenset()

    def list_names(self) -> dict[str, list[str]]:
        """For manifests and guides."""
        columns = [f"{table}.{column}" for table, column in self.columns]
        told = {"metrics": self.metrics, "flags": self.flags, "columns": columns}
        return {kind: sorted(names) for kind, names in told.items()}


def find_withheld(levels: Mapping[str, Level]) -> Withheld:
    """Where columns go out at these levels, and not at all where they have none."""
    told = {name for name, level in levels.items() if not level.is_coarser}
    metrics = frozenset(name for name, needs in METRICS.items() if not needs <= told)
    places = {place for place, needs in COLUMNS.items() if not needs <= told}
    in_analysis = {("analysis", one) for name in metrics for one in analysis.NUMBERS.get(name, ())}
    return Withheld(
        metrics,
        frozenset(name for name, needs in FLAGS.items() if not needs <= told),
        frozenset(places | in_analysis),
    )


def withhold(source: Source, withheld: Withheld) -> Source:
    """The same table without these numbers."""
    name = source.table.name
    columns = {column for table, column in withheld.columns if table == name}

    def read(view: StudyView) -> Iterator[Row]:
        for row in source.read(view):
            yield _hide(row, NUMBERS.get(name, ()), columns, withheld)

    return Source(source.table, read)


def _hide(
    row: Row, numbers: Collection[str], columns: Collection[str], withheld: Withheld
) -> dict[str, Cell]:
    """A reason why a number is missing stays; a hidden column's would tell, and doesn't."""
    hidden = {**row, **dict.fromkeys(columns, WITHHELD)}
    if numbers and row["metric"] in withheld.metrics:
        hidden |= {one: WITHHELD for one in numbers if not isinstance(row[one], Absent)}
    flags = hidden.get("flags")
    if numbers and isinstance(flags, str):
        kept = [one for one in flags.split(";") if one not in withheld.flags]
        hidden["flags"] = ";".join(kept) or Absent("not_applicable")
    return hidden
