"""Reads what a study knows of itself, shows it by checklists, and takes its own sentences."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.responses import HTMLResponse, RedirectResponse, Response

from protocol.ledger.instants import format_utc_ms
from server.analysis.reporting.reading import read_reporting
from server.analysis.reporting.reporting import Reporting
from server.analysis.reporting.saying import say_sentence
from server.analysis.reporting.shipped import find_checklist, list_item_names
from server.db.database import Database
from server.errors import ConflictError, NotFoundError, RuleError
from server.gateways.roster import has_simulated_strap, is_wholly_simulated
from server.people.current import CurrentPerson
from server.projection.derived_study import DerivedStudy, Standing
from server.projection.session_store import read_built
from server.sessions.service import list_all_sessions
from server.study.reporting_sentences import NewSentence
from server.web.derived_reading import PAGE_WAIT_S, date_standing
from server.web.dose_matrix import Study
from server.web.dose_view import tell_to_come, tell_worked_out
from server.web.pages import make_page
from server.web.paths import REPORTING_PATH
from server.web.reporting_copy import write_copy
from server.web.reporting_view import (
    Draft,
    Frame,
    make_anchor,
    tell_conflict,
    tell_stored,
    tell_unfit,
    tell_unknown,
    view_reporting,
)
from server.web.role_groups import REPORTING_WRITERS

_NOT_FOUND: Final = 404
_CONFLICT: Final = 409
_NOT_VALID: Final = 422
Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Read:
    reporting: Reporting
    study: Study
    standing: Standing


class ReportingDesk:
    """Thread-safe; what it writes are sentences."""

    def __init__(
        self, study: Database, derived: DerivedStudy, wall_ns: Callable[[], int] = time.time_ns
    ) -> None:
        self._study = study
        self._derived = derived
        self._wall_ns = wall_ns

    def show(self, person: CurrentPerson, *, item: str = "", done: str = "") -> HTMLResponse:
        """The page; with the form of one item where she asked for it."""
        known = list_item_names()
        if item and item not in known:
            return self._show(person, Draft("", refusal=tell_unknown()), status=_NOT_FOUND)
        said = tell_stored(done) if done in known else ""
        return self._show(person, Draft(item if may_write(person) else ""), said=said)

    def take(self, person: CurrentPerson, fields: Fields) -> Response:
        """Store a sentence; else the page again with what was typed and what is wrong."""
        item, text, reason = (fields.get(name, "") for name in ("item", "text", "reason"))
        applies = fields.get("applies", "yes") == "yes"
        draft = Draft(item, text, reason, applies=applies)
        seen = fields.get("seen", "")
        if not seen.isascii() or not seen.isdigit() or len(seen) > 9:
            return self._show(person, draft.refuse(tell_conflict()), status=_CONFLICT)
        try:
            new = NewSentence(item, text, applies, reason, int(seen))
            say_sentence(self._study, new, person.name)
        except NotFoundError:
            unknown = Draft("", refusal=tell_unknown())
            return self._show(person, unknown, status=_NOT_VALID)
        except ConflictError:
            return self._show(person, draft.refuse(tell_conflict()), status=_CONFLICT)
        except RuleError:
            return self._show(person, draft.refuse(tell_unfit()), status=_NOT_VALID)
        return RedirectResponse(f"{REPORTING_PATH}?done={item}#{make_anchor(item)}", 303)

    def copy(self, list_id: str, form: str) -> Response:
        """One checklist as text, CSV or an HTML table. Raises NotFoundError."""
        checklist = find_checklist(list_id)
        reporting = self._read().reporting
        return write_copy(checklist, reporting.answer(checklist), reporting.facts, form)

    def _show(
        self, person: CurrentPerson, draft: Draft, *, said: str = "", status: int = 200
    ) -> HTMLResponse:
        read = self._read()
        frame = Frame(
            name=person.name,
            is_simulated=has_simulated_strap(self._study),
            worked_out=tell_worked_out(read.standing),
            to_come=tell_to_come(read.study, read.standing),
            may_write=may_write(person),
            done=said,
        )
        return make_page(view_reporting(read.reporting, frame, draft), status)

    def _read(self) -> _Read:
        standing = self._derived.catch_up(PAGE_WAIT_S)
        is_simulated = is_wholly_simulated(self._study)
        with self._study.reading() as study, self._derived.derived.reading() as derived:
            built = read_built(derived)
            around = Study(
                lines=list_all_sessions(study),
                signs={},
                metrics={},
                now=format_utc_ms(self._wall_ns() // 1_000_000),
                built=frozenset(built),
            )
            reporting = read_reporting(study, derived, is_simulated=is_simulated)
        return _Read(reporting, around, date_standing(standing, built))


def may_write(person: CurrentPerson) -> bool:
    """Whether she may say something for the study."""
    return person.role in REPORTING_WRITERS
