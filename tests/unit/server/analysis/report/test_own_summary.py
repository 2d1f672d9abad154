"""A report is checked as a published table is: by its digits, and a wrong one is told."""

from dataclasses import replace

import pytest

from server.analysis.methods.mixed_anova import MixedAnovaTerm
from server.analysis.plan import AnalysisPlan
from server.analysis.report.content import Content
from server.analysis.report.document import Notes, Text
from server.analysis.report.own_summary import read_own_summary
from server.analysis.report.sections.arithmetic import write_arithmetic
from server.analysis.running import Analysis, run_analysis
from server.analysis.summary_check.contrasts import Term
from tests.unit.server.analysis.simulated_frame import simulate_frame

PLAN = AnalysisPlan(outcomes=("bdnf", "gdnf"), permutations=1_000, bootstrap=1_000)
FRAME = simulate_frame()


@pytest.fixture(scope="module")
def content() -> Content:
    return Content(FRAME, PLAN, run_analysis(FRAME, PLAN), None, None, {})


def print_wrongly(content: Content, other: str) -> Content:
    """As if the group's row had been copied from another term's, as in the study's Table 3."""
    results = list(content.analysis.results)
    terms = {one.term: one for one in content.find(MixedAnovaTerm, "gdnf")}
    place = results.index(terms["group"])
    results[place] = replace(
        terms["group"],
        F=terms[other].F,
        partial_eta_squared=terms[other].partial_eta_squared,
    )
    return replace(content, analysis=Analysis(tuple(results), ()))


def test_what_is_checked_are_the_digits_that_are_printed(content: Content) -> None:
    bdnf, gdnf = read_own_summary(content).measures
    assert (bdnf.sizes.control, bdnf.sizes.training) == (14, 15)
    assert (gdnf.sizes.control, gdnf.sizes.training) == (15, 15)
    assert len(gdnf.control.pre.mean.text.replace(".", "").lstrip("0")) <= 5
    assert {*gdnf.reported} == {Term.GROUP, Term.TIME, Term.INTERACTION}


def test_our_own_report_adds_up(content: Content) -> None:
    section = write_arithmetic(content)
    assert section is not None
    (told,) = section.blocks
    assert isinstance(told, Text)
    assert "none against it" in told.words


def test_a_row_that_was_copied_wrongly_is_told_first(content: Content) -> None:
    section = write_arithmetic(print_wrongly(content, "group:time"))
    assert section is not None
    (told,) = section.blocks
    assert isinstance(told, Notes)
    assert told.sentences[0].startswith("These tables contradict each other")
    assert any("gdnf, group" in sentence for sentence in told.sentences)
