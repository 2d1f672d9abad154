"""Reads and replaces the numbers to call; earlier lists stay readable in the table."""

import json
import time
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, insert, select

from protocol.ledger.canonical import encode_canonical
from server.safety.phones import Phone
from server.safety.tables import EMERGENCY_PHONES


def write_phones(connection: Connection, phones: Sequence[Phone], recorded_by: str) -> None:
    """The list from now on."""
    row = {
        "number": _read_newest(connection)[0] + 1,
        "content": encode_canonical([asdict(one) for one in phones]).decode(),
        "recorded_by": recorded_by,
        "recorded_wall_ns": time.time_ns(),
    }
    connection.execute(insert(EMERGENCY_PHONES), [row])


def read_phones(connection: Connection) -> list[Phone]:
    """In the order in which they are to be called; none when nobody gave any."""
    return [Phone(**one) for one in json.loads(_read_newest(connection)[1])]


def _read_newest(connection: Connection) -> tuple[int, str]:
    lists = EMERGENCY_PHONES
    newest = select(lists.c.number, lists.c.content).order_by(lists.c.number.desc()).limit(1)
    row = connection.execute(newest).first()
    return (0, "[]") if row is None else (row.number, row.content)
