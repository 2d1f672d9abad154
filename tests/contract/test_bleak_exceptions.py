"""A canary for new bleak releases: every exception they can raise has its answer in the table."""

import inspect

import pytest
from bleak import exc

from gateway.straps.faults import FAULTS

CLASSES = [
    member
    for _, member in inspect.getmembers(exc, inspect.isclass)
    if issubclass(member, BaseException) and member.__module__ == exc.__name__
]


def test_bleak_still_keeps_its_exceptions_in_one_module() -> None:
    assert exc.BleakError in CLASSES


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_exception_of_bleak_has_a_fault(kind: type[Exception]) -> None:
    assert kind in FAULTS


@pytest.mark.parametrize("kind", FAULTS, ids=lambda kind: kind.__name__)
def test_a_class_stands_before_its_bases(kind: type[Exception]) -> None:
    order = list(FAULTS)
    later = order[order.index(kind) + 1 :]
    assert not any(issubclass(other, kind) for other in later)
