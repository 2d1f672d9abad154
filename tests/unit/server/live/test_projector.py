import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.straps.chronicle import DOUBLE
from gateway.straps.whereabouts import MET, MOVED, RIVAL
from protocol.ble import uuids
from protocol.messages.codec import encode_link_event
from protocol.messages.uplink import LinkEvent
from server.ingest.feed import ArchivedRecord
from server.live.events import (
    ActivitySeen,
    BatterySeen,
    DataSeen,
    HeartRateSeen,
    LinkSeen,
    StrapEvent,
)
from server.live.projector import Projector
from tests.memory_feed import BOOT, MemoryFeed
from tests.unit.server.decoding.frame_bytes import head, raw_frame

STRAP = "8AA87D20"


def project(*values: tuple[str, bytes]) -> tuple[list[StrapEvent], int]:
    feed = MemoryFeed()
    records = [
        ArchivedRecord("gym", "e", feed.record(STRAP, characteristic, payload, place))
        for place, (characteristic, payload) in enumerate(values)
    ]
    projector = Projector()
    events = projector.project(records)
    assert all(key == ("gym", STRAP) for key, _ in events)
    return [event for _, event in events], projector.n_undecodable


def test_heart_rate_with_its_stamp() -> None:
    """SIG HRS 1.0: flags 16, 74 bpm, RR 833 ticks."""
    (event,), n_undecodable = project((uuids.HEART_RATE_MEASUREMENT, bytes.fromhex("164a4103")))
    assert isinstance(event, HeartRateSeen)
    assert (event.bpm, event.contact, event.rr_ticks) == (74, True, (833,))
    assert event.received.boot_id == BOOT
    assert n_undecodable == 0


@pytest.mark.parametrize("characteristic", ["2a19", "read/2a19"])
def test_battery_told_or_read(characteristic: str) -> None:
    (event,), _ = project((characteristic, b"\x52"))
    assert isinstance(event, BatterySeen)
    assert event.battery_pct == 82


def test_link_events_are_the_gateways() -> None:
    feed = MemoryFeed()
    (event,), _ = project(("gateway/link", feed.link(STRAP, "streaming", 0).payload))
    assert isinstance(event, LinkSeen)
    assert event.phase == "streaming"


@pytest.mark.parametrize(
    ("detail", "in_conflict"), [(MOVED, True), (RIVAL, True), (DOUBLE, True), (MET, False)]
)
def test_d6_an_identity_in_doubt_reaches_the_page(detail: str, in_conflict: bool) -> None:
    payload = encode_link_event(LinkEvent("streaming", detail=detail))
    (event,), _ = project(("gateway/link", payload))
    assert isinstance(event, LinkSeen)
    assert event.in_conflict is in_conflict


def test_a_malformed_value_is_counted_proves_life_and_the_stream_goes_on() -> None:
    events, n_undecodable = project(
        (uuids.HEART_RATE_MEASUREMENT, b"\x10"), (uuids.HEART_RATE_MEASUREMENT, b"\x06\x50")
    )
    assert [type(event) for event in events] == [DataSeen, HeartRateSeen]
    assert n_undecodable == 1


def test_what_the_gateway_itself_noted_is_no_data_of_the_strap() -> None:
    events, n_undecodable = project(
        ("read/2a25", b"8AA87D20"), ("gateway/link", b"\xc1"), ("read/2a19", b"\xff")
    )
    assert events == []
    assert n_undecodable == 2


def test_acceleration_is_data_and_one_activity_a_page() -> None:
    frame = raw_frame([(0, 0, 900), (0, 0, 1100)])
    events, n_undecodable = project((uuids.PMD_DATA, frame), (uuids.PMD_DATA, head(0x44)))
    assert [type(event) for event in events] == [DataSeen, DataSeen, ActivitySeen]
    assert n_undecodable == 1


def test_a_factor_from_the_start_answer_makes_compressed_counts_worth_something() -> None:
    """ble-wire 3.6: Verity Sense answers its start with factor 0.000244 (40 DA 7F 39)."""
    answer = bytes.fromhex("f00202000005 0140da7f39".replace(" ", ""))
    frame = head(0x80) + (4098).to_bytes(2, "little") + bytes(4)
    events, _ = project((uuids.PMD_CONTROL_POINT, answer), (uuids.PMD_DATA, frame))
    assert [type(event) for event in events] == [DataSeen, DataSeen, ActivitySeen]
    events, _ = project((uuids.PMD_DATA, frame))
    assert [type(event) for event in events] == [DataSeen]


CHARACTERISTICS = st.sampled_from(
    [
        *(uuids.HEART_RATE_MEASUREMENT, uuids.BATTERY_LEVEL, uuids.PMD_DATA),
        *(uuids.PMD_CONTROL_POINT, "gateway/link", "read/2a19", "read/2a24", "beef"),
    ]
)


@given(st.lists(st.tuples(CHARACTERISTICS, st.binary(max_size=80)), max_size=8))
def test_no_bytes_break_it(values: list[tuple[str, bytes]]) -> None:
    events, n_undecodable = project(*values)
    assert n_undecodable <= len(values)
    n_data = sum(not isinstance(event, ActivitySeen) for event in events)
    assert n_data >= sum("/" not in characteristic for characteristic, _ in values)


def test_a_value_no_strap_could_send_is_not_decoded() -> None:
    many_blocks = head(0x81) + bytes(6) + bytes(100_000)
    events, n_undecodable = project((uuids.PMD_DATA, many_blocks))
    assert [type(event) for event in events] == [DataSeen]
    assert n_undecodable == 1
