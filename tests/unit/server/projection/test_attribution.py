import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from server.projection.attribution import attribute
from server.sessions.domain.coverage import Worn

MS = 1_000_000
AT_NS = np.arange(10, dtype=np.int64) * MS
STRAP, OTHER = "51ADA001", "51ADA002"


def whose(worn: list[Worn], code: str) -> list[int]:
    return np.flatnonzero(attribute(worn, STRAP, AT_NS).of[code]).tolist()


def test_a_value_belongs_to_who_wore_the_strap_at_its_moment() -> None:
    worn = [Worn("P01", STRAP, 2, 5), Worn("P02", STRAP, 5, 7), Worn("P03", OTHER, 0, 10)]
    assert whose(worn, "P01") == [2, 3, 4]  # its first moment is in, its last isn't
    assert whose(worn, "P02") == [5, 6]
    found = attribute(worn, STRAP, AT_NS)
    assert "P03" not in found.of
    assert np.flatnonzero(found.unworn).tolist() == [0, 1, 7, 8, 9]
    assert not found.disputed.any()


def test_what_two_are_said_to_have_worn_is_nobodys() -> None:
    worn = [Worn("P01", STRAP, 0, 6), Worn("P02", STRAP, 4, 10)]
    assert (whose(worn, "P01"), whose(worn, "P02")) == ([0, 1, 2, 3], [6, 7, 8, 9])
    assert np.flatnonzero(attribute(worn, STRAP, AT_NS).disputed).tolist() == [4, 5]


def test_two_entries_of_one_woman_are_no_dispute() -> None:
    assert whose([Worn("P01", STRAP, 0, 6), Worn("P01", STRAP, 4, 8)], "P01") == [*range(8)]


def test_no_values() -> None:
    found = attribute([Worn("P01", STRAP, 0, 6)], STRAP, AT_NS[:0])
    assert [len(found.of["P01"]), len(found.disputed), len(found.unworn)] == [0, 0, 0]


worns = st.builds(
    lambda code, strap, a, b: Worn(code, strap, min(a, b), max(a, b) + 1),
    st.sampled_from(["P01", "P02", "P03"]),
    st.sampled_from([STRAP, OTHER]),
    st.integers(0, 9),
    st.integers(0, 9),
)


@given(st.lists(worns, max_size=8))
def test_every_value_is_one_womans_or_disputed_or_nobodys(worn: list[Worn]) -> None:
    found = attribute(worn, STRAP, AT_NS)
    kinds = [found.disputed, found.unworn, *found.of.values()]
    assert (np.sum(kinds, axis=0) == 1).all()
