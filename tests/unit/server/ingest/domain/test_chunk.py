"""Chunks give back the bytes, and a flipped bit costs one record."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from protocol.messages.digest import compute_digest
from protocol.messages.uplink import NotificationRecord
from server.ingest.domain.chunk import (
    compute_provenance,
    pack_chunk,
    read_index,
    unpack_characteristic,
    unpack_chunk,
    unpack_gap,
)
from server.ingest.domain.entries import number_entries
from tests.unit.server.batches import STRAPS, batch, gap, record

PROVENANCE_BITS = 64
PAYLOADS = st.lists(st.binary(max_size=40), min_size=1, max_size=8)


def _records(payloads: list[bytes]) -> list[NotificationRecord]:
    return [record(3 * n + 1, payload, STRAPS[1]) for n, payload in enumerate(payloads)]


PROVENANCE = compute_provenance("gym", "e1", 7)


def _pack(records: list[NotificationRecord]) -> bytes:
    return pack_chunk(number_entries(batch(records)), PROVENANCE)


@given(PAYLOADS)
def test_a_chunk_gives_back_its_records(payloads: list[bytes]) -> None:
    records = _records(payloads)
    unpacked = unpack_chunk(_pack(records), len(records), STRAPS[1], PROVENANCE)
    assert unpacked == (records, [])


@given(PAYLOADS)
def test_the_index_holds_numbers_and_hashes(payloads: list[bytes]) -> None:
    records = _records(payloads)
    stored = list(read_index(_pack(records), len(records)))
    assert [entry.first_seq for entry in stored] == [one.seq for one in records]
    assert [entry.digest for entry in stored] == [compute_digest(one) for one in records]


@given(PAYLOADS, st.data())
def test_a9_a_flipped_bit_anywhere_is_found_and_costs_one_record(
    payloads: list[bytes], data: st.DataObject
) -> None:
    records = _records(payloads)
    blob = bytearray(_pack(records))
    bit = data.draw(st.integers(PROVENANCE_BITS, len(blob) * 8 - 1), "bit")
    blob[bit // 8] ^= 1 << bit % 8
    good, damages = unpack_chunk(bytes(blob), len(records), STRAPS[1], PROVENANCE)
    assert len(damages) == 1
    assert len(good) == len(records) - 1
    assert all(one in records for one in good)


@given(PAYLOADS, st.integers(0, 63), st.integers(0, 15))
def test_a9_a_flipped_bit_beside_the_records_costs_none(
    payloads: list[bytes], provenance_bit: int, count_bit: int
) -> None:
    records = _records(payloads)
    blob = bytearray(_pack(records))
    unpacked = unpack_chunk(bytes(blob), len(records) ^ 1 << count_bit, STRAPS[1], PROVENANCE)
    assert unpacked == (records, [])
    blob[provenance_bit // 8] ^= 1 << provenance_bit % 8
    assert unpack_chunk(bytes(blob), len(records), STRAPS[1], PROVENANCE) == (records, [])


def test_of_one_characteristic_only_what_matches_its_hash() -> None:
    values = [record(1, b"a", STRAPS[1]), record(4, b"b", STRAPS[1]), record(7, b"2a37", STRAPS[1])]
    values[2] = msgspec.structs.replace(values[2], characteristic="2a19")
    blob = bytearray(_pack(values))
    assert unpack_characteristic(bytes(blob), 3, PROVENANCE, "2a37") == values[:2]
    other = compute_provenance("gym", "e1", 8)
    assert unpack_characteristic(bytes(blob), 3, other, "2a37") == []
    blob[blob.index(b"b", blob.index(b"2a37"))] ^= 1  # anything after the first name
    assert len(unpack_characteristic(bytes(blob), 3, PROVENANCE, "2a37")) <= 2


def test_a9_a_chunk_in_another_run_is_damaged_whole() -> None:
    records = _records([b"a", b"b"])
    other = compute_provenance("gym", "e1", 8)
    good, damages = unpack_chunk(_pack(records), 2, STRAPS[1], other)
    assert good == []
    assert [damage.seq for damage in damages] == [1, 4]


@given(st.binary(max_size=200), st.integers(0, 600))
def test_a9_any_bytes_are_read_without_another_error(blob: bytes, n_records: int) -> None:
    good, _ = unpack_chunk(blob, n_records, STRAPS[1], PROVENANCE)
    assert good == []


@given(st.integers(0))
def test_a9_a_flipped_bit_in_a_gap_is_found(bit: int) -> None:
    (entry,) = number_entries(batch([gap(4, 6)]))
    assert unpack_gap(entry.encoded, entry.digest) == gap(4, 6)
    flipped = bytearray(entry.encoded)
    flipped[bit // 8 % len(flipped)] ^= 1 << bit % 8
    assert unpack_gap(bytes(flipped), entry.digest) is None


def test_a9_provenance_changes_with_every_part_of_it() -> None:
    origins = {
        compute_provenance("gym", "e1", 7),
        compute_provenance("gim", "e1", 7),
        compute_provenance("gym", "e2", 7),
        compute_provenance("gym", "e1", 6),
    }
    assert len(origins) == 4
