"""The interaction's F over time's: both are tested against one error, so r drops out."""

import math

from server.analysis.summary_check.contrasts import Term, contrast_scale
from server.analysis.summary_check.feasible import contrast_of, find_contrast
from server.analysis.summary_check.finding import Finding, Verdict
from server.analysis.summary_check.implied import mean_grid
from server.analysis.summary_check.printed import Interval, tell, tell_range
from server.analysis.summary_check.rows import Rows
from server.analysis.summary_check.table import Claim, Measure

RATIO = "interaction / time"


def judge_ratio(measure: Measure, rows: Rows) -> list[Finding]:
    """Nothing where one of them isn't printed, or the means allow a time effect of 0."""
    top, bottom = (measure.reported.get(t, Claim()).f for t in (Term.INTERACTION, Term.TIME))
    if top is None or bottom is None or bottom.spread.lo == 0:
        return []
    over = _find_ratio(measure, rows.type_of(Term.TIME))
    if over is None:
        return []
    range_, implied = over
    seen = Interval(top.spread.lo / bottom.spread.hi, top.spread.hi / bottom.spread.lo)
    agrees = range_.overlaps(seen)
    told = "both match the printed means" if agrees else "one of them is wrong, or a mean is"
    explanation = (
        f"By the means alone F of the interaction is {tell(implied)} times F of time"
        f" ({tell_range(range_)} over roundings), whatever the correlations: {told}."
    )
    verdict = Verdict.CONSISTENT if agrees else Verdict.INCONSISTENT
    claim = f"F {top.text} / {bottom.text} = {tell(top.value / bottom.value)}"
    return [Finding(measure.name, RATIO, claim, verdict, range_, implied, explanation, range_)]


def _find_ratio(measure: Measure, time: Term) -> tuple[Interval, float] | None:
    """Over all roundings of the means, exact: it is monotone in each; and as printed."""
    contrast = find_contrast(measure, time, rounded=True)
    if contrast.lo <= 0 <= contrast.hi:
        return None
    sizes = (measure.sizes.control, measure.sizes.training)
    scale = contrast_scale(time, *sizes) / contrast_scale(Term.INTERACTION, *sizes)
    grid = mean_grid(measure)
    ratios = (
        scale
        * ((contrast_of(measure, Term.INTERACTION) @ grid) / (contrast_of(measure, time) @ grid))
        ** 2
    )
    top = find_contrast(measure, Term.INTERACTION, rounded=True)
    lowest = 0.0 if top.lo <= 0 <= top.hi else float(ratios.min())
    as_printed = math.pow((top.lo + top.hi) / (contrast.lo + contrast.hi), 2) * scale
    return Interval(lowest, float(ratios.max())), as_printed
