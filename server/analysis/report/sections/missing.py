"""Who has no measurement, and how much that would have to matter."""

from server.analysis.methods.missing.pattern import ArmPattern, MissingPattern
from server.analysis.methods.missing.tipping import TippingPoint
from server.analysis.report.column_words import name_outcome
from server.analysis.report.content import Content
from server.analysis.report.document import Block, Grid, Section, join_notes
from server.analysis.report.number_words import name_interval, write_interval, write_number, write_p

_HEAD = (
    "outcome", "arm", "both", "pre only", "post only", "neither", "mean pre, with post",
    "mean pre, without post",
)  # fmt: skip


def write_missing(content: Content) -> Section | None:
    """None where every measurement is there."""
    outcomes = content.plan.outcomes
    patterns = [one for name in outcomes for one in content.find(MissingPattern, name)]
    if all(one.control.n_both + one.training.n_both == one.n for one in patterns):
        return None
    rows = tuple(row for one in patterns for row in _tell(one))
    blocks: list[Block] = [Grid("Measurements that are there.", _HEAD, rows)]
    tips = [one for name in outcomes for one in content.find(TippingPoint, name)]
    if tips:
        blocks.append(_tell_tips(tips, content.plan.level))
    blocks += join_notes([one.notes for one in (*patterns, *tips)])
    return Section("Missing measurements", tuple(blocks))


def _tell(one: MissingPattern) -> list[tuple[str, ...]]:
    arms = (("training", one.training), ("control", one.control))
    return [(name_outcome(one.outcome), name, *_tell_arm(arm)) for name, arm in arms]


def _tell_arm(arm: ArmPattern) -> tuple[str, ...]:
    counts = (arm.n_both, arm.n_pre_only, arm.n_post_only, arm.n_neither)
    means = (arm.mean_pre_with_post, arm.mean_pre_without_post)
    return (*map(str, counts), *map(write_number, means))


def _tell_tips(tips: list[TippingPoint], level: float) -> Grid:
    head = ("outcome", "imputed estimate", name_interval(level), "p", "delta that tips it")
    rows = tuple(
        (
            name_outcome(one.outcome),
            write_number(one.estimate),
            write_interval(one.ci),
            write_p(one.p),
            f"none to \u00b1 {write_number(one.largest_delta)}"
            if one.tipping_delta is None
            else write_number(one.tipping_delta),
        )
        for one in tips
    )
    return Grid("If missing posts of training were otherwise by delta.", head, rows)
