"""Which row each printed F is. Every table is made from BDNF's cells and right F of the study."""

from collections.abc import Mapping

import pytest

from server.analysis.summary_check.contrasts import Term
from server.analysis.summary_check.feasible import find_f
from server.analysis.summary_check.rows import Rows, read_rows
from server.analysis.summary_check.table import ArmSizes
from tests.summary_tables import BDNF_CELLS, bdnf, gdnf, measure_of

RIGHT = {Term.TIME: "107.861", Term.GROUP: "219.34", Term.INTERACTION: "117.42"}


def _read(changed: Mapping[Term, str]) -> Rows:
    return read_rows(measure_of(BDNF_CELLS, {**RIGHT, **changed}))


def test_the_study_printed_the_intercept_as_the_group_effect() -> None:
    rows = read_rows(bdnf())
    assert rows.actual == {
        Term.TIME: Term.TIME,
        Term.GROUP: Term.INTERCEPT,
        Term.INTERACTION: Term.INTERACTION,
    }
    assert [one.term for one in rows.anchors] == [Term.INTERACTION, Term.TIME, Term.INTERCEPT]


def test_f_in_their_own_rows() -> None:
    for rows in (read_rows(gdnf()), _read({})):
        assert all(term is at for term, at in rows.actual.items())
        assert len(rows.anchors) == 3


def test_two_swapped_rows() -> None:
    rows = _read({Term.TIME: "117.42", Term.INTERACTION: "107.861"})
    assert rows.actual == {
        Term.TIME: Term.INTERACTION,
        Term.INTERACTION: Term.TIME,
        Term.GROUP: Term.GROUP,
    }


def test_a_number_of_no_row_is_left_out() -> None:
    rows = _read({Term.GROUP: "291.34"})
    assert rows.actual[Term.GROUP] is None
    assert [one.term for one in rows.anchors] == [Term.INTERACTION, Term.TIME]


def test_two_that_contradict_each_other_tell_nothing() -> None:
    rows = read_rows(measure_of(BDNF_CELLS, {Term.GROUP: "300.00", Term.INTERACTION: "117.42"}))
    assert rows == Rows({}, ())


def test_two_readings_with_as_few_faults_tell_nothing() -> None:
    """So few digits of the group effect go with either of two that contradict each other."""
    assert _read({Term.GROUP: "219", Term.INTERACTION: "117.60"}) == Rows({}, ())


def test_one_alone_stands_in_its_row_if_it_can() -> None:
    assert read_rows(measure_of(BDNF_CELLS, {Term.GROUP: "300"})).actual == {Term.GROUP: Term.GROUP}
    assert read_rows(measure_of(BDNF_CELLS, {Term.GROUP: "5369.17"})).actual == {}


def test_one_possible_beside_an_impossible_one_is_kept() -> None:
    rows = read_rows(measure_of(BDNF_CELLS, {Term.GROUP: "60", Term.INTERACTION: "117.42"}))
    assert rows.actual == {Term.GROUP: None, Term.INTERACTION: Term.INTERACTION}


def test_nothing_printed() -> None:
    assert read_rows(measure_of(BDNF_CELLS)) == Rows({}, ())


@pytest.mark.parametrize("term", [Term.TIME, Term.TIME_BY_PEOPLE])
def test_unequal_arms_are_read_by_either_type_of_sums_of_squares(term: Term) -> None:
    sizes = ArmSizes(9, 17)
    bare = measure_of(BDNF_CELLS, sizes=sizes)
    covariance = -100.0
    printed = {
        Term.TIME: f"{find_f(bare, term, covariance):.2f}",
        Term.INTERACTION: f"{find_f(bare, Term.INTERACTION, covariance):.2f}",
        Term.GROUP: f"{find_f(bare, Term.GROUP, covariance):.2f}",
    }
    rows = read_rows(measure_of(BDNF_CELLS, printed, sizes=sizes))
    assert rows.actual[Term.TIME] is term
    assert rows.type_of(Term.TIME) is term
