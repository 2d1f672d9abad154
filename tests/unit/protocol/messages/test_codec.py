from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.errors import InvalidMessageError, ProtocolError, UnsupportedMessageError
from protocol.messages.codec import (
    decode_batch,
    decode_link_event,
    encode_batch,
    encode_link_event,
)
from protocol.messages.uplink import (
    GapDeclaration,
    LinkEvent,
    NotificationRecord,
    SentAt,
    UplinkBatch,
)

numbers = st.integers(0, 2**63 - 1)
words = st.text(max_size=12)
maybe_number = st.none() | numbers
records = st.builds(
    NotificationRecord, numbers, words, words, words, numbers, numbers, st.binary(max_size=40)
)
gaps = st.builds(
    GapDeclaration, words, words, numbers, numbers, numbers, numbers, st.none() | words,
    st.none() | words, maybe_number, maybe_number, st.none() | st.binary(max_size=8),
)  # fmt: skip
batches = st.builds(
    UplinkBatch, v=st.just(1), gateway=words, epoch=words, first_seq=numbers,
    records=st.lists(records, max_size=4), gaps=st.lists(gaps, max_size=2),
    sent=st.none() | st.builds(SentAt, words, numbers, numbers),
)  # fmt: skip

# Typed by hand from the MessagePack specification: 86 a map of six, a_ a short text, c4 bytes.
GOLDEN = bytes.fromhex("""
    86
    a176 01
    a767617465776179 a26731
    a565706f6368 a165
    a966697273745f736571 05
    a77265636f726473 91 97 05 a153 a432613337 a162 07 cd03e8 c402 104a
    a467617073 91 86
    a57374726170 a153
    a6726561736f6e a96c696e6b5f6c6f7374
    a766726f6d5f6e73 01
    a5746f5f6e73 02
    a966697273745f736571 06
    a86c6173745f736571 06
""")
GOLDEN_BATCH = UplinkBatch(
    v=1, gateway="g1", epoch="e", first_seq=5,
    records=[NotificationRecord(5, "S", "2a37", "b", 7, 1000, b"\x10\x4a")],
    gaps=[GapDeclaration("S", "link_lost", 1, 2, 6, 6)],
)  # fmt: skip


def test_a_batch_is_these_bytes() -> None:
    assert encode_batch(GOLDEN_BATCH) == GOLDEN
    assert decode_batch(GOLDEN) == GOLDEN_BATCH


@given(batches)
def test_a_batch_arrives_as_it_was_sent(batch: UplinkBatch) -> None:
    assert decode_batch(encode_batch(batch)) == batch


@given(
    st.binary(max_size=80)
    | st.builds(
        lambda i, b: GOLDEN[:i] + b + GOLDEN[i + 1 :],
        st.integers(0, len(GOLDEN)),
        st.binary(max_size=2),
    )
)
def test_any_body_is_a_batch_or_refused(body: bytes) -> None:
    """Never another exception."""
    try:
        assert isinstance(decode_batch(body), UplinkBatch)
    except ProtocolError as refused:
        assert str(refused)  # noqa: PT017


def test_a_newer_gateway_may_say_more() -> None:
    """Fields that this program doesn't know are left alone within a version."""
    told = msgspec.msgpack.decode(GOLDEN) | {"weather": "fair"}
    assert decode_batch(msgspec.msgpack.encode(told)) == GOLDEN_BATCH


@pytest.mark.parametrize("version", [0, 2, "1", None, 1.5])
def test_another_version_is_unsupported_whatever_else_it_holds(version: Any) -> None:
    with pytest.raises(UnsupportedMessageError) as refused:
        decode_batch(msgspec.msgpack.encode({"v": version}))
    assert refused.value.version == version


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "not a MessagePack map"),
        (b"\xc1", "not a MessagePack map"),
        (b"{}", "not a MessagePack map"),
        (msgspec.msgpack.encode([1]), "not a MessagePack map"),
        (msgspec.msgpack.encode({}), "no version field"),
        (msgspec.msgpack.encode({"v": 1}), "not an uplink batch"),
        (GOLDEN[:-1], "not a MessagePack map"),
        (GOLDEN + b"\x00", "not a MessagePack map"),
        (GOLDEN.replace(b"\xc4\x02\x10\x4a", b"\xa2\x10\x4a"), "not an uplink batch"),
        (b"\x81\xa1v" + b"\x91" * 100_000, "not a MessagePack map"),
    ],
)
def test_other_bodies_are_refused_with_the_reason(body: bytes, told: str) -> None:
    with pytest.raises(InvalidMessageError, match=told):
        decode_batch(body)


@given(
    st.builds(
        LinkEvent, words, st.none() | st.integers(-127, 20), st.none() | words, st.none() | words
    )
)
def test_a_link_event_arrives_as_it_was_sent(event: LinkEvent) -> None:
    assert decode_link_event(encode_link_event(event)) == event


def test_a_link_event_is_a_map_without_what_isnt_known() -> None:
    assert encode_link_event(LinkEvent("streaming", rssi_dbm=-60)) == bytes.fromhex(
        "82 a57068617365 a973747265616d696e67 a8727373695f64626d d0c4"
    )


@pytest.mark.parametrize(
    "payload", [b"", b"\xc1", b"\x80", b"\x81\xa5phase\x01", b"\x81\xa5phase\xa1\xff"]
)
def test_other_bytes_are_no_link_event(payload: bytes) -> None:
    with pytest.raises(InvalidMessageError, match="not a link event"):
        decode_link_event(payload)
