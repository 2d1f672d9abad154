"""How long what the server has stays, by how much room there is."""

import pytest

from gateway.journal.retention import choose_retention_ns
from gateway.journal.room import MIB
from gateway.journal.shedding import Keep

H = 3600 * 10**9


@pytest.mark.parametrize(
    ("used_fraction", "reusable_mib", "level", "retention_h"),
    [
        (0.69, 0, Keep.EVERYTHING, 72),
        (0.70, 0, Keep.EVERYTHING, 1),
        (0.70, 23, Keep.EVERYTHING, 1),
        (0.70, 24, Keep.EVERYTHING, 72),
        (0.99, 24, Keep.WITHOUT_MOVEMENT, 72),
        (0.99, 0, Keep.WITHOUT_MOVEMENT, 0),
        (0.99, 0, Keep.NOTHING, 0),
    ],
)
def test_g5_less_only_where_new_values_need_the_room(
    used_fraction: float, reusable_mib: int, level: Keep, retention_h: int
) -> None:
    assert choose_retention_ns(used_fraction, reusable_mib * MIB, level) == retention_h * H
