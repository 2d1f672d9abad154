"""Where a damaged file's intact entries lie, a few bytes a page: memory stays small. Pure."""

from array import array
from collections.abc import Iterable, Sequence

from gateway.journal.end_finder import EndFinder
from gateway.journal.entries import Entry, first_number
from gateway.journal.heard import Streams
from gateway.journal.rows import plain_strap
from protocol.identifiers import StrapId
from protocol.messages.uplink import NotificationRecord

BUNDLE = 2000  # numbers looked up together: about 0.5 MB of entries, 20 s of 15 straps


def bundle_of(number: int) -> int:
    """The bundle that a number lies in: bundle 0 holds 1 to BUNDLE."""
    return (number - 1) // BUNDLE


class RowIndex:
    """Fed with the entries of each page of a file, in any order."""

    def __init__(self) -> None:
        self._pages: dict[int, array[int]] = {}  # by bundle
        self._ends = EndFinder()
        self.straps = set[StrapId]()
        self.last = 0  # the highest number of all

    def note(self, page: int, entries: Iterable[Entry]) -> None:
        """These entries lie in that page."""
        bundles = set()
        for entry in entries:
            bundles.add(bundle_of(first_number(entry)))
            self._ends.note(entry)
            self.last = max(self.last, first_number(entry))
            if isinstance(entry, NotificationRecord):
                self.straps.add(plain_strap(entry.strap))
        for bundle in bundles:
            self._pages.setdefault(bundle, array("Q")).append(page)

    def pages(self, bundle: int) -> Sequence[int]:
        """The pages with entries of a bundle."""
        return self._pages.get(bundle, ())

    def bundles(self) -> list[int]:
        """The bundles of which there is any entry, in order."""
        return sorted(self._pages)

    def streams(self) -> Streams:
        """Up to when each stream that was alive at the end is accounted for."""
        return self._ends.streams()
