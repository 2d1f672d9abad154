"""Tests of assumptions: advice, and no gate."""

from server.analysis.methods.box_m import BoxM
from server.analysis.methods.normality import Normality
from server.analysis.methods.variance_homogeneity import VarianceHomogeneity
from server.analysis.report.column_words import name_outcome
from server.analysis.report.content import Content
from server.analysis.report.document import Grid, Section, Text, join_notes
from server.analysis.report.number_words import write_number, write_p


def write_assumptions(content: Content) -> Section | None:
    """None where none could be tested."""
    outcomes = content.plan.outcomes
    shapes = [one for name in outcomes for one in content.find(Normality, name)]
    spreads = [one for name in outcomes for one in content.find(VarianceHomogeneity, name)]
    boxes = [one for name in outcomes for one in content.find(BoxM, name)]
    rows = (
        *((name_outcome(one.outcome), "Shapiro\u2013Wilk", one.timepoint, f"on {one.on}",
           f"W = {write_number(one.W)}", write_p(one.p)) for one in shapes),
        *((name_outcome(one.outcome), "Levene", one.timepoint, f"about the {one.center}",
           f"F = {write_number(one.F)} ({one.df1}, {one.df2})", write_p(one.p)) for one in spreads),
        *((name_outcome(one.outcome), "Box M", "both", "covariances",
           f"\u03c7\u00b2 = {write_number(one.chi_squared)} ({one.df})", write_p(one.p))
          for one in boxes),
    )  # fmt: skip
    if not rows:
        return None
    words = (
        "These are shown and decide nothing: the primary analysis doesn't hang on them. About the"
        " mean is what SPSS prints, about the median what R prints (Brown\u2013Forsythe)."
    )
    head = ("outcome", "test", "time", "of", "statistic", "p")
    notes = join_notes([one.notes for one in (*shapes, *spreads, *boxes)])
    return Section("Assumptions", (Grid("Assumptions.", head, rows), Text(words), *notes))
