"""The offset below all delays: the greatest one that moves no faster than clocks do."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from server.decoding.clocks.envelope import bound_at_end, bound_at_start, compute_floor
from server.decoding.clocks.frames import Ints, scale_ppb

SECOND_NS = 1_000_000_000
WANDER_PPB = 100_000


def ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def test_by_hand() -> None:
    """At 100 ppm an offset moves 0.1 ms in a second."""
    stamps_ns = ints([0, SECOND_NS, 2 * SECOND_NS, 4 * SECOND_NS])
    floor_ns = compute_floor(stamps_ns, ints([5_000_000, 0, 900_000, 100_000]), WANDER_PPB)
    assert floor_ns.tolist() == [100_000, 0, 100_000, 100_000]
    assert bound_at_end(stamps_ns, ints([5_000_000, 0, 900_000, 900_000]), WANDER_PPB) == 300_000
    assert bound_at_start(stamps_ns, ints([5_000_000, 0, 900_000, 900_000]), WANDER_PPB) == 100_000


steps = st.lists(
    st.tuples(st.integers(0, 60 * SECOND_NS), st.integers(0, 10 * SECOND_NS)),
    min_size=1,
    max_size=30,
)


@given(steps, st.integers(0, 7 * 10**17), st.integers(-7 * 10**17, 0))
def test_it_is_the_greatest_lower_bound(
    frames: list[tuple[int, int]], first_ns: int, offset_ns: int
) -> None:
    """Compared with the definition, frame by frame, in Python's own whole numbers."""
    stamps_ns = first_ns + np.cumsum(ints([way for way, _ in frames]))
    excess_ns = offset_ns + ints([delay for _, delay in frames])
    floor_ns = compute_floor(stamps_ns, excess_ns, WANDER_PPB)
    reach = [(int(one) - int(stamps_ns[0])) // 1000 * WANDER_PPB // 10**6 for one in stamps_ns]
    expected = [
        min(int(e) + abs(reach[j] - reach[i]) for j, e in enumerate(excess_ns))
        for i in range(len(frames))
    ]
    assert floor_ns.tolist() == expected
    assert (floor_ns <= excess_ns).all()
    assert (np.abs(np.diff(floor_ns)) <= np.diff(ints(reach))).all()


def test_billionths_of_a_year_fit() -> None:
    year_ns = 365 * 86_400 * SECOND_NS
    assert scale_ppb(ints([year_ns]), 200_000).tolist() == [year_ns // 5000]
    assert scale_ppb(ints([year_ns]), -200_000).tolist() == [-year_ns // 5000]
