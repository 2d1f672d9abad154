"""Printed p of a term against the F printed beside it."""

from scipy.special import fdtrc

from server.analysis.summary_check.contrasts import PRINTED_TERMS, Term
from server.analysis.summary_check.finding import Finding, Verdict
from server.analysis.summary_check.printed import Interval, Printed, tell, tell_range
from server.analysis.summary_check.table import Claim, Measure, PrintedP

_SMALLEST_USUAL = 0.001  # APA 7, 6.36: below this, p is printed as p < .001


def judge_p_values(measure: Measure) -> list[Finding]:
    """One finding for each term with both F and p."""
    return [
        _judge(measure, term, claim.f, claim.p)
        for term in PRINTED_TERMS
        if (claim := measure.reported.get(term, Claim())).f is not None and claim.p is not None
    ]


def upper_tail(f: float, error_df: int) -> float:
    """P(F(1, error_df) >= f)."""
    return float(fdtrc(1, error_df, f))


def write_p(p: PrintedP) -> str:
    return f"p {p.bound} {p.number.text}"


def _judge(measure: Measure, term: Term, f: Printed, p: PrintedP) -> Finding:
    df = measure.sizes.error_df
    implied = upper_tail(f.value, df)
    over = Interval(upper_tail(f.spread.hi, df), upper_tail(f.spread.lo, df))
    agrees = over.overlaps(p.interval)
    told = f"F(1, {df}) = {f.text} has p = {tell(implied)}"
    told += "." if implied < _SMALLEST_USUAL else f" ({tell_range(over)} over its roundings)."
    if not agrees and implied < _SMALLEST_USUAL:
        told += " Such a p is printed as p < 0.001."
    verdict = Verdict.CONSISTENT if agrees else Verdict.INCONSISTENT
    return Finding(measure.name, term, write_p(p), verdict, over, implied, told, over, over)
