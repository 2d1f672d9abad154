"""What is known of the values themselves, against their means and SDs: whole numbers, bounds."""

import math
from collections.abc import Iterator

from server.analysis.summary_check.finding import Finding, Verdict
from server.analysis.summary_check.grim import count_whole_numbers, find_largest_sd
from server.analysis.summary_check.printed import Interval, tell, tell_range
from server.analysis.summary_check.table import Baseline, MeanSd, Measure

GRIM, BOUNDS = "whole numbers", "bounds"


def judge_scales(one: Measure | Baseline) -> list[Finding]:
    """Findings of each cell; none where nothing was said of the values."""
    findings = []
    for place, n, cell in _cells(one):
        where = f"{place} mean {cell.mean.text}, SD {cell.sd.text}"
        if one.scale.is_integer:
            findings.append(_judge_whole(one.name, where, n, cell))
        if one.scale.bounds is not None:
            findings.append(_judge_bounds(one.name, where, n, cell, one.scale.bounds))
    return findings


def _cells(one: Measure | Baseline) -> Iterator[tuple[str, int, MeanSd]]:
    if isinstance(one, Baseline):
        yield "control", one.sizes.control, one.control
        yield "training", one.sizes.training, one.training
        return
    for arm, n, cells in (
        ("control", one.sizes.control, one.control),
        ("training", one.sizes.training, one.training),
    ):
        yield f"{arm} pre", n, cells.pre
        yield f"{arm} post", n, cells.post


def _judge_whole(name: str, where: str, n: int, cell: MeanSd) -> Finding:
    found = count_whole_numbers(cell, n)
    if found.n_sums == 0:
        told = f"No sum of {n} whole numbers is printed as the mean {cell.mean.text} (GRIM)."
    elif found.n_pairs == 0:
        told = (
            f"The mean is possible for {n} whole numbers, but no sum of squares gives the SD"
            f" {cell.sd.text} with it (GRIMMER)."
        )
    else:
        grim = "passes" if found.can_fail else f"cannot fail with n = {n} and so few digits"
        told = f"GRIM {grim}; GRIMMER passes with {found.n_pairs} sums and sums of squares."
    verdict = Verdict.CONSISTENT if found.n_pairs else Verdict.IMPOSSIBLE
    return Finding(name, GRIM, where, verdict, None, None, told)


def _judge_bounds(name: str, where: str, n: int, cell: MeanSd, bounds: Interval) -> Finding:
    largest = find_largest_sd(cell.mean.rounded, bounds, n)
    within = f"Of {n} values of {tell_range(bounds)}"
    if math.isnan(largest):
        told = f"{within} the mean can't be {cell.mean.text}."
        return Finding(name, BOUNDS, where, Verdict.IMPOSSIBLE, None, None, told)
    possible = Interval(0.0, largest)
    verdict = Verdict.CONSISTENT if possible.overlaps(cell.sd.spread) else Verdict.IMPOSSIBLE
    told = f"{within} with this mean, rounded as it may be, the SD is at most {tell(largest)}."
    return Finding(name, BOUNDS, where, verdict, possible, None, told, possible)
