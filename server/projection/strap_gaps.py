"""Gaps that gateways declared of some straps, in UTC."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from protocol.ble import uuids
from protocol.identifiers import BootId
from protocol.messages.uplink import GapDeclaration
from server.decoding.clocks.gateway_clock import GatewayClock
from server.decoding.gap_ledger import Gap, GapCause
from server.ingest.domain.chunk import unpack_gap
from server.ingest.runs import SELECT_RUNS
from server.ingest.tables import GAPS, RUNS
from server.projection.strap_records import StrapKey, list_stretches

Clocks = Mapping[str, Mapping[BootId, GatewayClock]]


@dataclass(frozen=True, slots=True)
class DeclaredGap:
    """`characteristic` None: of every stream of the strap. `gap` is in UTC."""

    characteristic: str | None
    gap: Gap

    @property
    def is_of_heart(self) -> bool:
        return self.characteristic in {None, uuids.HEART_RATE_MEASUREMENT}

    @property
    def is_of_movement(self) -> bool:
        return self.characteristic in {None, uuids.PMD_DATA}


def read_strap_gaps(
    archive: Connection, run_ids: Sequence[int], straps: Collection[str], clocks: Clocks
) -> dict[StrapKey, list[DeclaredGap]]:
    """Those declared in these runs (ids ascending), by gateway and strap, by their beginnings."""
    found: dict[StrapKey, list[DeclaredGap]] = {}
    for first, last in list_stretches(run_ids):
        runs = archive.execute(SELECT_RUNS.where(RUNS.c.id.between(first, last)))
        gateways = {run.id: run.gateway for run in runs}
        wanted = (GAPS.c.run_id.between(first, last), GAPS.c.strap.in_(sorted(straps)))
        for row in archive.execute(select(GAPS).where(*wanted)):
            declaration = unpack_gap(row.body, row.digest)
            if declaration is not None:
                gateway = gateways[row.run_id]
                placed = place_gap(declaration, clocks.get(gateway, {}))
                found.setdefault((gateway, declaration.strap), []).append(placed)
    for gaps in found.values():
        gaps.sort(key=lambda one: (one.gap.from_ns, one.gap.to_ns))
    return found


def place_gap(declaration: GapDeclaration, clocks: Mapping[BootId, GatewayClock]) -> DeclaredGap:
    """By the monotonic clock where both ends are of one boot that has a clock, else by the wall's.

    Where a wall clock was set back in it, the end may lie before: then it has no length.
    """
    boot = clocks.get(BootId(declaration.boot_id or ""))
    begins, ends = declaration.from_monotonic_ns, declaration.to_monotonic_ns
    from_ns, to_ns = declaration.from_ns, declaration.to_ns
    if boot is not None and begins is not None and ends is not None:
        from_ns, to_ns = boot.place(begins), boot.place(ends)
    gap = Gap(from_ns, max(from_ns, to_ns), GapCause.DECLARED, declaration.reason)
    return DeclaredGap(declaration.characteristic, gap)
