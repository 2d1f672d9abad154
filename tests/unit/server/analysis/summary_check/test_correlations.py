"""The line of correlations that one F asks for."""

import pytest

from server.analysis.summary_check.contrasts import Term
from server.analysis.summary_check.correlations import CorrelationLine
from server.analysis.summary_check.implied import Anchor
from server.analysis.summary_check.printed import Interval, Printed
from server.analysis.summary_check.table import ArmSizes
from tests.summary_tables import measure_of


def test_the_true_correlations_of_unequal_arms_lie_on_it() -> None:
    """Cells, r and F of the interaction of 9 and 17 people: afex_oracle.R (afex 1.2.1)."""
    cells = (
        45.4665299342, 8.06044284459, 48.44744152, 8.02934378584,
        53.9821463217, 9.77789752772, 60.8457195689, 6.53053362042,
    )  # fmt: skip
    measure = measure_of(cells, sizes=ArmSizes(9, 17))
    line = CorrelationLine.of(Anchor(measure, Term.INTERACTION, Printed.parse("1.00105286468")))
    told = line.weight_control * -0.634457920078 + line.weight_training * 0.870030515618
    assert told == pytest.approx(line.total, rel=1e-8)
    assert line.weight_control == pytest.approx(8 / 12 * 8.06044284459 * 8.02934378584)


def test_where_it_crosses_the_square() -> None:
    line = CorrelationLine(2.0, 1.0, 2.5)
    assert (line.control, line.training) == (Interval(0.75, 1.0), Interval(0.5, 1.0))
    assert line.equal == pytest.approx(2.5 / 3)
    assert line.training_if_control_is_0 is None


def test_a_line_outside_the_square_and_an_arm_without_spread() -> None:
    outside = CorrelationLine(1.0, 1.0, 5.0)
    assert (outside.control, outside.training) == (None, None)
    flat = CorrelationLine(0.0, 2.0, 1.0)
    assert (flat.control, flat.training) == (None, Interval(0.5, 0.5))
    assert flat.training_if_control_is_0 == 0.5
    assert CorrelationLine(0.0, 0.0, 0.0).equal is None
