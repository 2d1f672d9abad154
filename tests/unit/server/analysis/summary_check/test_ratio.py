"""The ratio of two F where an effect may be nothing."""

from server.analysis.summary_check.contrasts import Term
from server.analysis.summary_check.finding import Verdict
from server.analysis.summary_check.ratio import judge_ratio
from server.analysis.summary_check.rows import read_rows
from tests.summary_tables import measure_of

F = {Term.TIME: "8.00", Term.INTERACTION: "0.01"}


def test_changes_that_may_be_alike_have_no_least_ratio() -> None:
    """Both change by 2.0 +- 0.1: at most by 2.1 and 1.9, of which the sum is 4."""
    measure = measure_of(("5.0", "2.0", "7.0", "2.0", "5.0", "2.0", "7.0", "2.0"), F)
    (found,) = judge_ratio(measure, read_rows(measure))
    assert found.feasible is not None
    assert found.feasible.lo == 0.0
    assert abs(found.feasible.hi - (0.2 / 4.0) ** 2) < 1e-9
    assert found.verdict is Verdict.CONSISTENT


def test_changes_that_may_cancel_have_no_ratio() -> None:
    measure = measure_of(("5.0", "2.0", "7.0", "2.0", "7.0", "2.0", "5.0", "2.0"), F)
    assert judge_ratio(measure, read_rows(measure)) == []
