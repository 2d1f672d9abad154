"""The heaviest chain, against every chain there is."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from firmware_sim.rehearsal.verdict.chain import Pair, find_heaviest_chain

pairs = st.lists(
    st.builds(Pair, st.integers(0, 5), st.integers(0, 5), st.integers(0, 9)),
    max_size=9,
    unique_by=lambda pair: (pair.left, pair.right),
)


def _ascends(chain: tuple[Pair, ...]) -> bool:
    return all(
        a.left < b.left and a.right < b.right for a, b in zip(chain, chain[1:], strict=False)
    )


def _best_by_trying_all(candidates: list[Pair]) -> tuple[int, int]:
    chains = (
        chain
        for size in range(len(candidates) + 1)
        for chain in combinations(sorted(candidates, key=lambda p: (p.right, p.left)), size)
        if _ascends(chain)
    )
    return max((len(chain), -sum(pair.cost for pair in chain)) for chain in chains)


@given(pairs)
def test_no_chain_is_longer_or_as_long_and_cheaper(candidates: list[Pair]) -> None:
    chain = find_heaviest_chain(candidates, 6)
    assert _ascends(tuple(chain))
    assert (len(chain), -sum(pair.cost for pair in chain)) == _best_by_trying_all(candidates)
