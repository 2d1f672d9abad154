"""Shows a session's review, and puts right who wore which strap."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from starlette.responses import HTMLResponse, RedirectResponse, Response

from protocol.ledger.event import encode_event
from protocol.ledger.instants import format_utc_ms
from server.db.database import Database
from server.people.current import CurrentPerson
from server.projection.derived_study import DerivedStudy, Standing
from server.projection.person_store import read_person
from server.projection.trace_store import read_trace
from server.sessions.service import SessionService
from server.web.derived_reading import PAGE_WAIT_S, name_absence
from server.web.dose_words import tell_when
from server.web.pages import make_page
from server.web.review_assignment import (
    Trouble,
    find_trouble,
    tell_done,
)
from server.web.review_correction import (
    Asked,
    find_interval,
    read_asked,
)
from server.web.review_corrector import ReviewCorrector
from server.web.review_reading import (
    make_review,
    read_heart_words,
    read_worked_out,
    read_written,
)
from server.web.review_traces import (
    GAPS,
    HEART,
    MOVEMENT,
    ORIGINS,
    find_origin,
    view_gaps,
    view_heart,
    view_movement,
    view_origins,
)
from server.web.review_view import Frame, name_page, view_page
from server.web.role_groups import (
    DISPUTE_DECIDERS,
    SHEET_COPYISTS,
    SHEET_PRINTERS,
    STRAP_CORRECTORS,
)

_STATUS: Final = {None: 200, Trouble.REASON: 422, Trouble.WEARER: 422, Trouble.CHANGED: 409}


@dataclass(frozen=True, slots=True)
class Shown:
    """What is open on the page beside the lanes: a form with what is wrong with it, or news."""

    asked: Asked | None = None
    trouble: Trouble | None = None
    done: str = ""


class ReviewDesk:
    """Thread-safe. It writes through the ledger's service alone."""

    def __init__(
        self,
        study: Database,
        derived: DerivedStudy,
        service: SessionService,
        wall_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._study = study
        self._derived = derived
        self._service = service
        self._corrector = ReviewCorrector(derived)
        self._wall_ns = wall_ns

    def show(self, person: CurrentPerson, session: str, shown: Shown) -> HTMLResponse:
        """The page, of as late as a moment's waiting gives. Raises NotFoundError."""
        standing = self._derived.catch_up(PAGE_WAIT_S)
        written = read_written(self._study, session, self._now())
        derived = self._derived.derived
        frame = Frame(
            name=person.name,
            standing=standing,
            worked_out_wall_ns=read_worked_out(derived, session),
            may_correct=person.role in STRAP_CORRECTORS,
            assignment=self._corrector.view_form(person, written, shown.asked, shown.trouble),
            said=tell_done(shown.done),
            may_print=person.role in SHEET_PRINTERS and written.line["planned_start"] is not None,
            may_copy=person.role in SHEET_COPYISTS and written.line["planned_start"] is not None,
            may_decide=person.role in DISPUTE_DECIDERS,
        )
        review = make_review(written, derived)
        page = view_page(written, review, frame, read_heart_words(written, derived))
        return make_page(page, _STATUS[shown.trouble])

    def read_review(self, session: str) -> dict[str, Any]:
        """Every lane. Raises NotFoundError."""
        standing = self._derived.catch_up(PAGE_WAIT_S)
        written = read_written(self._study, session, self._now())
        review = make_review(written, self._derived.derived)
        told = self._tell_standing(session, standing)
        return {**msgspec.to_builtins(review), "is_simulated": written.is_simulated, **told}

    def read_traces(self, session: str, participant: str) -> dict[str, Any]:
        """Heart rate, movement and gaps of one person. Raises what `name_absence` says."""
        standing = self._derived.catch_up(PAGE_WAIT_S)
        written = read_written(self._study, session, self._now())
        with self._derived.derived.reading() as connection:
            if read_person(connection, session, participant) is None:
                raise name_absence(standing, participant, session)
            heart, movement, gaps, origins = (
                read_trace(connection, session, participant, name)
                for name in (HEART, MOVEMENT, GAPS, ORIGINS)
            )
        origin_ms = find_origin(written.origin_ms, heart, movement, gaps)
        return {
            "session": session,
            "participant": participant,
            "origin": format_utc_ms(origin_ms),
            "heart_rate": view_heart(heart, gaps),
            "movement": view_movement(movement),
            "gaps": msgspec.to_builtins(view_gaps(gaps, origin_ms)),
            "origins": view_origins(origins, origin_ms, written.labels),
            **self._tell_standing(session, standing),
        }

    def take(self, person: CurrentPerson, session: str, fields: dict[str, str]) -> Response:
        """Enter the correction; else the page again, with a sentence at what is wrong."""
        asked = read_asked(fields)
        written = read_written(self._study, session, self._now())
        interval = find_interval(written.holdings, asked.about)
        trouble = find_trouble(written, interval, asked)
        if interval is None or trouble is not None:
            return self.show(person, session, Shown(asked, trouble))
        entries = self._corrector.make_entries(person, written, interval, asked)
        body = b"[" + b",".join(encode_event(one) for one in entries) + b"]"
        self._service.post(session, body, person).result()
        return RedirectResponse(f"{name_page(session)}?done=corrected", 303)

    def _tell_standing(self, session: str, standing: Standing) -> dict[str, Any]:
        built_wall_ns = read_worked_out(self._derived.derived, session)
        worked_out = None if built_wall_ns is None else tell_when(built_wall_ns)
        return {"worked_out_at": worked_out, "is_behind": standing.is_behind}

    def _now(self) -> str:
        return format_utc_ms(self._wall_ns() // 1_000_000)
