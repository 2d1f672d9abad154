"""What both analyses of values outside an assay's limits tell."""

from dataclasses import dataclass

from server.analysis.methods.result import IntervalResult


@dataclass(frozen=True, slots=True, kw_only=True)
class CensoredComparison(IntervalResult):
    """`estimate` is training minus control at the same pre, in the outcome's unit.

    A sensitivity analysis. `n_below` and `n_above` are the posts outside a limit among the `n` of
    which this is; `n_left_out` have no usable pre or post, or a limit that nobody recorded.
    """

    estimate: float
    se: float
    ci: tuple[float, float]
    p: float
    n_below: int
    n_above: int
    n_left_out: int
