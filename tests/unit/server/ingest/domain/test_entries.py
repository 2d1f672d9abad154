"""Entries in the order of their numbers, hashed as the contract says."""

from protocol.messages.digest import compute_digest
from server.ingest.domain.entries import number_entries
from tests.unit.server.batches import Entry, batch, gap, record


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
