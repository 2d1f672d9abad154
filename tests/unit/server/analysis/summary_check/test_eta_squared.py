"""Generalised eta squared of the study's means and SDs (audit, 4 digits)."""

import pytest

from server.analysis.summary_check.contrasts import Term
from server.analysis.summary_check.eta_squared import generalised_eta_squared
from server.analysis.summary_check.table import Measure
from tests.summary_tables import bdnf, gdnf, measure_of


@pytest.mark.parametrize(
    ("measure", "interaction", "group", "time"),
    [(bdnf(), 0.7308, 0.7343, 0.7138), (gdnf(), 0.7356, 0.7210, 0.6476)],
)
def test_generalised(measure: Measure, interaction: float, group: float, time: float) -> None:
    terms = (Term.INTERACTION, Term.GROUP, Term.TIME)
    found = [generalised_eta_squared(measure, term) for term in terms]
    assert found == pytest.approx([interaction, group, time], abs=0.00005)


def test_of_no_effect_and_no_spread() -> None:
    assert generalised_eta_squared(measure_of([5.0, 0.0] * 4), Term.TIME) == 0
