"""Up to when each stream was accounted for as a file ends whose stamps are unreadable. Pure.

Its entries come in any order. No entry tells of a kill, so who was there at the end is judged by
when its last entry came; where that is in doubt a stream counts as there: a gap too many is seen,
one too few is not.
"""

from gateway.journal.entries import Entry, first_number, is_notification
from gateway.journal.heard import MEASURED, Stream, Streams, tells_of_the_past
from gateway.journal.link_rows import ends_account, find_withdrawn, read_link
from gateway.journal.rows import moment_of, plain_moment, plain_strap
from gateway.straps.boots import is_later
from protocol.identifiers import BootId, StrapId
from protocol.messages.uplink import LINK_CHARACTERISTIC, MAY_SEND, GapDeclaration, GapReason
from protocol.moments import ReceivedAt

# A stream of the last run has a value or a slice of its gap (one a minute) in its last minute.
ALIVE_NS = 120_000_000_000
CLOSED = "closed"  # a link's phase once the gateway left the strap

_Newest = tuple[int, ReceivedAt]  # (number, moment)
_Key = tuple[StrapId, str | None]  # None: of the whole strap


class EndFinder:
    """Of each kind of entry the one with the highest number; whose each is, and when it came."""

    def __init__(self) -> None:
        self._values: dict[_Key, _Newest] = {}  # a link's: the row that lets its strap send
        self._gaps: dict[_Key, _Newest] = {}
        self._named = set[Stream]()  # streams that a gap tells of
        self._over: dict[_Key, int] = {}  # number of the row after which nothing is expected
        self._links: dict[StrapId, tuple[int, str]] = {}  # (number, phase)
        self._boots: dict[BootId, tuple[int, _Newest]] = {}  # (first number, newest record)

    def note(self, entry: Entry) -> None:
        """One more entry."""
        newest = first_number(entry), moment_of(entry)
        if isinstance(entry, GapDeclaration):
            self._note_gap(entry, newest)
            return
        strap, name = StrapId(entry.strap), entry.characteristic
        self._note_boot(newest)
        if is_notification(name):
            _keep_newest(self._values, (strap, name), newest)
        elif name == LINK_CHARACTERISTIC:
            self._note_link(strap, entry.payload, newest)

    def streams(self) -> Streams:
        """Each stream, and each link that let a strap send, of which more may have come."""
        streams = {(strap, name) for strap, name in self._values if name is not None}
        return {
            (plain_strap(stream[0]), stream[1]): plain_moment(newest[1])
            for stream in streams | self._named
            if self._is_expected(stream, newest := self._newest(stream))
        }

    def _note_gap(self, gap: GapDeclaration, newest: _Newest) -> None:
        """As a stamp, a stream isn't made by a gap of a gateway that was down; see heard.py."""
        if tells_of_the_past(gap.reason):
            return
        strap, name = StrapId(gap.strap), gap.characteristic
        _keep_newest(self._gaps, (strap, name), newest)
        if name is not None and is_notification(name) and gap.reason != GapReason.GATEWAY_DOWN:
            self._named.add((strap, name))

    def _note_boot(self, newest: _Newest) -> None:
        boot = newest[1].boot_id
        first, last = self._boots.get(boot, (newest[0], newest))
        self._boots[boot] = min(first, newest[0]), max(last, newest, key=_number)

    def _note_link(self, strap: StrapId, payload: bytes, row: _Newest) -> None:
        """What came before the row is on the disk: the newest says more than the link's first."""
        number, phase = row[0], read_link(payload).phase
        self._links[strap] = max((number, phase), self._links.get(strap, (0, "")))
        if phase in MAY_SEND:
            _keep_newest(self._values, (strap, LINK_CHARACTERISTIC), row)
        withdrawn = find_withdrawn(payload)
        for name in MEASURED if withdrawn else ():  # others are accounted for up to there
            _keep_newest(self._gaps, (strap, name), row)
        if withdrawn is not None or ends_account(payload):
            key = (strap, withdrawn)
            self._over[key] = max(number, self._over.get(key, 0))

    def _newest(self, stream: Stream) -> _Newest:
        """A gap moves on what is known of a value, never back: it may be of an earlier boot."""
        value = self._values.get(stream)
        keys: list[_Key] = [stream, (stream[0], None)]
        gaps = [self._gaps[key] for key in keys if key in self._gaps]
        if value is None:
            return max(gaps, key=_number)
        later = [gap for gap in gaps if is_later(gap[1], value[1])]
        return max([value, *later], key=_number)

    def _is_expected(self, stream: Stream, newest: _Newest) -> bool:
        """Not if the gateway left the strap tidily, or she withdrew, or wasn't there any more."""
        over = max(self._over.get(stream, 0), self._over.get((stream[0], None), 0))
        _, phase = self._links.get(stream[0], (0, ""))
        return newest[0] > over and phase != CLOSED and self._is_alive(newest)

    def _is_alive(self, newest: _Newest) -> bool:
        """At the end of its boot; the last boot's first slices may not have been written yet."""
        number, at = newest
        boots = sorted(self._boots.values(), key=lambda boot: _number(boot[1]))[-2:]
        if not at.boot_id:  # a gap over a reboot
            return any(number >= first for first, _ in boots)
        ends = [end for _, (_, end) in boots if end.boot_id == at.boot_id]
        return any(end.monotonic_ns - at.monotonic_ns <= ALIVE_NS for end in ends)


def _keep_newest(kept: dict[_Key, _Newest], key: _Key, one: _Newest) -> None:
    kept[key] = max(one, kept.get(key, one), key=_number)


def _number(newest: _Newest) -> int:
    return newest[0]
