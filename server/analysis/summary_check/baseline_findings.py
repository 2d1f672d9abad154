"""Printed p of a baseline column against the t-tests that its means and SDs allow."""

from collections.abc import Sequence

from server.analysis.summary_check.finding import Finding, Verdict
from server.analysis.summary_check.p_findings import write_p
from server.analysis.summary_check.printed import tell, tell_range
from server.analysis.summary_check.t_tests import TwoSampleTest, student_t, welch_t
from server.analysis.summary_check.table import Baseline, PrintedP

BASELINE = "baseline"


def judge_baselines(baselines: Sequence[Baseline]) -> list[Finding]:
    """One finding for each column; a column without p is told its t-test."""
    return [_judge(one, baselines) for one in baselines]


def _judge(baseline: Baseline, all_of_them: Sequence[Baseline]) -> Finding:
    student, welch = student_t(baseline), welch_t(baseline)
    p = baseline.p
    agrees = p is None or _gives(student, p) or _gives(welch, p)
    told = [_tell_test(student, welch)]
    if p is not None and not agrees:
        told.append(f"{write_p(p)} is neither: no rounding of the means and SDs gives it.")
        told += _tell_whose(baseline, p, all_of_them)
    elif p is not None and not _gives(student, p):
        told.append(f"{write_p(p)} is Welch's.")
    return Finding(
        baseline.name,
        BASELINE,
        "p not printed" if p is None else write_p(p),
        Verdict.CONSISTENT if agrees else Verdict.INCONSISTENT,
        student.p_range,
        student.p,
        " ".join(told),
        student.p_range,
        student.p_range,
    )


def _gives(test: TwoSampleTest, p: PrintedP) -> bool:
    return test.p_range.overlaps(p.interval)


def _tell_test(student: TwoSampleTest, welch: TwoSampleTest) -> str:
    return (
        f"The t-test gives t({student.df:g}) = {tell(student.t)}, p = {tell(student.p)}"
        f" ({tell_range(student.p_range)} over all roundings); Welch's p = {tell(welch.p)}"
        f" ({tell_range(welch.p_range)})."
    )


def _tell_whose(baseline: Baseline, p: PrintedP, all_of_them: Sequence[Baseline]) -> list[str]:
    """Columns whose p it would be."""
    whose = [one.name for one in all_of_them if one is not baseline and _gives(student_t(one), p)]
    if not whose:
        return []
    return [f"It would be the p of {' or '.join(whose)}: were columns shifted?"]
