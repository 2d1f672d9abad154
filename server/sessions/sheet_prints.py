"""Printed sheets of a session: what each of them prescribes, by the code that is printed on it."""

import time
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select

from protocol.ledger.canonical import encode_canonical
from server.sessions.tables import SHEET_PRINTS


def append_print(
    connection: Connection, session: str, code: str, content: Any, recorded_by: str
) -> bool:
    """Keep what a sheet prescribes; False when just that was printed before."""
    if read_print(connection, session, code) is not None:
        return False
    row = {
        "session": session,
        "code": code,
        "content": encode_canonical(content).decode(),
        "recorded_by": recorded_by,
        "recorded_wall_ns": time.time_ns(),
    }
    connection.execute(insert(SHEET_PRINTS), [row])
    return True


def read_print(connection: Connection, session: str, code: str) -> Any:
    """What a sheet prescribes, as it was given; None for one that wasn't printed here."""
    wanted = select(SHEET_PRINTS.c.content).where(
        SHEET_PRINTS.c.session == session, SHEET_PRINTS.c.code == code
    )
    content = connection.execute(wanted).scalar_one_or_none()
    return None if content is None else msgspec.json.decode(content)
