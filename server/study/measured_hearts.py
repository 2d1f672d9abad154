"""Measured hearts in the database: appended to, never changed; the newest of each counts."""

import time
from typing import Any

from sqlalchemy import Connection, func, select

from protocol.identifiers import ParticipantCode
from server.db.database import Database
from server.errors import RuleError
from server.study.measured_heart import Formula, MeasuredHeart, Sex, check_measured_heart
from server.study.participants import find_participant
from server.study.record_chain import append_record
from server.study.tables import MEASURED_HEARTS


def add_measured_heart(
    database: Database,
    code: ParticipantCode,
    heart: MeasuredHeart,
    recorded_by: str,
    reason: str | None,
) -> None:
    """What holds of her from now on, also for sessions that are over.

    Raises NotFoundError, or RuleError: a second entry needs a reason.
    """
    check_measured_heart(heart)
    with database.writing() as connection:
        find_participant(connection, code)
        known = read_measured_hearts(connection).get(code)
        if known is not None and not (reason or "").strip():
            raise RuleError(f"{code} has values already; say with --reason why these are right")
        if known == heart:
            raise RuleError(f"{code} has just these values already; nothing was changed")
        append_measured_heart(connection, code, heart, recorded_by, reason)


def append_measured_heart(
    connection: Connection,
    code: ParticipantCode,
    heart: MeasuredHeart,
    recorded_by: str,
    reason: str | None,
) -> None:
    """One that was checked, of somebody in the study; a second one has a reason."""
    hers = select(func.max(MEASURED_HEARTS.c.number)).where(MEASURED_HEARTS.c.code == code)
    row = {
        "code": code,
        "number": (connection.execute(hers).scalar() or 0) + 1,
        "rest_bpm": heart.rest_bpm,
        "max_bpm": heart.max_bpm,
        "age_years": heart.age_years,
        "formula": heart.formula,
        "sex": heart.sex.value,
        "vt1_bpm": heart.vt1_bpm,
        "vt2_bpm": heart.vt2_bpm,
        "recorded_by": recorded_by,
        "recorded_wall_ns": time.time_ns(),
        "reason": (reason or "").strip() or None,
    }
    append_record(connection, MEASURED_HEARTS, row)


def read_measured_hearts(connection: Connection) -> dict[str, MeasuredHeart]:
    """By code; who isn't in it was never measured."""
    rows = connection.execute(select(MEASURED_HEARTS).order_by(MEASURED_HEARTS.c.number))
    return {row.code: _read(row) for row in rows}


def _read(row: Any) -> MeasuredHeart:
    return MeasuredHeart(
        rest_bpm=row.rest_bpm,
        sex=Sex(row.sex),
        max_bpm=row.max_bpm,
        age_years=row.age_years,
        formula=None if row.formula is None else Formula(row.formula),
        vt1_bpm=row.vt1_bpm,
        vt2_bpm=row.vt2_bpm,
    )
