"""Writes what was derived of a session, all at once, with what it was made of."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, select

from server.projection.metric_store import write_metrics
from server.projection.person_dose import PersonDose
from server.projection.person_store import write_person
from server.projection.tables import OF_A_SESSION, PROJECTED
from server.projection.trace_store import write_traces


@dataclass(frozen=True, slots=True)
class Projected:
    """Columns of PROJECTED beside the session, in their order."""

    seen_sha256: str
    inputs_sha256: str
    built_wall_ns: int
    from_utc_ns: int
    until_utc_ns: int


def write_session(
    connection: Connection,
    session: str,
    people: Iterable[PersonDose],
    projected: Projected,
) -> None:
    """Put this in the place of whatever was derived of the session before."""
    for table in OF_A_SESSION:
        connection.execute(table.delete().where(table.c.session == session))
    for person in people:
        write_metrics(connection, session, person.participant, person.metrics)
        write_person(connection, session, person)
        write_traces(connection, session, person.participant, person.traces)
    connection.execute(PROJECTED.insert(), [{"session": session, **asdict(projected)}])


def read_projected(connection: Connection, session: str) -> Projected | None:
    """What the rows of a session were made of; None where there are none."""
    row = connection.execute(select(PROJECTED).where(PROJECTED.c.session == session)).first()
    return None if row is None else Projected(*row[1:])


def note_seen(connection: Connection, session: str, seen_sha256: str) -> None:
    """Ledger and archive went on, and nothing of this session changed."""
    of_session = PROJECTED.c.session == session
    connection.execute(PROJECTED.update().where(of_session).values(seen_sha256=seen_sha256))


def read_built(connection: Connection) -> dict[str, int]:
    """When each session that is there was projected: wall clock in ns, by session."""
    return {row.session: row.built_wall_ns for row in connection.execute(select(PROJECTED))}
