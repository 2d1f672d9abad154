"""Reads what the coverage map shows."""

import time
from collections.abc import Callable

from starlette.responses import HTMLResponse

from protocol.ledger.instants import format_utc_ms
from server.db.database import Database
from server.gateways.roster import has_simulated_strap
from server.people.current import CurrentPerson
from server.projection.derived_study import DerivedStudy
from server.projection.metric_store import read_metric
from server.projection.person_store import read_all_marks
from server.projection.quality.seeing import COVERED_BY
from server.projection.quality_store import read_lost_time
from server.projection.session_store import read_built
from server.sessions.service import list_all_sessions
from server.web.coverage_view import MapFrame, find_stream, view_map
from server.web.derived_reading import PAGE_WAIT_S, date_standing, read_signs
from server.web.dose_matrix import Study
from server.web.pages import make_page


class CoverageDesk:
    """Shows the page. Thread-safe; it writes nothing to the study."""

    def __init__(
        self, study: Database, derived: DerivedStudy, wall_ns: Callable[[], int] = time.time_ns
    ) -> None:
        self._study = study
        self._derived = derived
        self._wall_ns = wall_ns

    def show(self, person: CurrentPerson, asked: str | None) -> HTMLResponse:
        """The map of one stream, of as late as a moment's waiting gives."""
        standing = self._derived.catch_up(PAGE_WAIT_S)
        stream = find_stream(asked)
        with self._study.reading() as connection:
            lines = list_all_sessions(connection)
            signs = read_signs(connection)
        with self._derived.derived.reading() as connection:
            built = read_built(connection)
            lost = read_lost_time(connection, stream)
            study = Study(
                lines=lines,
                signs=signs,
                metrics=read_metric(connection, COVERED_BY[stream]),
                now=format_utc_ms(self._wall_ns() // 1_000_000),
                attendance=read_metric(connection, "attendance"),
                marks=read_all_marks(connection),
                built=frozenset(built),
            )
        is_simulated = has_simulated_strap(self._study)
        frame = MapFrame(person.name, is_simulated, date_standing(standing, built))
        return make_page(view_map(study, lost, stream, frame))
