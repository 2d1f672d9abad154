"""What a segment gives back is what went in, to the bit; a damaged one says so."""

import contextlib

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.messages.digest import encode_entry
from protocol.messages.uplink import NotificationRecord
from server.ingest.segments.codec import SegmentError, pack_segment, unpack_segment

STRAP = "51ADA001"
WORDS = st.text(min_size=0, max_size=12)
INT64 = st.integers(-(2**63), 2**63 - 1)
FRAMES = st.builds(
    lambda stamp, n, fill: b"\x02" + stamp + b"\x01" + bytes([fill]) * (6 * n),
    st.binary(min_size=8, max_size=8),
    st.integers(0, 4),
    st.integers(0, 255),
)
RECORDS = st.builds(
    NotificationRecord,
    seq=st.integers(0, 2**63 - 1),
    strap=st.just(STRAP),
    characteristic=WORDS,
    boot_id=WORDS,
    monotonic_ns=INT64,
    wall_ns=INT64,
    payload=st.one_of(st.binary(max_size=40), FRAMES),
)


@given(st.lists(RECORDS, max_size=20))
def test_any_records_come_back_as_they_were(records: list[NotificationRecord]) -> None:
    back = unpack_segment(pack_segment(records))
    assert back == records
    assert [encode_entry(one) for one in back] == [encode_entry(one) for one in records]


@given(st.binary(max_size=64))
def test_any_bytes_are_a_segment_or_refused(blob: bytes) -> None:
    with contextlib.suppress(SegmentError):
        assert isinstance(unpack_segment(blob), list)


def make_records(n: int = 400) -> list[NotificationRecord]:
    chance = np.random.default_rng(7)
    records = []
    for seq in range(1, n + 1):
        samples = chance.normal(0, 5, (36, 3)).astype("<i2")
        payload = b"\x02" + (seq * 180_000_000).to_bytes(8, "little") + b"\x01" + samples.tobytes()
        moment = seq * 180_000_000
        records.append(NotificationRecord(seq, STRAP, "pmd", "boot", moment, moment + 5, payload))
    return records


def test_one_flipped_bit_gives_records_or_is_refused() -> None:
    """Never another error. A segment has no hash of its own: whoever keeps it has one a record."""
    blob = pack_segment(make_records(5))
    n_refused = 0
    for place in range(len(blob)):
        damaged = bytearray(blob)
        damaged[place] ^= 0x10
        try:
            unpack_segment(bytes(damaged))
        except SegmentError:
            n_refused += 1
    assert n_refused > len(blob) // 4


def test_acceleration_takes_a_third_of_its_room() -> None:
    records = make_records()
    raw = sum(len(encode_entry(one)) for one in records)
    assert len(pack_segment(records)) * 3 < raw


def test_two_straps_are_no_segment() -> None:
    first, second = make_records(2)
    with pytest.raises(SegmentError, match="one strap"):
        pack_segment([first, msgspec.structs.replace(second, strap="51ADA002")])


def test_a_number_of_more_than_64_bits_is_refused() -> None:
    (one,) = make_records(1)
    with pytest.raises(SegmentError, match="64 bits"):
        pack_segment([msgspec.structs.replace(one, wall_ns=2**63)])


def test_no_records_are_a_segment_too() -> None:
    assert unpack_segment(pack_segment([])) == []


def test_a_later_format_is_named() -> None:
    blob = bytearray(pack_segment(make_records(1)))
    blob[1] = 9
    with pytest.raises(SegmentError, match="format 9"):
        unpack_segment(bytes(blob))
