"""Everything that a report is written from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from server.analysis.frame import Frame
from server.analysis.methods.result import Result
from server.analysis.plan import AnalysisPlan
from server.analysis.running import Analysis

R = TypeVar("R", bound=Result)


@dataclass(frozen=True, slots=True)
class Content:
    """`departures` None: no plan was given. `units` by outcome; `versions` of programs."""

    frame: Frame
    plan: AnalysisPlan
    analysis: Analysis
    is_simulated: bool
    departures: Sequence[str] | None
    versions: Mapping[str, str]
    units: Mapping[str, str] = field(default_factory=dict)

    def find(self, kind: type[R], outcome: str | None) -> Iterator[R]:
        """Results of one kind about one outcome, in their order."""
        for one in self.analysis.results:
            if isinstance(one, kind) and one.outcome == outcome:
                yield one

    def tell_unit(self, outcome: str) -> str:
        """The outcome's unit; nothing where nobody gave one."""
        return self.units.get(outcome, "")
