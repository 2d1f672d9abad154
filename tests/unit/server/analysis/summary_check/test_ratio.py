"""The ratio of two F where an effect may be nothing."""

from server.analysis.summary_check.contrasts import Term
from server.analysis.summary_check.finding import Verdict
from server.analysis.summary_check.ratio import judge_ratio
from server.analysis.summary_check.rows import read_rows
from tests.summary_tables import measure_of

F = {Term.TIME: "8.00", Term.INTERACTION: "0.01"}


def test_changes_that_may_be_alike_have_no_least_ratio() -> None:
    """By 2.0 +- 0.1 and 2.03 +- 0.055: most unlike are 1.9 and 2.085, of which the sum is 3.985."""
    measure = measure_of(("5.0", "2.0", "7.0", "2.0", "5.0", "2.0", "7.03", "2.0"), F)
    (found,) = judge_ratio(measure, read_rows(measure))
    assert found.feasible is not None
    assert found.feasible.lo == 0.0
    assert abs(found.feasible.hi - (0.185 / 3.985) ** 2) < 1e-9
    assert found.verdict is Verdict.CONSISTENT


def test_changes_that_may_cancel_have_no_ratio() -> None:
    measure = measure_of(("5.0", "2.0", "7.0", "2.0", "7.0", "2.0", "5.0", "2.0"), F)
    assert judge_ratio(measure, read_rows(measure)) == []
