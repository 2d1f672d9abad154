"""Chunks give back the bytes, and a flipped bit costs one record."""

from hypothesis import given
from hypothesis import strategies as st

from protocol.messages.digest import compute_digest
from protocol.messages.uplink import NotificationRecord
from server.ingest.domain.chunk import (
    compute_provenance,
    pack_chunk,
    read_index,
    unpack_chunk,
    unpack_gap,
)
from server.ingest.domain.entries import number_entries
from tests.unit.server.batches import STRAPS, batch, gap, record

PAYLOADS = st.lists(st.binary(max_size=40), min_size=1, max_size=8)


def _records(payloads: list[bytes]) -> list[NotificationRecord]:
    return [record(3 * n + 1, payload, STRAPS[1]) for n, payload in enumerate(payloads)]


def _pack(records: list[NotificationRecord]) -> tuple[bytes, bytes]:
    return pack_chunk(number_entries(batch(records)))


@given(PAYLOADS)
def test_a_chunk_gives_back_its_records(payloads: list[bytes]) -> None:
    records = _records(payloads)
    assert unpack_chunk(*_pack(records), STRAPS[1]) == (records, [])


@given(PAYLOADS)
def test_the_index_holds_numbers_and_hashes(payloads: list[bytes]) -> None:
    records = _records(payloads)
    stored = list(read_index(_pack(records)[0]))
    assert [entry.first_seq for entry in stored] == [one.seq for one in records]
    assert [entry.digest for entry in stored] == [compute_digest(one) for one in records]


@given(PAYLOADS, st.data())
def test_a9_a_flipped_bit_anywhere_is_found_and_costs_one_record(
    payloads: list[bytes], data: st.DataObject
) -> None:
    records = _records(payloads)
    parts = [bytearray(part) for part in _pack(records)]
    part = parts[data.draw(st.sampled_from([0, 1]), "index or body")]
    bit = data.draw(st.integers(0, len(part) * 8 - 1), "bit")
    part[bit // 8] ^= 1 << bit % 8
    good, damages = unpack_chunk(bytes(parts[0]), bytes(parts[1]), STRAPS[1])
    assert len(damages) == 1
    assert len(good) == len(records) - 1
    assert all(one in records for one in good)


def test_a9_a_chunk_under_another_straps_name_is_damaged_whole() -> None:
    records = _records([b"a", b"b"])
    good, damages = unpack_chunk(*_pack(records), STRAPS[2])
    assert good == []
    assert [damage.seq for damage in damages] == [1, 4]


@given(st.integers(0))
def test_a9_a_flipped_bit_in_a_gap_is_found(bit: int) -> None:
    (entry,) = number_entries(batch([gap(4, 6)]))
    assert unpack_gap(entry.encoded, entry.digest) == gap(4, 6)
    flipped = bytearray(entry.encoded)
    flipped[bit // 8 % len(flipped)] ^= 1 << bit % 8
    assert unpack_gap(bytes(flipped), entry.digest) is None


def test_a9_provenance_changes_with_every_part_of_it() -> None:
    origins = {
        compute_provenance("gym", "e1", 7, "S1"),
        compute_provenance("gim", "e1", 7, "S1"),
        compute_provenance("gym", "e2", 7, "S1"),
        compute_provenance("gym", "e1", 6, "S1"),
        compute_provenance("gym", "e1", 7, "S2"),
    }
    assert len(origins) == 5
