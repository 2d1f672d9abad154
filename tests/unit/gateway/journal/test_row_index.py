"""Where entries lie."""

from gateway.journal.entries import Entry, Observation, number_entry
from gateway.journal.row_index import BUNDLE, RowIndex, bundle_of
from protocol.identifiers import BootId, StrapId
from protocol.moments import ReceivedAt

A, B = StrapId("51ADA001"), StrapId("51ADA002")


def at(ns: int, boot: str = "boot") -> ReceivedAt:
    return ReceivedAt(BootId(boot), ns, ns)


def record(number: int, moment: ReceivedAt, strap: StrapId = A, name: str = "2a37") -> Entry:
    return number_entry(Observation(strap, name, moment, b""), number)


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
    assert index.streams() == {(A, "2a37"): at(2), (B, "2a37"): at(3)}
    assert RowIndex().streams() == {}
