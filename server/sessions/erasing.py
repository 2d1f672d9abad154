"""Erases what an event says, by a decision that is itself in the ledger (promises 5.6).

The act stays: who wrote when about whom. Salt and content go, and the chain still verifies.
"""

from sqlalchemy import Connection, delete, insert

from server.errors import NotFoundError
from server.sessions.ledger import lock_ledger, read_events_by_id
from server.sessions.tables import LEDGER_ERASURES, LEDGER_VALUES


def erase_content(connection: Connection, event_id: str, recorded_by_event: str) -> int:
    """Delete the content of one event; its place in the ledger.

    `recorded_by_event` is the id of the event in the ledger that says who decided it and why.
    Raises NotFoundError.
    """
    lock_ledger(connection)
    found = read_events_by_id(connection, {event_id, recorded_by_event})
    places = {one.event.id: one.n for one in found}
    for wanted in (event_id, recorded_by_event):
        if wanted not in places:
            raise NotFoundError(f"the ledger holds no event {wanted}")
    n = places[event_id]
    row = {"n": n, "recorded_n": places[recorded_by_event]}
    connection.execute(insert(LEDGER_ERASURES), [row])
    connection.execute(delete(LEDGER_VALUES).where(LEDGER_VALUES.c.n == n))
    return n
