"""Frames wait in order and are never thinned out."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from firmware_sim.radio.air_queue import AirQueue


def _frame(arrived: list[int], number: int) -> Callable[[], None]:
    return lambda: arrived.append(number)


def _deliver(queue: AirQueue, now_ns: int) -> None:
    while (arrive := queue.take_due(now_ns)) is not None:
        arrive()


@given(st.lists(st.integers(0, 1000), max_size=30))
def test_all_arrive_in_the_order_they_were_sent(due_ns: list[int]) -> None:
    queue, arrived = AirQueue(100), list[int]()
    for number, due in enumerate(due_ns):
        queue.put(_frame(arrived, number), due)
    for now_ns in range(0, 1001, 50):
        _deliver(queue, now_ns)
    assert arrived == list(range(len(due_ns)))
    assert len(queue) == 0


def test_nothing_arrives_early() -> None:
    queue, arrived = AirQueue(4), list[int]()
    queue.put(_frame(arrived, 1), 100)
    queue.put(_frame(arrived, 2), 50)  # chance gave it less delay; it still waits for the first
    assert queue.next_due_ns == 100
    _deliver(queue, 99)
    assert arrived == []
    _deliver(queue, 100)
    assert arrived == [1, 2]
    assert queue.next_due_ns is None


def test_full_is_told_and_clear_forgets() -> None:
    queue, arrived = AirQueue(2), list[int]()
    fullness = [queue.is_full]
    for number in (1, 2):
        queue.put(_frame(arrived, number), 0)
        fullness.append(queue.is_full)
    assert fullness == [False, False, True]
    queue.clear()
    _deliver(queue, 10)
    assert arrived == []
