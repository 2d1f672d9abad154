"""Where entries lie, and which streams were alive at the end."""

import pytest

from gateway.journal.entries import Entry, Observation, Silence, number_entry
from gateway.journal.row_index import ALIVE_NS, BUNDLE, RowIndex, bundle_of
from protocol.identifiers import BootId, StrapId
from protocol.messages.uplink import GapReason
from protocol.moments import ReceivedAt

A, B = StrapId("51ADA001"), StrapId("51ADA002")


def at(ns: int, boot: str = "boot") -> ReceivedAt:
    return ReceivedAt(BootId(boot), ns, ns)


def record(number: int, moment: ReceivedAt, strap: StrapId = A, name: str = "2a37") -> Entry:
    return number_entry(Observation(strap, name, moment, b""), number)


def gap(
    number: int,
    until: ReceivedAt,
    strap: StrapId,
    name: str | None = None,
    reason: GapReason = GapReason.LINK_LOST,
) -> Entry:
    silence = Silence(strap, reason, at(0, until.boot_id), until, name)
    return number_entry(silence, number)


def test_a_bundle_begins_after_the_one_before_it() -> None:
    assert [bundle_of(n) for n in (1, BUNDLE, BUNDLE + 1)] == [0, 0, 1]


def test_a_page_is_found_under_every_bundle_of_its_entries() -> None:
    index = RowIndex()
    index.note(7, [record(BUNDLE, at(1)), record(BUNDLE + 1, at(2))])
    index.note(3, [record(BUNDLE + 2, at(3), B)])
    index.note(9, [])
    assert [list(index.pages(bundle)) for bundle in range(3)] == [[7], [7, 3], []]
    assert index.bundles() == [0, 1]
    assert (index.last, index.straps) == (BUNDLE + 2, {A, B})


def test_the_newest_stamp_of_a_stream_is_that_of_its_highest_number() -> None:
    index = RowIndex()
    index.note(1, [record(5, at(50)), record(6, at(60), name="gateway/link")])
    index.note(2, [record(4, at(40)), record(3, at(30), B)])
    assert index.streams() == {(A, "2a37"): at(50), (B, "2a37"): at(30)}
    index.note(3, [gap(8, at(80), A), gap(7, at(70), B, "2a37")])
    assert index.streams() == {(A, "2a37"): at(80), (B, "2a37"): at(70)}
    index.note(4, [record(9, at(90))])
    assert index.streams()[A, "2a37"] == at(90)


@pytest.mark.parametrize("reason", [GapReason.SERVER_LOST, GapReason.JOURNAL_DAMAGED])
def test_a_gap_that_tells_of_the_past_says_nothing_of_the_end(reason: GapReason) -> None:
    """Goes red if what a journal says of an older one's damage ends its own streams."""
    index = RowIndex()
    index.note(1, [record(5, at(50)), gap(6, at(10**9, "earlier"), A, reason=reason)])
    assert index.streams() == {(A, "2a37"): at(50)}
    assert index.last == 6


def test_a_stream_of_an_earlier_run_has_no_gap_to_be_closed() -> None:
    """Goes red if a strap worn last week is declared to be silent since then."""
    index = RowIndex()
    index.note(1, [record(1, at(1)), record(2, at(10**15, "earlier"), B)])
    index.note(2, [record(3, at(2 + ALIVE_NS), B, "fb")])
    assert index.streams() == {(B, "fb"): at(2 + ALIVE_NS)}
    assert RowIndex().streams() == {}
