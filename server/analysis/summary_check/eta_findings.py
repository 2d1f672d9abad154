"""Printed eta squared against F: partial or of another kind, rounded or cut off, swapped."""

from server.analysis.summary_check.contrasts import PRINTED_TERMS, Term
from server.analysis.summary_check.eta_squared import (
    classical_eta_squared,
    generalised_eta_squared,
    partial_eta_squared,
)
from server.analysis.summary_check.f_findings import judge_verdict
from server.analysis.summary_check.feasible import find_feasible_f
from server.analysis.summary_check.finding import Finding, Verdict
from server.analysis.summary_check.printed import Interval, Printed, tell, tell_range
from server.analysis.summary_check.rows import Rows
from server.analysis.summary_check.table import Claim, Measure


def judge_eta_squared(measure: Measure, rows: Rows) -> list[Finding]:
    """One finding for each that is printed."""
    return [
        _judge(measure, rows, term, claim.eta2)
        for term in PRINTED_TERMS
        if (claim := measure.reported.get(term, Claim())).eta2 is not None
    ]


def _judge(measure: Measure, rows: Rows, term: Term, eta2: Printed) -> Finding:
    judged = rows.type_of(term)
    feasible, wide = (
        _as_eta(measure, find_feasible_f(measure, judged, rounded=rounded))
        for rounded in (False, True)
    )
    implied, over, source = _imply(measure, rows, term)
    verdict, told = _compare(measure, judged, eta2, wide, over)
    told = [f"Partial eta squared is F / (F + {measure.sizes.error_df})" + source + ".", *told]
    if verdict is not Verdict.CONSISTENT:
        told += _tell_own_f(measure, term, eta2, over)
        told += _tell_swap(measure, rows, term, eta2)
    return Finding(
        measure.name,
        term,
        f"eta2 = {eta2.text}",
        verdict,
        feasible,
        implied,
        " ".join(told),
        wide,
        over,
    )


def _imply(measure: Measure, rows: Rows, term: Term) -> tuple[float | None, Interval | None, str]:
    """By the F printed beside it if that is sound, else by the F that it should be."""
    df = measure.sizes.error_df
    f = measure.reported[term].f
    teller = rows.find_teller(rows.type_of(term))
    is_sound = f is not None and judge_verdict(measure, rows, term, f) is Verdict.CONSISTENT
    if f is not None and (is_sound or teller is None):
        value = partial_eta_squared(f.value, df)
        return value, _as_eta(measure, f.spread), f": {tell(value)} by F = {f.text}"
    if teller is None:
        return None, None, ""
    value = partial_eta_squared(teller.imply(term), df)
    right = f": {tell(value)} by the F that it should be, {tell(teller.imply(term))}"
    return value, _as_eta(measure, teller.imply_range(term)), right


def _compare(
    measure: Measure, term: Term, eta2: Printed, wide: Interval, over: Interval | None
) -> tuple[Verdict, list[str]]:
    if over is not None and over.overlaps(eta2.spread):
        return Verdict.CONSISTENT, [f"{eta2.text} is that, rounded."]
    if over is not None and over.overlaps(eta2.truncated):
        return Verdict.CONSISTENT, [f"{eta2.text} is that cut off; rounded it would be higher."]
    for kind, value in _other_kinds(measure, term):
        if value is not None and eta2.spread.contains(value):
            return Verdict.CONSISTENT, [f"{eta2.text} is the {kind} one, {tell(value)}, not this."]
    if not (wide.overlaps(eta2.spread) or wide.overlaps(eta2.truncated)):
        return Verdict.IMPOSSIBLE, [
            f"No correlation gives {eta2.text}: {tell_range(wide)} is possible."
        ]
    if over is None:
        return Verdict.CONSISTENT, [f"{eta2.text} is possible: {tell_range(wide)}."]
    return Verdict.INCONSISTENT, [f"{eta2.text} is not that, neither rounded nor cut off."]


def _other_kinds(measure: Measure, term: Term) -> list[tuple[str, float | None]]:
    return [
        ("generalised", generalised_eta_squared(measure, term)),
        ("classical", classical_eta_squared(measure, term)),
    ]


def _tell_own_f(measure: Measure, term: Term, eta2: Printed, over: Interval | None) -> list[str]:
    f = measure.reported[term].f
    if f is None:
        return []
    own = _as_eta(measure, f.spread)
    if own == over or not (own.overlaps(eta2.spread) or own.overlaps(eta2.truncated)):
        return []
    return [f"It goes with the F = {f.text} printed beside it, so both are of the same wrong row."]


def _tell_swap(measure: Measure, rows: Rows, term: Term, eta2: Printed) -> list[str]:
    """Another term whose sound F gives it; swapped if that term's goes with this one's F."""
    told = []
    for other in PRINTED_TERMS:
        claim = measure.reported.get(other, Claim())
        if other is term or claim.f is None or not _goes_with(measure, claim.f, eta2):
            continue
        if judge_verdict(measure, rows, other, claim.f) is not Verdict.CONSISTENT:
            continue
        told.append(f"It goes with the F = {claim.f.text} of {other}.")
        own = measure.reported[term].f
        if claim.eta2 is not None and own is not None and _goes_with(measure, own, claim.eta2):
            told.append(f"The eta squared of {term} and {other} were swapped.")
    return told


def _goes_with(measure: Measure, f: Printed, eta2: Printed) -> bool:
    of_f = _as_eta(measure, f.spread)
    return of_f.overlaps(eta2.spread) or of_f.overlaps(eta2.truncated)


def _as_eta(measure: Measure, f: Interval) -> Interval:
    df = measure.sizes.error_df
    return Interval(partial_eta_squared(f.lo, df), partial_eta_squared(f.hi, df))
