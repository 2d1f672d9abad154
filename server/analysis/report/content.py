"""Everything that a report is written from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from server.analysis.dose_sessions import DoseSession
from server.analysis.dummy_arms import NOTICE
from server.analysis.frame import Frame
from server.analysis.methods.result import Result
from server.analysis.plan import AnalysisPlan
from server.analysis.reporting.reporting import Reporting
from server.analysis.running import Analysis

R = TypeVar("R", bound=Result)


@dataclass(frozen=True, slots=True)
class Content:
    """`notice` stands on every page. `departures` and `planned` None: no plan was given.

    `units` by outcome; `versions` of programs. `remarks` are sentences on the data: how they were
    locked, flags of samples. `why` has column -> code -> reason of what is missing, `sessions` code
    -> what each session gave of the dose named in advance. `reporting` is None where rows come from
    a file.
    """

    frame: Frame
    plan: AnalysisPlan
    analysis: Analysis
    notice: str | None
    departures: Sequence[str] | None
    versions: Mapping[str, str]
    units: Mapping[str, str] = field(default_factory=dict)
    planned: AnalysisPlan | None = None
    remarks: Sequence[str] = ()
    why: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sessions: Mapping[str, tuple[DoseSession, ...]] = field(default_factory=dict)
    reporting: Reporting | None = None

    @property
    def named(self) -> str:
        """How outcomes and dose were chosen, in words."""
        return "named first on the command line" if self.planned is None else "named in advance"

    @property
    def shows_individuals(self) -> bool:
        """Not in a rehearsal: by their values people could be told, and with them the deal."""
        return self.notice != NOTICE

    def find(self, kind: type[R], outcome: str | None) -> Iterator[R]:
        """Results of one kind about one outcome, in their order."""
        for one in self.analysis.results:
            if isinstance(one, kind) and one.outcome == outcome:
                yield one

    def tell_unit(self, outcome: str) -> str:
        """The outcome's unit; nothing where nobody gave one."""
        return self.units.get(outcome, "")
