"""What charts draw, as rows of what is derived: columns of numbers in an .npz file each."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from server.projection.person_dose import Trace
from server.projection.tables import TRACES

if TYPE_CHECKING:
    from numpy.typing import NDArray


def write_traces(
    connection: Connection, session: str, participant: str, traces: Sequence[Trace]
) -> None:
    """Hers of one session, of which there are none yet."""
    keys = {"session": session, "participant": participant}
    if traces:
        connection.execute(TRACES.insert(), [{**keys, **_make_row(one)} for one in traces])


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


def _make_row(trace: Trace) -> dict[str, Any]:
    import numpy as np

    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **dict(trace.columns))
    return {"name": trace.name, "version": trace.version, "content": content.getvalue()}
