"""What is kept, what is counted, what is told."""

import pytest

from gateway.straps.intake import Intake
from gateway.straps.signals import Answered, Event, Heard, Uninvited
from gateway.straps.tally import Drop, Kind
from protocol.ble import uuids
from protocol.identifiers import StrapId
from protocol.messages.roster import ConsentedStream
from protocol.moments import ReceivedAt
from tests.unit.gateway.straps.kept import Kept
from tests.unit.gateway.straps.strap_clock import HandClock

HR, ACC, CP = uuids.HEART_RATE_MEASUREMENT, uuids.PMD_DATA, uuids.PMD_CONTROL_POINT
NOW = HandClock().now()


class Desk:
    def __init__(self, *streams: ConsentedStream) -> None:
        self.kept = Kept()
        self.told: list[Event] = []
        self.settled: list[tuple[str, ReceivedAt]] = []
        self.intake = Intake(StrapId("51ADA001"), self.kept, self.settle, self.told.append)
        self.intake.allow(frozenset(streams))

    def settle(self, name: str, received: ReceivedAt) -> None:
        assert self.kept.rows[-1][1:3] == (name, received), "a bug in here must not cost a value"
        self.settled.append((name, received))


@pytest.fixture
def desk() -> Desk:
    return Desk(ConsentedStream.HEART_RATE)


def test_h1_bytes_are_kept_as_they_came_with_the_stamp_they_came_with(desk: Desk) -> None:
    desk.intake.take(HR, NOW, b"\x10\x4a\x41\x03")
    assert desk.kept.rows == [("51ADA001", HR, NOW, b"\x10\x4a\x41\x03")]
    assert desk.settled == [(HR, NOW)]
    assert desk.told == [Heard(HR)]


def test_d1_what_cannot_be_decoded_is_kept_counted_and_still_proves_the_link(desk: Desk) -> None:
    desk.intake.take(HR, NOW, b"")
    assert desk.kept.payloads(HR) == [b""]
    assert desk.told == [Heard(HR)]
    assert desk.intake.tally.undecodable[Kind.HEART_RATE] == 1


def test_a_stream_without_consent_is_neither_kept_nor_told(desk: Desk) -> None:
    desk.intake.take(ACC, NOW, bytes(30))
    assert (desk.kept.rows, desk.settled, desk.told) == ([], [], [])
    assert desk.intake.tally.dropped == {Drop.NOT_AGREED: 1, Drop.UNINVITED: 0}


def test_off_the_roster_nothing_is_kept_but_the_stop_is_still_heard(desk: Desk) -> None:
    desk.intake.allow_nothing()
    desk.intake.take(HR, NOW, b"\x00\x48")
    desk.intake.take(CP, NOW, bytes.fromhex("f003020000"))
    desk.intake.take_read(uuids.BATTERY_LEVEL, NOW, b"\x50")
    assert desk.kept.rows == []
    assert len(desk.told) == 1


def test_the_echo_of_a_read_is_not_a_notification(desk: Desk) -> None:
    desk.intake.take(CP, NOW, bytes.fromhex("0f05") + bytes(15))
    assert desk.kept.rows == []


def test_battery_by_read_and_by_notification(desk: Desk) -> None:
    desk.intake.take_read(uuids.BATTERY_LEVEL, NOW, b"\x50")
    assert desk.intake.battery_pct == 80
    desk.intake.take(uuids.BATTERY_LEVEL, NOW, b"\x4f")
    desk.intake.take(uuids.BATTERY_LEVEL, NOW, b"\xff")
    assert desk.intake.battery_pct == 79
    assert [row[1] for row in desk.kept.rows] == ["read/2a19", "2a19", "2a19"]


def test_half_an_answer_does_not_outlive_its_link(desk: Desk) -> None:
    """Goes red if the same question's answer on the next link is joined to the half."""
    half, whole = "f001020001" + "00013200", "f001020000" + "000219003400"  # rates 50; 25 and 52
    desk.intake.take(CP, NOW, bytes.fromhex(half))
    desk.intake.begin_link()
    desk.intake.take(CP, NOW, bytes.fromhex(whole))
    [event] = desk.told
    assert isinstance(event, Answered)
    assert event.answer.params == bytes.fromhex(whole)[5:]


@pytest.mark.parametrize("first_byte", [0, 1, 3, 5, 6, 14, 63, 0x80])
def test_consent_to_movement_keeps_acceleration_and_no_other_measurement(
    first_byte: int,
) -> None:
    desk = Desk(ConsentedStream.MOVEMENT)
    desk.intake.take(ACC, NOW, bytes((first_byte,)) + bytes(29))
    assert desk.kept.rows == []
    assert desk.intake.tally.dropped == {Drop.NOT_AGREED: 0, Drop.UNINVITED: 1}
    assert desk.told == [Uninvited(first_byte & 0x3F)]  # and not Heard


@pytest.mark.parametrize("first_byte", [0x02, 0x82, 0x42])
def test_acceleration_is_known_by_its_six_bits(first_byte: int) -> None:
    desk = Desk(ConsentedStream.MOVEMENT)
    desk.intake.take(ACC, NOW, bytes((first_byte,)) + bytes(15))
    assert (len(desk.kept.rows), desk.told) == (1, [Heard(ACC)])


def test_without_any_movement_consent_a_foreign_frame_asks_for_nothing(desk: Desk) -> None:
    desk.intake.take(ACC, NOW, b"\x00" + bytes(29))
    assert (desk.kept.rows, desk.told) == ([], [])


def test_d1_a_frame_of_an_unknown_layout_is_kept_and_counted() -> None:
    desk = Desk(ConsentedStream.MOVEMENT)
    frame = b"\x02" + bytes(8) + b"\x07" + bytes(12)
    desk.intake.take(ACC, NOW, frame)
    assert desk.kept.payloads(ACC) == [frame]
    assert desk.intake.tally.undecodable[Kind.MOVEMENT] == 1
    assert desk.intake.frames.counts.n_unknown == 1


def test_d1_an_answer_of_the_control_point_that_can_t_be_read_is_kept_and_counted(
    desk: Desk,
) -> None:
    """Goes red if the count ends with its link."""
    desk.intake.take(CP, NOW, b"\xf0\x01")
    desk.intake.begin_link()
    desk.intake.take(CP, NOW, bytes.fromhex("f003020000"))
    assert len(desk.kept.payloads(CP)) == 2
    assert desk.intake.tally.undecodable[Kind.CONTROL_POINT] == 1


def test_each_value_is_counted_under_its_kind() -> None:
    desk = Desk(*ConsentedStream)
    for name, payload in [
        (HR, b"\x00\x48"), (HR, b"\x00\x49"), (ACC, b"\x02" + bytes(15)),
        (uuids.BATTERY_LEVEL, b"\x50"), (CP, bytes.fromhex("f003020000")),
    ]:  # fmt: skip
        desk.intake.take(name, NOW, payload)
    assert desk.intake.tally.kept == {
        Kind.HEART_RATE: 2, Kind.MOVEMENT: 1, Kind.BATTERY: 1, Kind.CONTROL_POINT: 1,
        Kind.OTHER: 0,
    }  # fmt: skip
