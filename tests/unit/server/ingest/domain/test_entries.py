"""Entries in the order of their numbers, hashed as the contract says."""

from protocol.messages.digest import compute_digest
from server.ingest.domain.entries import compute_content_hash, number_entries
from tests.unit.server.batches import EPOCH, GATEWAY, Entry, batch, gap, record


def test_records_and_gaps_come_in_one_order() -> None:
    entries = number_entries(batch([record(1), record(5), gap(2, 4), gap(6)]))
    assert [(e.first_seq, e.last_seq, e.is_gap) for e in entries] == [
        (1, 1, False),
        (2, 4, True),
        (5, 5, False),
        (6, 6, True),
    ]


def test_each_hash_is_the_one_of_the_contract() -> None:
    values: list[Entry] = [record(1), gap(2, 4)]
    assert [entry.digest for entry in number_entries(batch(values))] == [
        compute_digest(value) for value in values
    ]


def test_the_hash_of_a_batch_is_the_one_that_stored_rows_have() -> None:
    """Made with GNU b2sum 9.1 -l 256 of "gym", the epoch and both digests, a line feed after each
    of the first two."""
    entries = number_entries(batch([record(1), gap(2, 4)]))
    assert compute_content_hash(GATEWAY, EPOCH, entries).hex() == (
        "9cf6488d494c18d2fb2dd3bae70c5342956fc2b848eaee54aa55ec0c8e77586f"
    )


def test_the_hash_of_a_batch_tells_content_and_owner_apart() -> None:
    entries = number_entries(batch([record(1), record(2)]))
    hashes = {
        compute_content_hash(GATEWAY, EPOCH, entries),
        compute_content_hash("hall", EPOCH, entries),
        compute_content_hash(GATEWAY, "second", entries),
        compute_content_hash(GATEWAY, EPOCH, entries[:1]),
        compute_content_hash(GATEWAY, EPOCH, number_entries(batch([record(1), record(2, b"x")]))),
    }
    assert len(hashes) == 5
