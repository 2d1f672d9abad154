"""The archive as its readers see it: records in the order of their commits, from a cursor."""

from dataclasses import dataclass
from typing import Protocol

from protocol.messages.uplink import GapDeclaration, NotificationRecord, RadioReport


@dataclass(frozen=True, slots=True)
class ArchivedRecord:
    """One record and whose it is."""

    gateway: str
    epoch: str
    record: NotificationRecord


@dataclass(frozen=True, slots=True)
class ArchivedGap:
    """One declared gap and whose it is."""

    gateway: str
    epoch: str
    gap: GapDeclaration


@dataclass(frozen=True, slots=True)
class FeedPage:
    """What was committed after a cursor, and the cursor to ask with next."""

    records: tuple[ArchivedRecord, ...]
    gaps: tuple[ArchivedGap, ...]
    cursor: int


@dataclass(frozen=True, slots=True)
class GatewayContact:
    """The newest upload of a gateway, on both machines' clocks; lets a reader age its stamps."""

    gateway: str
    boot_id: str | None
    offset_ns: int  # server monotonic at arrival - gateway monotonic at sending: least lately
    wall_offset_ns: int  # the same between both wall clocks, for batches that carry no `sent`
    heard_monotonic_ns: int  # server's monotonic clock at the newest upload
    radio: RadioReport | None = None  # what it said of its radio last; None: it says nothing

    @property
    def clock_behind_ns(self) -> int | None:
        """How far the gateway's wall clock is behind the server's, at most; negative: ahead.

        The quickest upload's way is in it, so the clock is behind by that much less, or further
        ahead. None: its batches don't carry its clock.
        """
        return self.wall_offset_ns if self.boot_id is not None else None


class ArchiveFeed(Protocol):
    """What live view, projector and exports read. Thread-safe; every read is whole at once."""

    def newest_cursor(self) -> int:
        """The cursor after which only future commits lie."""

    def read_after(self, cursor: int, limit_chunks: int = 500) -> FeedPage:
        """Up to `limit_chunks` stored chunks after the cursor, oldest commit first."""

    def contacts(self) -> tuple[GatewayContact, ...]:
        """Every gateway heard since this server started."""
