"""Reads from the archive when the straps of a session were heard."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, select

from protocol.ble import uuids
from protocol.messages.roster import ConsentedStream
from server.gateways.strap_states import read_strap_states
from server.ingest.domain.chunk import compute_provenance, unpack_characteristic
from server.ingest.tables import CHUNK_IS_IN_RUN, CHUNKS, RUNS, STREAMS
from server.sessions.domain.coverage import Worn, compute_coverage, list_worn

NS_PER_MS: Final = 1_000_000
# Between the clocks of a gateway and of the server, and how long a gateway's journal may take to
# arrive after a server that was away. Inferred.
EARLIER_MS: Final = 10 * 60_000
LATER_MS: Final = 24 * 3_600_000


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
    query = (
        select(RUNS.c.id, STREAMS.c.gateway, STREAMS.c.epoch, CHUNKS)
        .join(STREAMS, RUNS.c.stream_id == STREAMS.c.id)
        .join(CHUNKS, CHUNK_IS_IN_RUN)
        .where(RUNS.c.received_wall_ns.between(since_ms * NS_PER_MS, until_ms * NS_PER_MS))
        .where(CHUNKS.c.strap.in_(heard))
    )
    for run_id, gateway, epoch, _, _, n_records, body in connection.execute(query).yield_per(500):
        provenance = compute_provenance(gateway, epoch, run_id)
        for record in unpack_characteristic(
            body, n_records, provenance, uuids.HEART_RATE_MEASUREMENT
        ):
            if record.strap in heard:
                heard[record.strap].add(record.wall_ns // NS_PER_MS)
    newest_ms = max((max(moments) for moments in heard.values() if moments), default=None)
    return heard, newest_ms
