"""Writes what was derived of a session, all at once, and reads it back."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection, Row, Table, select

from server.dose.quantity import Quantity
from server.dose.repetitions.proposal import Proposal
from server.dose.vector import Metric
from server.projection.marks import Marks
from server.projection.tables import (
    MARKS,
    METRICS,
    OF_A_SESSION,
    PROJECTED,
    PROPOSALS,
    STATIONS,
    TRACES,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from server.dose.sensed.station_sensed import StationSensed

_marks_decoder = msgspec.json.Decoder(Marks)
_proposal_decoder = msgspec.json.Decoder(Proposal)
_quantity_decoder = msgspec.json.Decoder(Quantity)


@dataclass(frozen=True, slots=True)
class Trace:
    """Columns (n,) of numbers of one person, by name; `version` as of what made them."""

    name: str
    version: int
    columns: "Mapping[str, NDArray[np.generic]]"


@dataclass(frozen=True, slots=True)
class PersonDose:
    """All that was derived of one person in one session."""

    participant: str
    metrics: Sequence[Metric]
    marks: Marks = Marks()
    proposals: Mapping[str, Proposal] = field(default_factory=dict)
    traces: Sequence[Trace] = ()
    stations: "Mapping[str, StationSensed]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Projected:
    """Columns of PROJECTED beside the session, in their order."""

    seen_sha256: str
    inputs_sha256: str
    built_wall_ns: int


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
        keys = {"session": session, "participant": person.participant}
        _insert(connection, METRICS, [{**keys, **_metric_row(one)} for one in person.metrics])
        marks = msgspec.json.encode(person.marks).decode()
        _insert(connection, MARKS, [{**keys, "content": marks}])
        rows = [
            {**keys, "set_name": name, "content": msgspec.json.encode(one).decode()}
            for name, one in person.proposals.items()
        ]
        _insert(connection, PROPOSALS, rows)
        rows = [
            {**keys, "set_name": name, "content": msgspec.json.encode(one).decode()}
            for name, one in person.stations.items()
        ]
        _insert(connection, STATIONS, rows)
        _insert(connection, TRACES, [{**keys, **_trace_row(one)} for one in person.traces])
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


def read_person(connection: Connection, session: str, participant: str) -> PersonDose | None:
    """Her metrics and marks of a session, without traces; None: nothing was derived of her."""
    hers = (METRICS.c.session == session, METRICS.c.participant == participant)
    query = select(METRICS).where(*hers).order_by(METRICS.c.name, METRICS.c.category)
    metrics = [_read_metric(row) for row in connection.execute(query)]
    marked = (MARKS.c.session == session, MARKS.c.participant == participant)
    marks = connection.execute(select(MARKS.c.content).where(*marked)).scalar()
    if marks is None:
        return None
    return PersonDose(participant, metrics, _marks_decoder.decode(marks))


def read_metrics(connection: Connection, session: str) -> dict[str, list[Metric]]:
    """By participant, in the order of names and categories."""
    query = select(METRICS).where(METRICS.c.session == session)
    by_person: dict[str, list[Metric]] = {}
    order = (METRICS.c.participant, METRICS.c.name, METRICS.c.category)
    for row in connection.execute(query.order_by(*order)):
        by_person.setdefault(row.participant, []).append(_read_metric(row))
    return by_person


def read_metric(
    connection: Connection, name: str, category: str | None = None
) -> dict[tuple[str, str], Metric]:
    """One metric of everybody in every session: (session, participant) -> metric."""
    wanted = (METRICS.c.name == name, METRICS.c.category == (category or ""))
    rows = connection.execute(select(METRICS).where(*wanted))
    return {(row.session, row.participant): _read_metric(row) for row in rows}


def read_all_marks(connection: Connection) -> dict[tuple[str, str], Marks]:
    """(session, participant) -> marks."""
    rows = connection.execute(select(MARKS))
    return {(row.session, row.participant): _marks_decoder.decode(row.content) for row in rows}


def read_proposals(
    connection: Connection, session: str | None = None
) -> dict[tuple[str, str, str], Proposal]:
    """(session, participant, set) -> proposal, of one session or of all."""
    query = select(PROPOSALS)
    if session is not None:
        query = query.where(PROPOSALS.c.session == session)
    return {
        (row.session, row.participant, row.set_name): _proposal_decoder.decode(row.content)
        for row in connection.execute(query)
    }


def read_stations(connection: Connection, session: str) -> dict[str, dict[str, dict[str, Any]]]:
    """What straps say of each set, as JSON tells it: participant -> set -> StationSensed."""
    by_person: dict[str, dict[str, dict[str, Any]]] = {}
    for row in connection.execute(select(STATIONS).where(STATIONS.c.session == session)):
        by_person.setdefault(row.participant, {})[row.set_name] = msgspec.json.decode(row.content)
    return by_person


def list_traces(connection: Connection, session: str) -> dict[str, list[str]]:
    """Names of the traces that there are, by participant."""
    query = select(TRACES.c.participant, TRACES.c.name).where(TRACES.c.session == session)
    names: dict[str, list[str]] = {}
    for row in connection.execute(query.order_by(TRACES.c.participant, TRACES.c.name)):
        names.setdefault(row.participant, []).append(row.name)
    return names


def read_trace(
    connection: Connection, session: str, participant: str, name: str
) -> "dict[str, NDArray[Any]] | None":
    """Columns of a trace; None where there is none."""
    import numpy as np

    wanted = (
        TRACES.c.session == session,
        TRACES.c.participant == participant,
        TRACES.c.name == name,
    )
    content = connection.execute(select(TRACES.c.content).where(*wanted)).scalar()
    if content is None:
        return None
    with np.load(io.BytesIO(content), allow_pickle=False) as columns:
        return {column: columns[column] for column in columns.files}


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


def _metric_row(metric: Metric) -> dict[str, Any]:
    return {
        "name": metric.name,
        "category": metric.category or "",
        "planned": msgspec.json.encode(metric.planned).decode(),
        "delivered": msgspec.json.encode(metric.delivered).decode(),
        "inputs_sha256": metric.inputs_sha256,
    }


def _read_metric(row: Row[Any]) -> Metric:
    return Metric(
        name=row.name,
        planned=_quantity_decoder.decode(row.planned),
        delivered=_quantity_decoder.decode(row.delivered),
        inputs_sha256=row.inputs_sha256,
        category=row.category or None,
    )


def _trace_row(trace: Trace) -> dict[str, Any]:
    import numpy as np

    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **dict(trace.columns))
    return {"name": trace.name, "version": trace.version, "content": content.getvalue()}
