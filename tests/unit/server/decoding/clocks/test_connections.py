"""Which frames came over one connection, and in what unit their counts are."""

from protocol.ble import uuids
from protocol.messages.codec import encode_link_event
from protocol.messages.uplink import LINK_CHARACTERISTIC, LinkEvent, NotificationRecord
from server.decoding.clocks.connections import Connection, read_connections

ACC = bytes.fromhex("02") + bytes(8) + bytes.fromhex("01") + bytes(6)
ECG = bytes.fromhex("00") + bytes(9) + bytes(3)
STARTED = "f00202000001"
# polar-ble-sdk, online_measurement.pdf: Verity Sense, factor 0.000244 = 0x397fda40.
STARTED_WITH_FACTOR = "f0020200000501" + "40da7f39"
ECG_STARTED, REFUSED = "f00200000000", "f002020600"


def data(at_ns: int, payload: bytes = ACC, boot: str = "a") -> NotificationRecord:
    return NotificationRecord(1, "51ADA001", uuids.PMD_DATA, boot, at_ns, 0, payload)


def answer(at_ns: int, payload_hex: str, boot: str = "a") -> NotificationRecord:
    payload = bytes.fromhex(payload_hex)
    return NotificationRecord(1, "51ADA001", uuids.PMD_CONTROL_POINT, boot, at_ns, 0, payload)


def link(at_ns: int, phase: str) -> NotificationRecord:
    payload = encode_link_event(LinkEvent(phase))
    return NotificationRecord(1, "51ADA001", LINK_CHARACTERISTIC, "a", at_ns, 0, payload)


def arrivals(records: list[NotificationRecord]) -> list[list[int]]:
    return [one.arrivals_ns for one in read_connections(records)]


def test_frames_between_two_starts_belong_together() -> None:
    records = [link(1, "connecting"), link(2, "subscribing"), answer(3, STARTED), data(4), data(5)]
    records += [link(6, "waiting"), link(7, "connecting"), answer(8, STARTED), data(9)]
    assert arrivals(records) == [[4, 5], [9]]


def test_what_begins_nothing() -> None:
    records = [data(1), link(2, "streaming"), answer(3, ECG_STARTED), answer(4, REFUSED), data(5)]
    records += [answer(6, "f0"), answer(7, ""), data(8)]
    assert arrivals(records) == [[1, 5, 8]]


def test_a_stream_that_starts_anew_on_the_same_link() -> None:
    assert arrivals([data(1), answer(2, STARTED), data(3)]) == [[1], [3]]


def test_each_boot_by_itself_in_the_order_of_arrival() -> None:
    records = [data(7), data(9, boot="b"), data(3), data(2, boot="b")]
    found = [(one.boot_id, one.arrivals_ns) for one in read_connections(records)]
    assert found == [("a", [3, 7]), ("b", [2, 9])]


def test_only_acceleration() -> None:
    heart = NotificationRecord(1, "51ADA001", "2a37", "a", 3, 0, bytes(2))
    assert arrivals([data(1, ECG), data(2, b""), heart, data(4)]) == [[4]]
    assert arrivals([]) == arrivals([data(1, ECG)]) == []


def test_the_factor_of_a_start_stays_known_over_a_start_that_says_none() -> None:
    records = [data(1), answer(2, STARTED_WITH_FACTOR), data(3), answer(4, STARTED), data(5)]
    factors = [one.factor for one in read_connections(records)]
    assert factors[0] is None
    assert [round(one or 0, 9) for one in factors[1:]] == [0.000244, 0.000244]


def test_a_broken_link_event_begins_nothing() -> None:
    broken = NotificationRecord(1, "51ADA001", LINK_CHARACTERISTIC, "a", 2, 0, b"\xc1")
    assert arrivals([data(1), broken, data(3)]) == [[1, 3]]


def test_a_connection_starts_empty() -> None:
    one = next(read_connections([data(1)]))
    assert one == Connection(one.boot_id, None, [1], [ACC])
