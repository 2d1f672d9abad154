from dataclasses import FrozenInstanceError

import pytest

from protocol.identifiers import BootId
from protocol.moments import ReceivedAt


def test_a_stamp_is_a_value_that_cant_be_changed() -> None:
    stamp = ReceivedAt(BootId("b1"), monotonic_ns=5, wall_ns=9)
    assert stamp == ReceivedAt(BootId("b1"), 5, 9)
    assert len({stamp, ReceivedAt(BootId("b1"), 5, 9), ReceivedAt(BootId("b2"), 5, 9)}) == 2
    with pytest.raises(FrozenInstanceError):
        stamp.wall_ns = 10  # type: ignore[misc]
