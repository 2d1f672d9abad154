"""The trail of participants' access: codes made, used, refused; sessions; PINs. Never changed."""

import time

from sqlalchemy import Connection, insert

from server.participant_access.tables import PARTICIPANT_ACCESS_EVENTS


def append_event(
    connection: Connection, what: str, participant: str | None, done_by: str | None
) -> None:
    """One line; holds no code, no PIN and no session's id."""
    row = {
        "happened_wall_ns": time.time_ns(),
        "what": what,
        "participant": participant,
        "done_by": done_by,
    }
    connection.execute(insert(PARTICIPANT_ACCESS_EVENTS), [row])
