"""The trail of staff: who was added, disabled, signed in or refused, and by whom; never changed."""

import time

from sqlalchemy import Connection, insert

from server.people.tables import PEOPLE_EVENTS


def append_event(
    connection: Connection,
    what: str,
    person: str | None,
    done_by: str | None,
    device: str | None = None,
) -> None:
    """One line; holds no secret, and no name that nobody has."""
    row = {
        "happened_wall_ns": time.time_ns(),
        "what": what,
        "person": person,
        "done_by": done_by,
        "device": device,
    }
    connection.execute(insert(PEOPLE_EVENTS), [row])
