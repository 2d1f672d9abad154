"""Stretches of time: joined, cut, measured. Nanoseconds of one clock, both ends included."""

from collections.abc import Iterable, Sequence

Stretch = tuple[int, int]  # from, to


def join_stretches(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time as stretches that don't touch, in order."""
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def measure_ns(stretch: Stretch) -> int:
    """How long it is."""
    return stretch[1] - stretch[0]


def cut_out(stretch: Stretch, joined: Sequence[Stretch]) -> list[Stretch]:
    """The pieces of a stretch that lie in none of these (joined) ones, in order."""
    start, end = stretch
    inside = [(max(start, a), min(end, b)) for a, b in joined if a < end and b > start]
    edges = [start, *(edge for piece in inside for edge in piece), end]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def is_inside(stretch: Stretch, joined: Sequence[Stretch]) -> bool:
    """Whether one of these (joined) stretches holds the whole of it."""
    start, end = stretch
    return any(since <= start and end <= to for since, to in joined)
