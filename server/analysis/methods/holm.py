"""Holm's correction over the co-primary outcomes."""

from collections.abc import Sequence


def adjust_by_holm(ps: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p in the order given (Holm, Scand J Statist 1979; 6: 65-70), none above 1."""
    adjusted = [0.0] * len(ps)
    largest = 0.0
    for rank, at in enumerate(sorted(range(len(ps)), key=lambda at: ps[at])):
        largest = max(largest, min(1.0, (len(ps) - rank) * ps[at]))
        adjusted[at] = largest
    return tuple(adjusted)
