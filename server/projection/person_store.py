"""What stands beside a person's metrics of a session: marks, record, proposals, stations."""

from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection, select

from server.dose.adherence.records import SessionRecord
from server.dose.repetitions.proposal import Proposal
from server.projection.marks import Marks
from server.projection.metric_store import read_metrics_of
from server.projection.person_dose import PersonDose
from server.projection.tables import MARKS, PROPOSALS, RECORDS, STATIONS

if TYPE_CHECKING:
    from server.dose.sensed.station_sensed import StationSensed

_marks_decoder = msgspec.json.Decoder(Marks)
_proposal_decoder = msgspec.json.Decoder(Proposal)
_record_decoder = msgspec.json.Decoder(SessionRecord)


def write_person(connection: Connection, session: str, person: PersonDose) -> None:
    """All but metrics and traces, of a session of which there is nothing of hers yet."""
    keys = {"session": session, "participant": person.participant}
    connection.execute(MARKS.insert(), [{**keys, "content": _encode(person.marks)}])
    if person.record is not None:
        connection.execute(RECORDS.insert(), [{**keys, "content": _encode(person.record)}])
    for table, by_set in ((PROPOSALS, person.proposals), (STATIONS, person.stations)):
        rows = [{**keys, "set_name": name, "content": _encode(one)} for name, one in by_set.items()]
        if rows:
            connection.execute(table.insert(), rows)


def read_person(connection: Connection, session: str, participant: str) -> PersonDose | None:
    """Her metrics and marks of a session, without the rest; None: nothing was derived of her."""
    marked = (MARKS.c.session == session, MARKS.c.participant == participant)
    marks = connection.execute(select(MARKS.c.content).where(*marked)).scalar()
    if marks is None:
        return None
    metrics = read_metrics_of(connection, session, participant)
    return PersonDose(participant, metrics, _marks_decoder.decode(marks))


def read_all_marks(connection: Connection) -> dict[tuple[str, str], Marks]:
    """(session, participant) -> marks."""
    rows = connection.execute(select(MARKS))
    return {(row.session, row.participant): _marks_decoder.decode(row.content) for row in rows}


def read_all_records(connection: Connection) -> dict[tuple[str, str], SessionRecord]:
    """(session, participant) -> what adherence needs of it."""
    rows = connection.execute(select(RECORDS))
    return {(row.session, row.participant): _record_decoder.decode(row.content) for row in rows}


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


def _encode(value: "Marks | Proposal | SessionRecord | StationSensed") -> str:
    return msgspec.json.encode(value).decode()
