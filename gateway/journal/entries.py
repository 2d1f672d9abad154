"""What a journal keeps: values and gaps, first without a number, then with one."""

from dataclasses import dataclass

from protocol.identifiers import StrapId
from protocol.messages.uplink import GapDeclaration, GapReason, NotificationRecord
from protocol.moments import ReceivedAt

Entry = NotificationRecord | GapDeclaration

Runs = tuple[tuple[int, int], ...]  # (first, last) numbers, both included, ascending


@dataclass(frozen=True, slots=True)
class Observation:
    """One value from a strap, exactly as received, not yet numbered."""

    strap: StrapId
    characteristic: str
    received: ReceivedAt
    payload: bytes


@dataclass(frozen=True, slots=True)
class Silence:
    """A stretch without bytes from a strap (or one stream of it), not yet numbered."""

    strap: StrapId
    reason: GapReason
    since: ReceivedAt
    until: ReceivedAt
    characteristic: str | None = None


Unnumbered = Observation | Silence


def number_entry(entry: Unnumbered, seq: int) -> Entry:
    """The entry with its place in the sequence, in the form that is sent."""
    if isinstance(entry, Observation):
        received = entry.received
        return NotificationRecord(
            seq,
            entry.strap,
            entry.characteristic,
            received.boot_id,
            received.monotonic_ns,
            received.wall_ns,
            entry.payload,
        )
    return place_gap(entry, seq)


def place_gap(silence: Silence, seq: int, record_hash: bytes | None = None) -> GapDeclaration:
    """A gap that takes the number `seq`. Monotonic times only where both ends share a boot.

    A wall clock that was set back between the ends gives an empty stretch, never a negative one.
    """
    since, until = silence.since, silence.until
    same_boot = since.boot_id == until.boot_id != ""  # an empty one is not known
    return GapDeclaration(
        strap=silence.strap,
        reason=silence.reason.value,
        from_ns=since.wall_ns,
        to_ns=max(since.wall_ns, until.wall_ns),
        first_seq=seq,
        last_seq=seq,
        characteristic=silence.characteristic,
        boot_id=since.boot_id if same_boot else None,
        from_monotonic_ns=since.monotonic_ns if same_boot else None,
        to_monotonic_ns=max(since.monotonic_ns, until.monotonic_ns) if same_boot else None,
        record_hash=record_hash,
    )


def first_number(entry: Entry) -> int:
    """The first number that an entry takes."""
    return entry.seq if isinstance(entry, NotificationRecord) else entry.first_seq


def is_notification(characteristic: str) -> bool:
    """Whether a strap sent it by itself; names with a slash are the gateway's observations."""
    return "/" not in characteristic


def in_runs(seq: int, runs: Runs) -> bool:
    """Whether a number lies in one of the runs."""
    return any(first <= seq <= last for first, last in runs)
