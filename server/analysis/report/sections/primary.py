"""The primary analysis: what the arms differ by after the weeks, at the same baseline."""

from server.analysis.methods.ancova import Ancova
from server.analysis.methods.ancova_checks import SlopeHomogeneity
from server.analysis.report.column_words import name_outcome
from server.analysis.report.content import Content
from server.analysis.report.document import Block, Grid, Section, Text, join_notes
from server.analysis.report.number_words import name_interval, write_interval, write_number, write_p


def write_primary(content: Content) -> Section | None:
    """None where no outcome allowed it."""
    found = [one for name in content.plan.outcomes for one in content.find(Ancova, name)]
    if not found:
        return None
    blocks: tuple[Block, ...] = (
        Grid("ANCOVA: post by arm, adjusted for pre; training minus control.",
             _head(name_interval(content.plan.level)),
             tuple(_tell(content, one) for one in found)),
        Grid("Beside it.", ("outcome", "adjusted mean, training", "adjusted mean, control",
                            "slope of pre", "slopes alike: F (df), p",
                            f"ratio on the log scale, {name_interval(content.plan.level)}"),
             tuple(_tell_beside(one) for one in found)),
        Text("p is adjusted by Holm over the outcomes that are co-primary. HC3 intervals don't"
             " assume equal variances. A test of slopes changes nothing in the primary analysis."),
        *join_notes([one.notes for one in found]),
    )  # fmt: skip
    return Section("Primary analysis", blocks)


def _head(interval: str) -> tuple[str, ...]:
    return (
        "outcome", "difference", interval, f"{interval}, HC3", "F (df)", "p", "p, Holm",
        "partial \u03b7\u00b2 [90 %]",
    )  # fmt: skip


def _tell(content: Content, one: Ancova) -> tuple[str, ...]:
    unit = content.tell_unit(str(one.outcome))
    partial = write_number(one.partial_eta_squared)
    return (
        f"{name_outcome(one.outcome)} ({unit})" if unit else name_outcome(one.outcome),
        write_number(one.estimate),
        write_interval(one.ci),
        write_interval(one.ci_hc3),
        f"{write_number(one.F)} ({one.df1}, {one.df2})",
        write_p(one.p),
        write_p(one.p_holm),
        f"{partial} {write_interval(one.partial_eta_squared_ci90)}",
    )


def _tell_beside(one: Ancova) -> tuple[str, ...]:
    slopes, log = one.slope_homogeneity, one.log_scale
    return (
        name_outcome(one.outcome),
        write_number(one.adjusted_means.training),
        write_number(one.adjusted_means.control),
        write_number(one.slope),
        "\u2013" if slopes is None else _tell_slopes(slopes),
        "\u2013" if log is None else f"{write_number(log.ratio)} {write_interval(log.ci)}",
    )


def _tell_slopes(slopes: SlopeHomogeneity) -> str:
    return f"{write_number(slopes.F)} ({slopes.df1}, {slopes.df2}), {write_p(slopes.p)}"
