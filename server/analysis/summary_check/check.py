"""All checks of a table, in the order of the table."""

from server.analysis.summary_check.ancova import tell_ancova
from server.analysis.summary_check.assumption_findings import judge_levene, judge_repeated
from server.analysis.summary_check.baseline_findings import judge_baselines
from server.analysis.summary_check.bmi import judge_bmi
from server.analysis.summary_check.correlation_findings import tell_correlations
from server.analysis.summary_check.eta_findings import judge_eta_squared
from server.analysis.summary_check.f_findings import judge_f_values
from server.analysis.summary_check.finding import Finding, Verdict
from server.analysis.summary_check.magnitude import tell_effect_sizes, tell_magnitude
from server.analysis.summary_check.p_findings import judge_p_values
from server.analysis.summary_check.ratio import judge_ratio
from server.analysis.summary_check.rows import read_rows
from server.analysis.summary_check.scale_findings import judge_scales
from server.analysis.summary_check.spread import tell_spread
from server.analysis.summary_check.table import Measure, SummaryTable

_WORST_FIRST = (Verdict.IMPOSSIBLE, Verdict.INCONSISTENT, Verdict.LOOK_AT, Verdict.CONSISTENT)


def check_summary(table: SummaryTable) -> tuple[Finding, ...]:
    """Every finding, measures first, then baselines, each in its order in the table."""
    findings = [one for measure in table.measures for one in check_measure(measure)]
    findings += judge_repeated(table.measures)
    findings += judge_baselines(table.baselines)
    findings += judge_bmi(table.baselines)
    findings += [one for baseline in table.baselines for one in judge_scales(baseline)]
    return tuple(findings)


def check_measure(measure: Measure) -> list[Finding]:
    """Of one outcome: F, their ratio, eta squared, p, what they imply, sizes, spread, values."""
    rows = read_rows(measure)
    return [
        *judge_f_values(measure, rows),
        *judge_ratio(measure, rows),
        *judge_eta_squared(measure, rows),
        *judge_p_values(measure),
        *tell_correlations(rows),
        *tell_ancova(measure, rows),
        *tell_effect_sizes(measure, rows),
        *tell_magnitude(measure),
        *tell_spread(measure),
        *judge_levene(measure),
        *judge_scales(measure),
    ]


def sort_worst_first(findings: tuple[Finding, ...]) -> list[Finding]:
    """Impossible, inconsistent, to look at, consistent; else as they were."""
    return sorted(findings, key=lambda one: _WORST_FIRST.index(one.verdict))
