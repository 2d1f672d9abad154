"""Participants in the database: appended to, never changed."""

import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from protocol.identifiers import ParticipantCode
from server.db.database import Database
from server.errors import ConflictError, NotFoundError, RuleError
from server.gateways.tables import STRAPS
from server.study.participant import Arm, Flag, Participant, require_distinct
from server.study.record_chain import append_record
from server.study.tables import PARTICIPANT_ENTRIES


def add_participants(
    database: Database, participants: Sequence[Participant], recorded_by: str
) -> None:
    """Several new ones: all of them, or none. Raises ConflictError, NotFoundError or RuleError."""
    with database.writing() as connection:
        known = read_participants(connection)
        codes = [one.code for one in known]
        for one in participants:
            if one.code in codes:
                raise ConflictError(
                    f"{one.code} is in the study already; nothing was added, to correct her run"
                    f" 'doseline-server participants change {one.code}'"
                )
            codes.append(one.code)
            _require_strap(connection, one.usual_strap)
        require_distinct([*known, *participants])
        for one in participants:
            _append(connection, one, 1, recorded_by, None)


def change_participant(
    database: Database, changed: Participant, reason: str, recorded_by: str
) -> None:
    """Say how she is from now on; what held before stays readable.

    Raises NotFoundError or RuleError.
    """
    if not reason.strip():
        raise RuleError("a change needs a reason")
    with database.writing() as connection:
        row = _find_newest(connection, changed.code)
        if row is None:
            raise NotFoundError(f"{changed.code} is not in the study")
        if _read(row) == changed:
            raise RuleError(f"{changed.code} is just so already; nothing was changed")
        _require_strap(connection, changed.usual_strap)
        others = [one for one in read_participants(connection) if one.code != changed.code]
        require_distinct([*others, changed])
        _append(connection, changed, row.number + 1, recorded_by, reason.strip())


def read_participants(connection: Connection) -> list[Participant]:
    """Everybody as she is now, by code."""
    entries = PARTICIPANT_ENTRIES
    rows = connection.execute(select(entries).order_by(entries.c.number))
    newest = {row.code: _read(row) for row in rows}
    return sorted(newest.values(), key=lambda one: int(one.code[1:]))


def find_participant(connection: Connection, code: ParticipantCode) -> Participant:
    """One, as she is now. Raises NotFoundError."""
    row = _find_newest(connection, code)
    if row is None:
        raise NotFoundError(f"{code} is not in the study")
    return _read(row)


def _find_newest(connection: Connection, code: str) -> Any:
    entries = PARTICIPANT_ENTRIES
    hers = select(entries).where(entries.c.code == code).order_by(entries.c.number.desc())
    return connection.execute(hers.limit(1)).first()


def _append(
    connection: Connection,
    one: Participant,
    number: int,
    recorded_by: str,
    reason: str | None,
) -> None:
    row = {
        "code": one.code,
        "number": number,
        "sign": one.sign,
        "arm": one.arm.value,
        "heat_sensitive": Flag.HEAT_SENSITIVE in one.flags,
        "hr_unreliable": Flag.HR_UNRELIABLE in one.flags,
        "usual_strap": one.usual_strap,
        "recorded_by": recorded_by,
        "recorded_wall_ns": time.time_ns(),
        "reason": reason,
    }
    append_record(connection, PARTICIPANT_ENTRIES, row)


def _read(row: Any) -> Participant:
    flags = {Flag.HEAT_SENSITIVE: row.heat_sensitive, Flag.HR_UNRELIABLE: row.hr_unreliable}
    return Participant(
        ParticipantCode(row.code),
        row.sign,
        Arm(row.arm),
        tuple(flag for flag, is_set in flags.items() if is_set),
        row.usual_strap,
    )


def _require_strap(connection: Connection, serial: str | None) -> None:
    if serial is None:
        return
    found = connection.execute(select(STRAPS.c.serial).where(STRAPS.c.serial == serial)).first()
    if found is None:
        raise NotFoundError(f"strap {serial} is not on the roster; add it with 'straps add' first")
