"""The printed F: possible at all, possible beside the others, and of which row."""

from typing import Final

from server.analysis.summary_check.contrasts import PRINTED_TERMS, Term
from server.analysis.summary_check.feasible import find_feasible_f
from server.analysis.summary_check.finding import Finding, Verdict
from server.analysis.summary_check.implied import fits_alone
from server.analysis.summary_check.printed import Interval, Printed, tell, tell_range
from server.analysis.summary_check.rows import Rows
from server.analysis.summary_check.table import Claim, Measure

_RANGE_DIGITS: Final = 6  # enough to see a printed F inside its range


def judge_f_values(measure: Measure, rows: Rows) -> list[Finding]:
    """One finding for each of time, group, interaction and intercept, printed or not."""
    findings = []
    for term in PRINTED_TERMS:
        f = measure.reported.get(term, Claim()).f
        if f is None:
            findings.append(_tell_unprinted(measure, rows, term))
        else:
            findings.append(_judge_printed(measure, rows, term, f))
    return [*findings, _tell_intercept(measure, rows)]


def judge_verdict(measure: Measure, rows: Rows, term: Term, f: Printed) -> Verdict:
    """Of a printed F, taken as the F of its own term."""
    if rows.actual.get(term) in {term, Term.TIME_BY_PEOPLE}:
        return Verdict.CONSISTENT
    if not fits_alone(measure, term, f):
        return Verdict.IMPOSSIBLE
    return Verdict.INCONSISTENT


def _judge_printed(measure: Measure, rows: Rows, term: Term, f: Printed) -> Finding:
    verdict = judge_verdict(measure, rows, term, f)
    actual = rows.actual.get(term)
    judged = rows.type_of(term)
    told = [_tell_feasible(measure, judged, verdict), _tell_implied(rows, judged, verdict)]
    if actual is None:
        told.append(_tell_contradiction(measure, rows, term, f, verdict))
    elif actual is not term:
        told.append(_tell_other_row(rows, term, actual, f))
    explanation = " ".join(one for one in told if one)
    return _write(measure, rows, judged, term, f"F = {f.text}", verdict, explanation)


def _tell_unprinted(measure: Measure, rows: Rows, term: Term) -> Finding:
    told = [_tell_feasible(measure, term, Verdict.CONSISTENT)]
    told.append(_tell_implied(rows, term, Verdict.CONSISTENT))
    explanation = " ".join(one for one in told if one)
    return _write(measure, rows, term, term, "F not printed", Verdict.CONSISTENT, explanation)


def _tell_intercept(measure: Measure, rows: Rows) -> Finding:
    """What the row of the intercept would be, and which printed F it is."""
    took = next((t for t, at in rows.actual.items() if at is Term.INTERCEPT), None)
    printed = None if took is None else measure.reported[took].f
    if took is None or printed is None:
        return _tell_unprinted(measure, rows, Term.INTERCEPT)
    told = _tell_implied(rows, Term.INTERCEPT, Verdict.CONSISTENT)
    explanation = (
        f"{told} The number printed for {took} lies inside: it is the row of the intercept, which"
        " tests whether the mean of all values is 0."
    )
    claim = f"F = {printed.text}, printed for {took}"
    here = Term.INTERCEPT
    return _write(measure, rows, here, here, claim, Verdict.CONSISTENT, explanation)


def _write(  # noqa: PLR0913
    measure: Measure,
    rows: Rows,
    judged: Term,
    term: Term,
    claim: str,
    verdict: Verdict,
    explanation: str,
) -> Finding:
    teller = rows.find_teller(judged)
    return Finding(
        measure.name,
        term,
        claim,
        verdict,
        find_feasible_f(measure, judged, rounded=False),
        None if teller is None else teller.imply(judged),
        explanation,
        find_feasible_f(measure, judged, rounded=True),
        None if teller is None else teller.imply_range(judged),
    )


def _tell_feasible(measure: Measure, term: Term, verdict: Verdict) -> str:
    over_r = tell_range(find_feasible_f(measure, term, rounded=False))
    over_all = tell_range(find_feasible_f(measure, term, rounded=True))
    if verdict is Verdict.IMPOSSIBLE:
        return (
            f"No correlation of before and after gives this F with these n, means and SDs:"
            f" {over_r} is possible, {over_all} over all roundings."
        )
    return f"Over every correlation of before and after F is {over_r}, {over_all} over roundings."


def _tell_implied(rows: Rows, term: Term, verdict: Verdict) -> str:
    teller = rows.find_teller(term)
    if teller is None:
        return ""
    value, over = tell(teller.imply(term)), tell_range(teller.imply_range(term), _RANGE_DIGITS)
    verb = "is" if verdict is Verdict.CONSISTENT else "should be"
    return (
        f"By the covariance that F = {teller.f.text} of {teller.term} implies, it {verb} {value}"
        f" ({over} over all roundings)."
    )


def _tell_other_row(rows: Rows, term: Term, actual: Term, f: Printed) -> str:
    if actual is Term.TIME_BY_PEOPLE:
        return (
            "It is the F of an analysis that weighs people alike (sums of squares of type I or"
            " II), not arms (type III)."
        )
    teller = rows.find_teller(actual)
    over = Interval(f.value, f.value) if teller is None else teller.imply_range(actual)
    return (
        f"{f.text} lies in {tell_range(over, _RANGE_DIGITS)}, which is implied for the {actual}:"
        f" the row of the {actual} was printed as {term}."
    )


def _tell_contradiction(
    measure: Measure, rows: Rows, term: Term, f: Printed, verdict: Verdict
) -> str:
    """Of an F that is in no row."""
    if fits_alone(measure, Term.INTERCEPT, f) and verdict is Verdict.IMPOSSIBLE:
        possible = tell_range(find_feasible_f(measure, Term.INTERCEPT, rounded=True))
        return f"It would be possible as the F of the intercept ({possible})."
    if verdict is Verdict.INCONSISTENT and not rows.anchors:
        return (
            "It is possible by itself, but no one covariance gives all the printed F, and"
            " arithmetic can't say which of them is wrong."
        )
    if verdict is Verdict.INCONSISTENT:
        return f"{f.text} is possible by itself as F of {term}, not beside the other F."
    return ""
