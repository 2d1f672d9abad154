"""Straps as they stand now: as they were added, then as each change left them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, select

from protocol.messages.roster import ConsentedStream, RosterStrap
from server.errors import ConflictError
from server.gateways.tables import STRAP_HISTORY, STRAPS

# Against writers of straps alone: readers go on, and SQLite has one writer anyway.
_HOLD: Final = "LOCK TABLE straps IN SHARE ROW EXCLUSIVE MODE"


def hold_straps(connection: Connection) -> None:
    """Let no other transaction add or change a strap until this one ends."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_HOLD)


def read_strap_states(connection: Connection) -> dict[str, RosterStrap]:
    """Every strap of the study by serial, also one whose wearer agrees to nothing any more."""
    added = connection.execute(select(STRAPS).order_by(STRAPS.c.serial)).mappings()
    order = (STRAP_HISTORY.c.serial, STRAP_HISTORY.c.number)
    changes = connection.execute(select(STRAP_HISTORY).order_by(*order)).mappings()
    return fold_straps([dict(row) for row in added], [dict(row) for row in changes])


def fold_straps(
    added: Sequence[Mapping[str, Any]], changes: Sequence[Mapping[str, Any]]
) -> dict[str, RosterStrap]:
    """Rows of STRAPS, then rows of STRAP_HISTORY in their order: the last word on each counts."""
    states = {
        row["serial"]: RosterStrap(
            row["serial"], row["model"], row["label"], parse_streams(row["streams"])
        )
        for row in added
    }
    for row in changes:
        states[row["serial"]] = msgspec.structs.replace(
            states[row["serial"]],
            label=row["new_label"],
            streams=parse_streams(row["new_streams"]),
        )
    return states


def require_free_label(states: Mapping[str, RosterStrap], serial: str, label: str | None) -> None:
    """Raise ConflictError when another strap bears this label."""
    for holder in states.values():
        if label is not None and holder.label == label and holder.serial != serial:
            raise ConflictError(
                f"label {label!r} is on strap {holder.serial} already; nothing was changed,"
                f" choose another one for {serial}"
            )


def format_streams(streams: Sequence[ConsentedStream]) -> str:
    """As tables keep them: words of the consent form, sorted, comma between."""
    return ",".join(sorted(streams))


def parse_streams(stored: str) -> list[ConsentedStream]:
    """The other way round, in the order of the consent form."""
    agreed = {ConsentedStream(word) for word in stored.split(",") if word}
    return [stream for stream in ConsentedStream if stream in agreed]
