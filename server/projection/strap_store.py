"""Writes what is known of a session's straps and their clocks, and reads it back."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, select

from server.projection.session_knocks import SessionSync
from server.projection.strap_clocks import StrapClocks
from server.projection.tables import STRAP_CLOCKS, SYNC_MOMENTS

_clocks_decoder = msgspec.json.Decoder(StrapClocks)
_sync_decoder = msgspec.json.Decoder(SessionSync)


def write_straps(
    connection: Connection,
    session: str,
    clocks: Sequence[StrapClocks],
    syncs: Sequence[SessionSync],
) -> None:
    """In the transaction that wrote the session anew, which took the older rows away."""
    rows = [
        {
            "session": session,
            "gateway": one.gateway,
            "strap": one.strap,
            "content": msgspec.json.encode(one).decode(),
        }
        for one in clocks
    ]
    moments = [
        {"session": session, "number": number, "content": msgspec.json.encode(one).decode()}
        for number, one in enumerate(syncs)
    ]
    for table, told in ((STRAP_CLOCKS, rows), (SYNC_MOMENTS, moments)):
        if told:
            connection.execute(table.insert(), told)


def read_clocks(connection: Connection, session: str) -> list[StrapClocks]:
    """Of each strap on each gateway that was heard, by strap and gateway."""
    query = select(STRAP_CLOCKS.c.content).where(STRAP_CLOCKS.c.session == session)
    rows = connection.execute(query.order_by(STRAP_CLOCKS.c.strap, STRAP_CLOCKS.c.gateway))
    return [_clocks_decoder.decode(row.content) for row in rows]


def read_syncs(connection: Connection, session: str) -> list[SessionSync]:
    """In the order of their entries; empty where there was nothing to look for."""
    query = select(SYNC_MOMENTS.c.content).where(SYNC_MOMENTS.c.session == session)
    rows = connection.execute(query.order_by(SYNC_MOMENTS.c.number))
    return [_sync_decoder.decode(row.content) for row in rows]
