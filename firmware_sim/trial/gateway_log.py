"""One evening as a gateway wrote it into its journal: stamps, link changes, gaps, numbers."""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from firmware_sim.trial.strap_values import Value
from protocol.messages.codec import encode_link_event
from protocol.messages.uplink import (
    LINK_CHARACTERISTIC,
    MAX_BATCH_ENTRIES,
    UPLINK_VERSION,
    GapDeclaration,
    GapReason,
    LinkEvent,
    NotificationRecord,
    SentAt,
    UplinkBatch,
)

# From a strap's moment to the gateway's stamp: one or two connection intervals of 15 to 45 ms.
_ON_THE_AIR_MS: Final = (8.0, 60.0)
NS_PER_MS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Boot:
    """The gateway is switched on for an evening; its monotonic clock is 0 at `began_ns`, UTC."""

    boot_id: str
    began_ns: int


@dataclass(frozen=True, slots=True)
class Row:
    """A value from a strap; `wall_ns` is the gateway's stamp, UTC."""

    wall_ns: int
    strap: str
    characteristic: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class GapRow:
    """Why there is nothing of a strap between the last value before and the first one after."""

    wall_ns: int
    strap: str
    from_ns: int


@dataclass(slots=True)
class GatewayLog:
    """What was heard on one evening, in any order until it is numbered."""

    rows: list[Row | GapRow] = field(default_factory=list)

    def of(self, straps: Container[str]) -> list[Row | GapRow]:
        """What is known of some straps: of those that one of several gateways has."""
        return [row for row in self.rows if row.strap in straps]

    def hear(
        self, strap: str, values: Sequence[Value], arrival_ns: int, chance: Random
    ) -> tuple[int, int]:
        """Values of one strap while its link holds, at least one, in order; `arrival_ns` is their
        time 0, UTC. Returns the stamps of the first and the last.
        """
        newest_ns: dict[str, int] = {}
        rows = []
        for value in values:
            late_ns = round(chance.uniform(*_ON_THE_AIR_MS) * NS_PER_MS)
            wall_ns = arrival_ns + value.at_ns + late_ns
            wall_ns = max(wall_ns, newest_ns.get(value.characteristic, 0) + 1)
            newest_ns[value.characteristic] = wall_ns
            rows.append(Row(wall_ns, strap, value.characteristic, value.payload))
        first_ns = min(row.wall_ns for row in rows)
        for before_ms, phase in ((900, "connecting"), (400, "streaming")):
            self._note_link(first_ns - before_ms * NS_PER_MS, strap, phase)
        self.rows += rows
        return first_ns, max(newest_ns.values())

    def lose(self, strap: str, from_ns: int, until_ns: int) -> None:
        """The link was lost and came back: the gap between its neighbours, each a value's stamp."""
        self._note_link(from_ns + 1, strap, "waiting")
        self.rows.append(GapRow(until_ns, strap, from_ns))

    def _note_link(self, wall_ns: int, strap: str, phase: str) -> None:
        payload = encode_link_event(LinkEvent(phase))
        self.rows.append(Row(wall_ns, strap, LINK_CHARACTERISTIC, payload))


def _no_clock() -> None:
    """A gateway that has been off since."""


@dataclass(slots=True)
class Numbering:
    """One gateway's journal over many evenings: every entry has the next number."""

    gateway: str
    epoch: str
    next_seq: int = 1

    def make_batches(
        self, rows: Sequence[Row | GapRow], boot: Boot, now: Callable[[], SentAt | None] = _no_clock
    ) -> Iterator[UplinkBatch]:
        """One evening's rows in the order of their stamps, in batches that a server accepts.

        `now` is asked as each is made: the clocks of a gateway that is on the air meanwhile.
        """
        rows = sorted(rows, key=lambda row: (row.wall_ns, row.strap))
        for first in range(0, len(rows), MAX_BATCH_ENTRIES):
            part = rows[first : first + MAX_BATCH_ENTRIES]
            yield self._make_batch(part, boot, now())

    def _make_batch(
        self, rows: Sequence[Row | GapRow], boot: Boot, sent: SentAt | None
    ) -> UplinkBatch:
        first_seq, records, gaps = self.next_seq, [], []
        for seq, row in enumerate(rows, start=first_seq):
            if isinstance(row, Row):
                records.append(_make_record(seq, row, boot))
            else:
                gaps.append(_make_gap(seq, row, boot))
        self.next_seq += len(rows)
        return UplinkBatch(UPLINK_VERSION, self.gateway, self.epoch, first_seq, records, gaps, sent)


def _make_record(seq: int, row: Row, boot: Boot) -> NotificationRecord:
    stamps = (boot.boot_id, row.wall_ns - boot.began_ns, row.wall_ns)
    return NotificationRecord(seq, row.strap, row.characteristic, *stamps, row.payload)


def _make_gap(seq: int, row: GapRow, boot: Boot) -> GapDeclaration:
    return GapDeclaration(
        strap=row.strap,
        reason=GapReason.LINK_LOST,
        from_ns=row.from_ns,
        to_ns=row.wall_ns,
        first_seq=seq,
        last_seq=seq,
        boot_id=boot.boot_id,
        from_monotonic_ns=row.from_ns - boot.began_ns,
        to_monotonic_ns=row.wall_ns - boot.began_ns,
    )
