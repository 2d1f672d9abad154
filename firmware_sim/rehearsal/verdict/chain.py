"""The heaviest chain through pairs: the longest common order of two sequences, exactly."""

from collections.abc import Iterable
from dataclasses import dataclass

Score = tuple[int, int]  # (pairs in the chain, minus the sum of their costs)


@dataclass(frozen=True, slots=True)
class Pair:
    """Place `left` of one sequence may stand for place `right` of the other, at this cost."""

    left: int
    right: int
    cost: int


@dataclass(frozen=True, slots=True)
class _Link:
    pair: Pair
    score: Score
    before: "_Link | None"


def find_heaviest_chain(pairs: Iterable[Pair], n_left: int) -> list[Pair]:
    """Pairs that ascend on both sides: as many as possible, and among those the cheapest.

    A Fenwick tree over `left` keeps the best chain that ends at or before each place, so the whole
    takes n log n steps for n pairs.
    """
    best: list[_Link | None] = [None] * (n_left + 1)
    # Within one right place from the last left to the first: two pairs of one place never chain.
    for pair in sorted(pairs, key=lambda each: (each.right, -each.left)):
        before = _best_up_to(best, pair.left)
        n_pairs, minus_cost = before.score if before else (0, 0)
        _offer(best, pair.left + 1, _Link(pair, (n_pairs + 1, minus_cost - pair.cost), before))
    return _unroll(_best_up_to(best, n_left))


def _best_up_to(best: list[_Link | None], index: int) -> _Link | None:
    found: _Link | None = None
    while index > 0:
        link = best[index]
        if link and (found is None or link.score > found.score):
            found = link
        index &= index - 1
    return found


def _offer(best: list[_Link | None], index: int, link: _Link) -> None:
    while index < len(best):
        held = best[index]
        if held is None or link.score > held.score:
            best[index] = link
        index += index & -index


def _unroll(last: _Link | None) -> list[Pair]:
    chain = []
    while last:
        chain.append(last.pair)
        last = last.before
    return chain[::-1]
