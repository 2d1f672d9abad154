"""How full a disk is: the vector that the gateway's and the server's tests share."""

import pytest

from protocol.disk_use import compute_used_fraction


@pytest.mark.parametrize(
    ("n_blocks", "n_free", "n_available", "fraction"),
    [
        (1000, 1000, 1000, 0.0),
        (1000, 250, 250, 0.75),
        (1000, 700, 450, 0.4),  # 250 reserved: 300 used of 750 that anybody may use
        (1000, 250, 0, 1.0),  # full for all but the administrator
        (0, 0, 0, 1.0),
    ],
)
def test_a6_reserved_blocks_are_neither_used_nor_free(
    n_blocks: int, n_free: int, n_available: int, fraction: float
) -> None:
    assert compute_used_fraction(n_blocks, n_free, n_available) == pytest.approx(fraction)
