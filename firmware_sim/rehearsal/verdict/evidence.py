"""What a verdict is made from: the straps' own account, the server's export, the live page.

All moments are nanoseconds of one machine's monotonic clock, which straps and gateway share in a
rehearsal; wall times are nanoseconds since 1970.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# Names with a slash are the gateway's own observations (protocol.messages.uplink): answers to its
# reads, which are compared with what straps answered, and its remarks, which no strap sent.
OBSERVATION_MARK = "/"
READ_PREFIX = "read/"


@dataclass(frozen=True, slots=True)
class SentValue:
    """One notification or indication as the strap sent it."""

    strap: str
    characteristic: str
    monotonic_ns: int
    wall_ns: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class LinkBegin:
    """A central connected to a strap."""

    strap: str
    monotonic_ns: int


@dataclass(frozen=True, slots=True)
class InjectedFault:
    """One trouble as it really happened. `strap` None concerns every strap, or the chain."""

    fault: str
    strap: str | None
    from_monotonic_ns: int
    to_monotonic_ns: int


@dataclass(frozen=True, slots=True)
class OrderedFault:
    """One trouble that a scenario ordered; `strap` None is trouble of the chain.

    `delay_ms` is the longest that it holds back a value, 0 for all that don't delay.
    """

    fault: str
    strap: str | None
    delay_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class RehearsedStrap:
    """One strap of the rehearsal. `streams` names what its wearer agreed to; None: not rostered."""

    serial: str
    model: str
    name: str
    streams: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything the straps know. `sent` is in the order of sending.

    `ordered` should all be among `faults`, `overflowed` found no room in a strap and were never
    sent, `answers` are to reads, `links` say when a central connected. `window_ns` is from when
    all straps streamed to the moment the gateway was asked to stop, None where nobody noted it.
    """

    straps: Sequence[RehearsedStrap]
    sent: Sequence[SentValue]
    faults: Sequence[InjectedFault] = ()
    ordered: Sequence[OrderedFault] = ()
    overflowed: Sequence[SentValue] = ()
    answers: Sequence[SentValue] = ()
    links: Sequence[LinkBegin] = ()
    window_ns: tuple[int, int] | None = None

    def longest_delay_ns(self, strap: str) -> int:
        """How long ordered trouble held back a value of this strap at most."""
        delays_ms = [fault.delay_ms for fault in self.ordered if fault.strap == strap]
        return round(max(delays_ms, default=0.0) * 1e6)


@dataclass(frozen=True, slots=True)
class ArchivedValue:
    """One row of the export's notifications."""

    seq: int
    strap: str
    characteristic: str
    boot_id: str
    monotonic_ns: int
    wall_ns: int
    payload: bytes
    gateway: str
    epoch: str


@dataclass(frozen=True, slots=True)
class DeclaredGap:
    """One row of the export's gaps, placed on the monotonic clock."""

    strap: str
    reason: str
    characteristic: str | None
    from_monotonic_ns: int
    to_monotonic_ns: int

    def concerns(self, characteristic: str) -> bool:
        """Whether it declares values of this characteristic missing."""
        return self.characteristic is None or self.characteristic == characteristic


@dataclass(frozen=True, slots=True)
class Archive:
    """What the server holds."""

    values: Sequence[ArchivedValue]
    gaps: Sequence[DeclaredGap] = ()


@dataclass(frozen=True, slots=True)
class LiveFrame:
    """One frame of the live page: when it arrived, each newest heart-rate stamp, its told age."""

    arrived_monotonic_ns: int
    newest_monotonic_ns: Mapping[str, int] = field(default_factory=dict)
    ages_s: Mapping[str, float] = field(default_factory=dict)  # as the frame tells them
