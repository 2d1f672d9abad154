"""When each strap had values that are no longer kept here: told should the server lose them. Pure.

One stretch a strap and minute outlives its entries, because only they knew strap and time.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from gateway.journal.entries import Entry, Silence, first_number, is_notification
from gateway.journal.rows import moment_of, plain_moment, plain_strap
from protocol.identifiers import BootId, StrapId
from protocol.messages.uplink import GapDeclaration, GapReason
from protocol.moments import ReceivedAt

_NS_PER_MINUTE = 60_000_000_000
KEPT_MINUTES = 400 * 24 * 60  # no backup that a server is restored from is older; ~10 MB at most


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one strap had in one minute; of wall clocks, nanoseconds since 1970."""

    minute: int  # in which it ends
    strap: StrapId
    since_ns: int
    until_ns: int
    last_seq: int


def note_stretches(entries: Iterable[Entry]) -> list[Stretch]:
    """The stretches of entries that are about to go, in the order of their numbers.

    The gateway's own observations have no coverage; a gap's stretch is what it told of.
    """
    return join_within_minutes(
        _stretch_of(entry)
        for entry in entries
        if isinstance(entry, GapDeclaration) or is_notification(entry.characteristic)
    )


def join_within_minutes(stretches: Iterable[Stretch]) -> list[Stretch]:
    """One a strap and minute."""
    noted: dict[tuple[int, StrapId], Stretch] = {}
    for stretch in stretches:
        key = (stretch.minute, stretch.strap)
        noted[key] = _join(noted[key], stretch) if key in noted else stretch
    return list(noted.values())


def _join(one: Stretch, other: Stretch) -> Stretch:
    """Both, as one of the first's minute and strap."""
    return Stretch(
        one.minute,
        one.strap,
        min(one.since_ns, other.since_ns),
        max(one.until_ns, other.until_ns),
        max(one.last_seq, other.last_seq),
    )


def declare_lost(stretches: Iterable[Stretch]) -> list[Silence]:
    """Gaps for all of these, strap by strap; what lies less than a minute apart is one."""
    joined: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda found: (found.strap, found.since_ns)):
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.strap == stretch.strap
            and stretch.since_ns - before.until_ns < _NS_PER_MINUTE
        ):
            joined[-1] = _join(before, stretch)
        else:
            joined.append(stretch)
    return [
        Silence(found.strap, GapReason.SERVER_LOST, _at(found.since_ns), _at(found.until_ns))
        for found in joined
    ]


def _stretch_of(entry: Entry) -> Stretch:
    until_ns = plain_moment(moment_of(entry)).wall_ns
    since_ns = until_ns
    if isinstance(entry, GapDeclaration):
        since_ns = min(max(entry.from_ns, 0), until_ns)
    strap = plain_strap(entry.strap)
    return Stretch(until_ns // _NS_PER_MINUTE, strap, since_ns, until_ns, first_number(entry))


def _at(wall_ns: int) -> ReceivedAt:
    """Of which boot is no longer known."""
    return ReceivedAt(BootId(""), 0, wall_ns)
