"""Waiting times by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.straps.backoff import CAP_S, backoff_s

NEARLY_ONE = 1 - 2**-53


@pytest.mark.parametrize(
    ("failures", "longest_s"), [(0, 0), (1, 1), (2, 2), (3, 4), (5, 16), (6, 30), (500, 30)]
)
def test_doubles_up_to_the_cap(failures: int, longest_s: float) -> None:
    assert backoff_s(failures, NEARLY_ONE) == pytest.approx(longest_s)


@given(st.integers(0, 10**9), st.floats(0, 1, exclude_max=True))
def test_jitter_spreads_over_the_whole_wait_even_at_the_cap(failures: int, jitter: float) -> None:
    """Promise C2: jitter before the cap would leave every wait at the cap the same."""
    assert 0 <= backoff_s(failures, jitter) <= CAP_S
    if failures > 10:
        assert backoff_s(failures, jitter) == pytest.approx(jitter * CAP_S)
