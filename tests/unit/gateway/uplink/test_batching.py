"""Batches: contiguous, within limits, nothing lost and nothing twice."""

from hypothesis import given
from hypothesis import strategies as st

from gateway.journal.entries import Entry, Observation, first_number
from gateway.journal.memory_journal import MemoryJournal
from gateway.uplink.batching import (
    BACKLOG_EVERY_NS,
    MAX_ENTRIES,
    MAX_ENTRY_BYTES,
    SEND_EVERY_NS,
    compose_batch,
    next_send_ns,
    without_holes,
)
from protocol.identifiers import BootId, Epoch, GatewayId, StrapId
from protocol.messages.codec import decode_batch, encode_batch
from protocol.messages.uplink import GapDeclaration, NotificationRecord, SentAt
from protocol.moments import ReceivedAt

NOW = ReceivedAt(BootId("boot"), 12, 34)
MIB = 1 << 20


def record(seq: int, payload: bytes = b"\x00\x48") -> NotificationRecord:
    return NotificationRecord(seq, "51ADA001", "2a37", "boot", seq, seq, payload)


def gap(seq: int) -> GapDeclaration:
    return GapDeclaration("51ADA001", "link_lost", 1, 2, seq, seq)


def test_a_batch_says_whose_it_is_what_is_in_it_and_when_it_left() -> None:
    batch = compose_batch(GatewayId("gym"), Epoch("e"), 5, [record(5), gap(6), record(7)], NOW)
    assert (batch.v, batch.gateway, batch.epoch, batch.first_seq) == (1, "gym", "e", 5)
    assert [r.seq for r in batch.records] == [5, 7]
    assert [g.first_seq for g in batch.gaps] == [6]
    assert batch.sent == SentAt("boot", 12, 34)


def test_a_hole_ends_the_run() -> None:
    assert without_holes([record(4), gap(5), record(7)], after=3) == [record(4), gap(5)]
    assert without_holes([record(5)], after=3) == []
    assert without_holes([], after=3) == []


def test_a_backlog_is_sent_sooner_but_not_faster_than_the_server_takes() -> None:
    assert next_send_ns(100, n_left=0) == 100 + SEND_EVERY_NS
    assert next_send_ns(100, n_left=1) == 100 + BACKLOG_EVERY_NS
    assert SEND_EVERY_NS == 500_000_000  # twice a second
    assert 10**9 / BACKLOG_EVERY_NS <= 20  # requests a second of one gateway (promise C4)


def test_a_full_batch_of_the_longest_values_fits_into_one_mebibyte() -> None:
    """512 bytes is the longest attribute value (Core Specification, Vol 3 Part F 3.2.9)."""
    strap, name = StrapId("S" * 32), "f" * 36
    journal = MemoryJournal(Epoch("e"))
    at = ReceivedAt(BootId("b" * 36), 2**62, 2**62)
    journal.append([Observation(strap, name, at, bytes(512)) for _ in range(5000)])
    load = journal.read_after(0, 10_000, MAX_ENTRY_BYTES)
    body = encode_batch(compose_batch(GatewayId("g" * 63), Epoch("e" * 36), 1, load, NOW))
    assert 500 < len(load) < 5000
    assert len(body) <= MIB


payloads = st.lists(st.binary(max_size=64), max_size=60)


@given(payloads, st.integers(1, 20), st.integers(1, 500))
def test_batching_loses_and_repeats_nothing(
    values: list[bytes], max_entries: int, max_bytes: int
) -> None:
    journal = MemoryJournal(Epoch("e"))
    at = ReceivedAt(BootId("boot"), 1, 1)
    journal.append([Observation(StrapId("51ADA001"), "2a37", at, value) for value in values])
    sent: list[Entry] = []
    while load := journal.read_after(len(sent), max_entries, max_bytes):
        run = without_holes(load, after=len(sent))
        batch = compose_batch(GatewayId("gym"), Epoch("e"), len(sent) + 1, run, NOW)
        arrived = decode_batch(encode_batch(batch))
        assert 0 < len(arrived.records) <= max_entries <= MAX_ENTRIES
        sent += arrived.records
    assert [first_number(entry) for entry in sent] == list(range(1, len(values) + 1))
    assert [entry.payload for entry in sent if isinstance(entry, NotificationRecord)] == values
