"""Printed p against F. p of F by R 4.2.2: pf(F, 1, 28, lower.tail = FALSE)."""

import pytest

from server.analysis.summary_check.contrasts import Term
from server.analysis.summary_check.finding import Finding, Verdict
from server.analysis.summary_check.p_findings import judge_p_values
from server.analysis.summary_check.printed import Printed
from server.analysis.summary_check.table import Bound, Claim, Measure, PrintedP
from tests.summary_tables import FIFTEEN, bdnf


def _judge(f: str, p: str, bound: Bound = Bound.EQUAL) -> Finding:
    claim = Claim(Printed.parse(f), None, PrintedP(bound, Printed.parse(p)))
    bare = bdnf()
    measure = Measure("x", FIFTEEN, bare.control, bare.training, {Term.TIME: claim})
    (found,) = judge_p_values(measure)
    return found


@pytest.mark.parametrize(
    ("f", "p", "bound", "verdict"),
    [
        ("107.861", "0.0001", Bound.EQUAL, Verdict.INCONSISTENT),
        ("107.861", "0.000", Bound.EQUAL, Verdict.CONSISTENT),
        ("107.861", "0.001", Bound.BELOW, Verdict.CONSISTENT),
        ("107.861", "0.05", Bound.ABOVE, Verdict.INCONSISTENT),
        ("4.20", "0.05", Bound.EQUAL, Verdict.CONSISTENT),
        ("4.20", "0.0500", Bound.EQUAL, Verdict.CONSISTENT),
        ("4.20", "0.049", Bound.EQUAL, Verdict.CONSISTENT),
        ("4.20", "0.048", Bound.EQUAL, Verdict.INCONSISTENT),
        ("4.20", "0.04", Bound.EQUAL, Verdict.CONSISTENT),
        ("4.10", "0.05", Bound.BELOW, Verdict.INCONSISTENT),
        ("4.10", "0.05", Bound.ABOVE, Verdict.CONSISTENT),
    ],
)
def test_p_rounded_cut_off_or_bounded(f: str, p: str, bound: Bound, verdict: Verdict) -> None:
    """F = 4.20 has p = 0.0499 (0.0498 to 0.0500 over 4.195 to 4.205), F = 4.10 has p = 0.0525."""
    assert _judge(f, p, bound).verdict is verdict


def test_p_of_the_study() -> None:
    """Audit: 4.1e-11; "p = 0.0001" should be p < .001."""
    found = _judge("107.861", "0.0001")
    assert found.claim == "p = 0.0001"
    assert found.implied == pytest.approx(4.1e-11, rel=0.02)
    assert "printed as p < 0.001" in found.explanation


def test_no_finding_without_f_or_without_p() -> None:
    assert judge_p_values(bdnf()) == []
