"""Reads what the dose matrix shows: what is derived, whose it is, and of when."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import HTMLResponse

from protocol.ledger.instants import format_utc_ms
from server.db.database import Database
from server.gateways.roster import has_simulated_strap
from server.people.current import CurrentPerson
from server.projection.derived_study import DerivedStudy
from server.projection.metric_store import read_metric
from server.projection.person_store import read_all_marks, read_person
from server.projection.session_store import read_built
from server.sessions.service import list_all_sessions
from server.web.derived_reading import PAGE_WAIT_S, date_standing, name_absence, read_signs
from server.web.dose_card import CellDose, view_ahead, view_card, view_json
from server.web.dose_cell import describe_cell, find_letter, find_scale
from server.web.dose_context import Card
from server.web.dose_matrix import Study
from server.web.dose_shown import ALL, Shown, find_shown
from server.web.dose_view import PageFrame, view_page
from server.web.pages import make_page


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see: a metric by its key, and the cell whose card is open."""

    metric: str | None = None
    session: str | None = None
    participant: str | None = None

    @property
    def cell(self) -> tuple[str, str] | None:
        """Session and participant, where both were given."""
        if self.session is None or self.participant is None:
            return None
        return self.session, self.participant


class DoseDesk:
    """Shows the page and a cell's numbers. Thread-safe; it writes nothing to the study."""

    def __init__(
        self, study: Database, derived: DerivedStudy, wall_ns: Callable[[], int] = time.time_ns
    ) -> None:
        self._study = study
        self._derived = derived
        self._wall_ns = wall_ns

    def show(self, person: CurrentPerson, asked: Asked) -> HTMLResponse:
        """The page, of as late as a moment's waiting gives."""
        standing = self._derived.catch_up(PAGE_WAIT_S)
        shown = find_shown(asked.metric)
        study, built = self._read_study(shown, asked.cell)
        card = None if asked.cell is None else self._find_card(study, built, shown, asked.cell)
        simulated = has_simulated_strap(self._study)
        standing = date_standing(standing, built)
        return make_page(view_page(study, shown, PageFrame(person.name, simulated, standing, card)))

    def read_cell(self, session: str, participant: str) -> dict[str, Any]:
        """Every metric of one cell, and its cards. Raises what `name_absence` says."""
        standing = self._derived.catch_up(PAGE_WAIT_S)
        with self._study.reading() as connection:
            lines = {line["id"]: line for line in list_all_sessions(connection)}
            signs = read_signs(connection)
        line = lines.get(session)
        cell = None if line is None else self._read_dose(line, participant, signs)
        if cell is None:
            raise name_absence(standing, participant, session)
        return view_json(cell, {one.key: view_card(cell, one) for one in ALL})

    def _read_study(
        self, shown: Shown, chosen: tuple[str, str] | None
    ) -> tuple[Study, dict[str, int]]:
        with self._study.reading() as connection:
            lines = list_all_sessions(connection)
            signs = read_signs(connection)
        with self._derived.derived.reading() as connection:
            built = read_built(connection)
            study = Study(
                lines=lines,
                signs=signs,
                metrics=read_metric(connection, shown.metric),
                now=self._now(),
                shares={} if shown.share is None else read_metric(connection, shown.share),
                attendance=read_metric(connection, "attendance"),
                marks=read_all_marks(connection),
                built=frozenset(built),
                chosen=chosen,
            )
        return study, built

    def _find_card(
        self, study: Study, built: Mapping[str, int], shown: Shown, chosen: tuple[str, str]
    ) -> Card | None:
        """None for a cell that isn't in the matrix."""
        session, participant = chosen
        line = next((one for one in study.lines if one["id"] == session), None)
        if line is None or participant not in study.list_people():
            return None
        cell = self._read_dose(line, participant, study.signs)
        if cell is not None:
            return view_card(cell, shown)
        found, scale = study.find(line, participant), find_scale(study.metrics)
        words = describe_cell(found, find_letter(found, scale), scale, study.now)
        return view_ahead(line, participant, words, study.now)

    def _read_dose(
        self, line: Mapping[str, Any], participant: str, signs: Mapping[str, str]
    ) -> CellDose | None:
        with self._derived.derived.reading() as connection:
            person = read_person(connection, line["id"], participant)
            built_wall_ns = read_built(connection).get(line["id"])
        if person is None or built_wall_ns is None:
            return None
        return CellDose(line, signs.get(participant, ""), person, built_wall_ns, self._now())

    def _now(self) -> str:
        return format_utc_ms(self._wall_ns() // 1_000_000)
