"""A tablet that is handed to a participant is no trainer's any more (promises, threat 8)."""

from sqlalchemy import Connection, select

from server.people.sign_in_sessions import end_session, hash_session_id
from server.people.tables import SIGN_IN_SESSIONS
from server.people.trail import append_event


def end_handed_over(connection: Connection, session_id: str) -> None:
    """End the staff's session of that browser; one that is over stays over."""
    id_sha256 = hash_session_id(session_id)
    this = SIGN_IN_SESSIONS.c.id_sha256 == id_sha256
    going_on = SIGN_IN_SESSIONS.c.ended_wall_ns.is_(None)
    row = connection.execute(select(SIGN_IN_SESSIONS).where(this, going_on)).first()
    if row is not None:
        end_session(connection, id_sha256)
        append_event(connection, "handed over", row.person, row.active, row.device)
