"""Means before and after with the mixed ANOVA (the study's Table 3), and the figures to it."""

from server.analysis.methods.arms import Measure
from server.analysis.methods.design import TwoByTwo
from server.analysis.methods.mixed_anova import MixedAnovaTerm
from server.analysis.methods.welch_t import WelchT
from server.analysis.report.column_words import name_outcome
from server.analysis.report.content import Content
from server.analysis.report.document import Block, Grid, Section, join_notes
from server.analysis.report.figures.changes import draw_changes
from server.analysis.report.figures.means import draw_means
from server.analysis.report.figures.paired import draw_paired
from server.analysis.report.number_words import (
    write_interval,
    write_mean_sd,
    write_number,
    write_p,
)

_TERMS_HEAD = (
    "outcome", "term", "F (df)", "p", "partial \u03b7\u00b2 [90 %]", "generalised \u03b7\u00b2",
)  # fmt: skip
_CAPTION = "Before and after, complete pairs, mean \u00b1 SD."
_HEAD = ("outcome", "arm", "n", "pre", "post", "change")
_FEWEST_DRAWN = 2  # in an arm: one has no spread


def write_before_and_after(content: Content) -> Section:
    """Also where the ANOVA was refused: the means and pictures stand."""
    designs = [content.frame.make_design(name) for name in content.plan.outcomes]
    drawn = [one for one in designs if _can_be_drawn(one)]
    terms = [one for name in content.plan.outcomes for one in content.find(MixedAnovaTerm, name)]
    rows = tuple(row for one in drawn for row in _tell_means(content, one))
    blocks: list[Block] = [Grid(_CAPTION, _HEAD, rows)] if rows else []
    if terms:
        blocks.append(Grid("Mixed ANOVA, type III.", _TERMS_HEAD, tuple(map(_tell_term, terms))))
    blocks += join_notes([one.notes for one in terms])
    for design in drawn if content.shows_individuals else ():
        blocks += _draw(content, design)
    return Section("Before and after", tuple(blocks))


def _can_be_drawn(design: TwoByTwo) -> bool:
    pairs = design.select_complete()
    return min(pairs.n_control, pairs.n_training) >= _FEWEST_DRAWN


def _tell_means(content: Content, design: TwoByTwo) -> list[tuple[str, ...]]:
    pairs = design.select_complete()
    unit = content.tell_unit(design.outcome)
    name = name_outcome(design.outcome) + (f" ({unit})" if unit else "")
    rows = []
    for arm, of_arm in (("training", pairs.is_training), ("control", ~pairs.is_training)):
        told = [
            write_mean_sd(float(values.mean()), float(values.std(ddof=1)))
            for values in (pairs.pre[of_arm], pairs.post[of_arm], pairs.change[of_arm])
        ]
        rows.append((name, arm, str(int(of_arm.sum())), *told))
    return rows


def _tell_term(one: MixedAnovaTerm) -> tuple[str, ...]:
    partial = write_number(one.partial_eta_squared)
    return (
        name_outcome(one.outcome),
        one.term.replace(":", " \u00d7 "),
        f"{write_number(one.F)} ({one.df1}, {one.df2})",
        write_p(one.p),
        f"{partial} {write_interval(one.partial_eta_squared_ci90)}",
        write_number(one.generalized_eta_squared),
    )


def _draw(content: Content, design: TwoByTwo) -> list[Block]:
    unit = content.tell_unit(design.outcome)
    blocks: list[Block] = [draw_means(design, unit), draw_paired(design, unit)]
    of_change = [
        one for one in content.find(WelchT, design.outcome) if one.measure is Measure.CHANGE
    ]
    blocks += [draw_changes(design, unit, one.estimate, one.ci, one.level) for one in of_change]
    return blocks
