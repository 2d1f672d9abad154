"""Where a damaged file's intact entries lie, a few bytes a page: memory stays small. Pure."""

from array import array
from collections.abc import Iterable, Sequence

from gateway.journal.entries import Entry, first_number, is_notification
from gateway.journal.heard import Streams, tells_of_the_past
from gateway.journal.rows import moment_of, plain_moment, plain_strap
from protocol.identifiers import StrapId
from protocol.messages.uplink import NotificationRecord
from protocol.moments import ReceivedAt

BUNDLE = 2000  # numbers looked up together: about 0.5 MB of entries, 20 s of 15 straps
# A stream of the last run has a value or a slice of its gap (one a minute) in its last minute.
ALIVE_NS = 120_000_000_000

_Newest = tuple[int, ReceivedAt]  # (number, stamp)


def bundle_of(number: int) -> int:
    """The bundle that a number lies in: bundle 0 holds 1 to BUNDLE."""
    return (number - 1) // BUNDLE


class RowIndex:
    """Fed with the entries of each page of a file, in any order."""

    def __init__(self) -> None:
        self._pages: dict[int, array[int]] = {}  # by bundle
        self._heard: dict[tuple[StrapId, str], _Newest] = {}
        self._silent: dict[StrapId, _Newest] = {}  # gaps of a whole strap
        self.straps: set[StrapId] = set()
        self.last = 0  # the highest number of all

    def note(self, page: int, entries: Iterable[Entry]) -> None:
        """These entries lie in that page."""
        bundles = set()
        for entry in entries:
            bundles.add(bundle_of(first_number(entry)))
            self._note_stamp(entry)
        for bundle in bundles:
            self._pages.setdefault(bundle, array("Q")).append(page)

    def pages(self, bundle: int) -> Sequence[int]:
        """The pages with entries of a bundle."""
        return self._pages.get(bundle, ())

    def bundles(self) -> list[int]:
        """The bundles of which there is any entry, in order."""
        return sorted(self._pages)

    def streams(self) -> Streams:
        """Newest stamp of each stream of the last run; a gap's end counts as well."""
        newest = {
            (strap, name): max(found, self._silent.get(strap, found), key=_number)
            for (strap, name), found in self._heard.items()
        }
        if not newest:
            return {}
        _, end = max(newest.values(), key=_number)
        return {
            (plain_strap(strap), name): plain_moment(at)
            for (strap, name), (_, at) in newest.items()
            if _is_alive(at, end)
        }

    def _note_stamp(self, entry: Entry) -> None:
        strap, name = StrapId(entry.strap), entry.characteristic
        newest = (first_number(entry), moment_of(entry))
        self.last = max(self.last, newest[0])
        if isinstance(entry, NotificationRecord):
            self.straps.add(plain_strap(strap))
        elif tells_of_the_past(entry.reason):
            return
        if name is None:
            self._silent[strap] = max(newest, self._silent.get(strap, newest), key=_number)
        elif is_notification(name):
            key = (strap, name)
            self._heard[key] = max(newest, self._heard.get(key, newest), key=_number)


def _number(newest: _Newest) -> int:
    return newest[0]


def _is_alive(at: ReceivedAt, end: ReceivedAt) -> bool:
    return at.boot_id == end.boot_id and end.monotonic_ns - at.monotonic_ns <= ALIVE_NS
