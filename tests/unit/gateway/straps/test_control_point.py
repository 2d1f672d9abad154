"""Indications to events; wire examples from ble-wire 3.6."""

import pytest

from gateway.straps.control_point import ControlPoint, is_echo_of_read
from gateway.straps.signals import Answered, StoppedByStrap
from protocol.ble.pmd import Setting
from protocol.errors import MalformedPayloadError


def understand(*indications: str) -> list[object]:
    point = ControlPoint()
    return [point.understand(bytes.fromhex(text)) for text in indications]


def test_settings_of_an_h10() -> None:
    (event,) = understand(
        "f00102000000041900320064 00c8000101100002030200040008 00".replace(" ", "")
    )
    assert isinstance(event, Answered)
    assert event.offered[Setting.SAMPLE_RATE] == (25, 50, 100, 200)
    assert event.offered[Setting.RANGE] == (2, 4, 8)


def test_an_answer_in_two_parts_is_told_once_whole() -> None:
    first, second = understand("f001020001000419", "f0010200000032006400c800")
    assert first is None
    assert isinstance(second, Answered)
    assert second.offered == {Setting.SAMPLE_RATE: (25, 50, 100, 200)}


def test_the_mtu_error_of_four_bytes_is_understood() -> None:
    (event,) = understand("f000010a")
    assert isinstance(event, Answered)
    assert event.answer.status == 10


def test_a_strap_that_stops_by_itself() -> None:
    assert understand("0102", "01") == [
        StoppedByStrap(frozenset({2})),
        StoppedByStrap(frozenset()),
    ]


@pytest.mark.parametrize("payload", [b"", b"\xf0\x01", b"\x77\x00\x00"])
def test_what_cannot_be_read_harms_no_answer_after_it(payload: bytes) -> None:
    point = ControlPoint()
    with pytest.raises(MalformedPayloadError):
        point.understand(payload)
    assert point.understand(bytes.fromhex("f003020000")) is not None


def test_a_read_shown_as_a_notification_is_recognised() -> None:
    assert is_echo_of_read(bytes.fromhex("0f05") + bytes(15))
    assert not is_echo_of_read(bytes.fromhex("f001020000"))
