"""One flipped bit anywhere in a stored entry is seen, and costs that entry only (promise A9)."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from gateway.journal.entries import Entry, first_number
from gateway.journal.memory_journal import MemoryJournal
from gateway.journal.rows import (
    UNKNOWN_STRAP,
    Row,
    decode_row,
    encode_row,
    quarantine_gap,
    renumber,
)
from protocol.identifiers import Epoch
from protocol.messages.uplink import GapDeclaration, NotificationRecord

BIG = 1 << 20
text = st.text(alphabet="0123456789ABCDEFabcdef-/", min_size=1, max_size=36)
stamp = st.integers(0, 2**62)
records = st.builds(
    NotificationRecord,
    st.integers(1, 2**40),
    text,
    text,
    text,
    stamp,
    stamp,
    st.binary(max_size=244),
)
gaps = st.builds(
    lambda seq, strap, reason, start, end: GapDeclaration(strap, reason, start, end, seq, seq),
    st.integers(1, 2**40), text, text, stamp, stamp,
)  # fmt: skip
entries = st.one_of(records, gaps)


def flip(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8 % len(data)] ^= 1 << (bit % 8)
    return bytes(changed)


@given(entries)
def test_a_row_gives_its_entry_back(entry: Entry) -> None:
    assert decode_row(encode_row(entry)) == entry


@given(entries, st.integers(0, 10_000), st.booleans())
def test_a9_a_flipped_bit_is_seen(entry: Entry, bit: int, in_digest: bool) -> None:
    """Goes red if the digest isn't compared on reading."""
    row = encode_row(entry)
    if in_digest:
        damaged = replace(row, digest=flip(row.digest, bit))
    else:
        damaged = replace(row, body=flip(row.body, bit))
    assert decode_row(damaged) is None


@given(entries, st.integers(0, 40))
def test_a9_a_flipped_number_is_seen(entry: Entry, bit: int) -> None:
    row = encode_row(entry)
    assert decode_row(replace(row, seq=row.seq ^ (1 << bit))) is None


@given(entries, st.integers(1, 2**40))
def test_renumbering_changes_the_number_and_nothing_else(entry: Entry, seq: int) -> None:
    moved = renumber(entry, seq)
    assert first_number(moved) == seq
    assert renumber(moved, first_number(entry)) == entry


def _record(seq: int, ms: int) -> NotificationRecord:
    return NotificationRecord(
        seq, "51ADA001", "2a37", "boot", ms * 10**6, ms * 10**6 + 5, b"\0\x48"
    )


def _journal_of(rows: list[Row]) -> MemoryJournal:
    journal = MemoryJournal(Epoch("e"))
    journal.rows = {row.seq: row for row in rows}
    return journal


@given(st.integers(0, 4), st.integers(0, 400))
def test_a9_damage_costs_that_entry_only_and_takes_its_number(place: int, bit: int) -> None:
    intact = [_record(seq, 1000 * seq) for seq in range(1, 6)]
    rows = [encode_row(record) for record in intact]
    rows[place] = replace(rows[place], body=flip(rows[place].body, bit))
    found = _journal_of(rows).read_after(0, 10, BIG)
    assert [first_number(entry) for entry in found] == [1, 2, 3, 4, 5]
    assert [e for n, e in enumerate(found) if n != place] == intact[:place] + intact[place + 1 :]
    gap = found[place]
    assert isinstance(gap, GapDeclaration)
    assert (gap.reason, gap.strap) == ("journal_damaged", "51ADA001")
    assert gap.record_hash == rows[place].digest
    neighbours = [seq for seq in (place, place + 2) if 1 <= seq <= 5]
    assert gap.from_ns == intact[neighbours[0] - 1].wall_ns
    assert gap.to_ns == intact[neighbours[-1] - 1].wall_ns


def test_the_gap_in_the_place_of_a_bad_record_repeats_nothing_that_may_be_bad() -> None:
    """Goes red if a server that refuses the record for this refuses its gap as well."""
    bad = NotificationRecord(7, "no strap!", "no name", "b!", -1, -5, b"")
    gap = quarantine_gap(encode_row(bad), bad)
    assert (gap.strap, gap.characteristic, gap.boot_id) == (UNKNOWN_STRAP, None, None)
    assert (gap.from_ns, gap.to_ns, gap.from_monotonic_ns) == (0, 0, None)
    assert (gap.first_seq, gap.last_seq, gap.reason) == (7, 7, "quarantined")
    good = _record(8, 1000)
    gap = quarantine_gap(encode_row(good), good)
    assert (gap.strap, gap.characteristic, gap.boot_id) == ("51ADA001", "2a37", "boot")
    assert (gap.from_ns, gap.from_monotonic_ns) == (good.wall_ns, good.monotonic_ns)


def test_a9_the_gap_of_a_damaged_entry_is_the_same_each_time() -> None:
    """A number that is sent again must carry the same bytes, or the server sees a fork."""
    rows = [encode_row(_record(seq, 1000 * seq)) for seq in range(1, 4)]
    rows[1] = replace(rows[1], body=flip(rows[1].body, 77))
    journal = _journal_of(rows)
    first = journal.read_after(0, 10, BIG)
    del journal.rows[1]  # pruned in between
    assert journal.read_after(1, 10, BIG) == first[1:]
