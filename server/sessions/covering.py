"""Reads from the archive when the straps of a session were heard."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row

from protocol.ble import uuids
from protocol.messages.roster import ConsentedStream
from protocol.messages.uplink import NotificationRecord
from server.gateways.strap_states import read_strap_states
from server.ingest.domain.chunk import compute_provenance
from server.ingest.runs import SELECT_RUNS
from server.ingest.stored_chunks import read_chunks
from server.ingest.tables import RUNS
from server.sessions.domain.coverage import Worn, compute_coverage, list_worn

NS_PER_MS: Final = 1_000_000
# Between the clocks of a gateway and of the server, and how long a gateway's journal may take to
# arrive after a server that was away. Inferred.
EARLIER_MS: Final = 10 * 60_000
LATER_MS: Final = 24 * 3_600_000

_RUNS_AT_ONCE: Final = 500  # bounds what is in memory


def read_coverage(connection: Connection, state: Mapping[str, Any], now: str) -> dict[str, Any]:
    """Rows of `domain.coverage` for everybody who wore a strap in a folded session.

    Stamps are the gateway's UTC, as in every export.
    """
    worn = list_worn(state, now)
    heard, newest_ms = read_heard(connection, worn)
    straps = read_strap_states(connection)
    rows = []
    for one in worn:
        known = straps.get(one.strap)
        agreed = known is None or ConsentedStream.HEART_RATE in known.streams
        row = compute_coverage(one, heard.get(one.strap, ()), newest_ms, agreed=agreed)
        rows.append({**row, "label": None if known is None else known.label})
    return {"rows": rows, "server_utc": now}


def read_heard(
    connection: Connection, worn: Sequence[Worn]
) -> tuple[dict[str, set[int]], int | None]:
    """Strap -> UTC ms of its heart rates whose bytes match their hash; and the newest of all."""
    heard: dict[str, set[int]] = {one.strap: set() for one in worn}
    if not worn:
        return heard, None
    since_ms = min(one.from_ms for one in worn) - EARLIER_MS
    until_ms = max(one.until_ms for one in worn) + LATER_MS
    received = RUNS.c.received_wall_ns.between(since_ms * NS_PER_MS, until_ms * NS_PER_MS)
    runs = connection.execute(SELECT_RUNS.where(received).order_by(RUNS.c.id)).all()
    for at in range(0, len(runs), _RUNS_AT_ONCE):
        for record in _read_heart_rates(connection, runs[at : at + _RUNS_AT_ONCE], heard):
            if record.strap in heard:
                heard[record.strap].add(record.wall_ns // NS_PER_MS)
    newest_ms = max((max(moments) for moments in heard.values() if moments), default=None)
    return heard, newest_ms


def _read_heart_rates(
    connection: Connection, runs: Sequence[Row[Any]], straps: Collection[str]
) -> Iterator[NotificationRecord]:
    origins = {run.id: (run.gateway, run.epoch) for run in runs}
    for chunk in read_chunks(connection, runs, straps).chunks:
        provenance = compute_provenance(*origins[chunk.run_id], chunk.run_id)
        yield from chunk.read_characteristic(provenance, uuids.HEART_RATE_MEASUREMENT)
