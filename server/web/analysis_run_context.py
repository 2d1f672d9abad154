"""What the pages of one run of an analysis may show."""

from dataclasses import dataclass
from typing import ClassVar

from server.web.analysis_context import Fact
from server.web.contexts import Link


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A finding of the summary check."""

    what: str
    claim: str
    verdict: str
    explanation: str


@dataclass(frozen=True, slots=True)
class AnalysisRunContext:
    """One run. What doesn't apply is empty; `links` only once its check was read."""

    template: ClassVar[str] = "analysis_run.html"

    language: str
    name: str
    is_simulated: bool
    title: str
    path: str
    data: str
    standing: str
    failure: str
    is_running: bool
    n_done: int
    n_steps: int
    log: list[str]
    check: str
    wrong: list[CheckRow]
    agreeing: list[CheckRow]
    acknowledge: str
    links: list[Link]
    facts: list[Fact]
    refused: list[str]


@dataclass(frozen=True, slots=True)
class DoseRow:
    """One answer to how outcome and dose go together."""

    outcome: str
    dose: str
    method: str
    n: str
    smallest: str
    estimate: str
    interval: str
    robust: str
    p: str


@dataclass(frozen=True, slots=True)
class PowerRow:
    """How often n participants show a correlation that is truly there."""

    n: str
    r: str
    power: str


@dataclass(frozen=True, slots=True)
class AnalysisDoseContext:
    """Dose and response: what it can't tell, what n can show, and then what was found."""

    template: ClassVar[str] = "analysis_dose.html"

    language: str
    name: str
    is_simulated: bool
    run_path: str
    data: str
    warnings: list[str]
    powers: list[PowerRow]
    slopes: list[str]
    empty: str
    interval_head: str
    robust_head: str
    rows: list[DoseRow]
    notes: list[str]
    influences: list[str]
