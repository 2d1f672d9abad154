"""One stream: random mishaps to a faithful archive are found, each counted exactly."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from firmware_sim.rehearsal.verdict.alignment import LONGEST_FLIGHT_NS, align_stream
from firmware_sim.rehearsal.verdict.evidence import ArchivedValue, SentValue
from tests.unit.firmware_sim.rehearsal.evidence_by_hand import (
    FLIGHT_NS,
    SECOND_NS,
    keep_all,
    kept_value,
    sent_value,
)

Counts = tuple[int, int, int, int, int]  # missing, duplicated, altered, out of order, invented


def _counts(
    sent: Sequence[SentValue], kept: Sequence[ArchivedValue], delay_ns: int = 30 * SECOND_NS
) -> Counts:
    """With a delay as long as the longest of these streams, unless said otherwise."""
    found = align_stream(sent, kept, delay_ns)
    assert len(found.arrivals) + len(found.missing) + len(found.altered) == len(sent)
    return (
        len(found.missing),
        len(found.duplicated),
        len(found.altered),
        len(found.out_of_order),
        len(found.invented),
    )


def _heart_rates(payloads: str) -> list[SentValue]:
    return [sent_value(second, payload.encode()) for second, payload in enumerate(payloads)]


# A resting heart: few different payloads, so most values have twins nearby.
resting = st.text("ab", min_size=1, max_size=30)
# Acceleration frames carry a time stamp: every payload differs.
distinct = st.integers(1, 30).map(lambda n: "".join(chr(0x100 + i) for i in range(n)))
streams = st.one_of(resting, distinct)


@given(streams)
def test_a_faithful_archive_has_no_findings(payloads: str) -> None:
    sent = _heart_rates(payloads)
    assert _counts(sent, keep_all(sent)) == (0, 0, 0, 0, 0)


@given(streams, st.data())
def test_a_faithful_archive_of_bunched_values_has_no_findings(
    payloads: str, data: st.DataObject
) -> None:
    """A fade holds values back; they then come at once, in order."""
    sent = _heart_rates(payloads)
    since = data.draw(st.integers(0, len(sent) - 1))
    until = data.draw(st.integers(since, len(sent) - 1))
    kept = keep_all(sent)
    for place in range(since, until + 1):
        arrives_ns = sent[until].monotonic_ns + FLIGHT_NS + place
        kept[place] = replace(kept[place], monotonic_ns=arrives_ns)
    assert _counts(sent, kept) == (0, 0, 0, 0, 0)


@given(streams, st.data())
def test_random_mishaps_are_counted_exactly(payloads: str, data: st.DataObject) -> None:
    sent = _heart_rates(payloads)
    kept: list[ArchivedValue] = []
    n = {"lost": 0, "twice": 0, "altered": 0, "invented": 0}
    kinds = st.sampled_from(["kept", "kept", "kept", "lost", "twice", "altered", "invented"])
    for place, value in enumerate(sent):
        kind = data.draw(kinds)
        n[kind] = n.get(kind, 0) + 1
        row = kept_value(value, 10 * place)
        if kind == "altered":
            row = replace(row, payload=b"!" + row.payload)
        if kind != "lost":
            kept.append(row)
        if kind == "twice":
            kept.append(replace(row, seq=10 * place + 1))
        if kind == "invented":
            kept.append(replace(row, seq=10 * place + 1, payload=b"?", monotonic_ns=place))
    assert _counts(sent, kept) == (n["lost"], n["twice"], n["altered"], 0, n["invented"])


@given(st.integers(2, 30), st.data())
def test_a_moved_value_is_out_of_order_and_nothing_else(n: int, data: st.DataObject) -> None:
    sent = _heart_rates("".join(chr(0x100 + i) for i in range(n)))
    since = data.draw(st.integers(0, n - 1))
    to = data.draw(st.integers(0, n - 1).filter(lambda place: place != since))
    kept = keep_all(sent)
    kept.insert(to, kept.pop(since))
    assert _counts(sent, kept) == (0, 0, 0, 1, 0)


def test_stamps_that_run_backwards_are_out_of_order() -> None:
    sent = _heart_rates("ab")
    late = kept_value(sent[0], 1, flight_ns=3 * SECOND_NS)
    assert _counts(sent, [late, kept_value(sent[1], 2)]) == (0, 0, 0, 1, 0)


def test_the_loss_is_placed_where_it_happened_among_twins() -> None:
    sent = _heart_rates("aaaaa")
    kept = keep_all(sent)
    del kept[1]
    assert align_stream(sent, kept).missing == [sent[1]]


def test_a_value_stamped_before_it_was_sent_is_invented() -> None:
    sent = _heart_rates("a")
    assert _counts(sent, [kept_value(sent[0], 1, flight_ns=-1)]) == (1, 0, 0, 0, 1)


def test_a_value_stamped_an_hour_later_is_no_longer_that_value() -> None:
    sent = _heart_rates("a")
    assert _counts(sent, [kept_value(sent[0], 1, flight_ns=3600 * SECOND_NS)]) == (1, 0, 0, 0, 1)


def test_the_same_number_twice_is_a_duplicate_even_beside_a_lost_twin() -> None:
    sent = _heart_rates("aa")
    first = kept_value(sent[0], 1, flight_ns=2 * SECOND_NS)
    assert _counts(sent, [first, replace(first, monotonic_ns=first.monotonic_ns + 1)]) == (
        1, 1, 0, 0, 0,
    )  # fmt: skip


def test_a_late_copy_under_another_number_is_a_duplicate() -> None:
    sent = _heart_rates("abc")
    copy = replace(kept_value(sent[0], 9), monotonic_ns=sent[2].monotonic_ns + 2 * FLIGHT_NS)
    assert _counts(sent, [*keep_all(sent), copy]) == (0, 1, 0, 0, 0)


@given(st.integers(0, 10**10), st.integers(0, 10**10))
def test_nothing_flies_longer_than_its_link_allows(flight_ns: int, delay_ns: int) -> None:
    sent = _heart_rates("a")
    kept = [kept_value(sent[0], 1, flight_ns=flight_ns)]
    possible = flight_ns <= LONGEST_FLIGHT_NS + delay_ns
    assert _counts(sent, kept, delay_ns) == ((0, 0, 0, 0, 0) if possible else (1, 0, 0, 0, 1))
