"""Shows what people wrote down differently in a session, and takes a trainer's decision."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import HTMLResponse, RedirectResponse, Response

from protocol.ledger.event import LedgerEvent, encode_event
from protocol.ledger.instants import format_utc_ms
from protocol.ledger.uuid7 import RANDOM_BYTES
from server.db.database import Database
from server.errors import NotFoundError
from server.gateways.roster import has_simulated_strap
from server.people.current import CurrentPerson
from server.sessions.domain.fold import fold_session
from server.sessions.ledger import read_events
from server.sessions.server_hand import SERVER_DEVICE
from server.sessions.service import SessionService, list_all_sessions, require_session_id
from server.web.catalogue.spoken import current_language, t
from server.web.dispute_context import DisputesPageContext
from server.web.dispute_decision import Choice, find_conflict, make_decision, read_choice
from server.web.dispute_view import list_disputes
from server.web.dose_matrix import describe_session
from server.web.pages import make_page
from server.web.paths import DISPUTES_PATH, REVIEW_PATH
from server.web.review_correction import Hand, is_reason
from server.web.role_groups import DISPUTE_DECIDERS

_NOT_VALID: Final = 422
_CONFLICT: Final = 409


@dataclass(frozen=True, slots=True)
class _Session:
    line: Mapping[str, Any]
    events: list[LedgerEvent]
    state: dict[str, Any]
    now: str


@dataclass(frozen=True, slots=True)
class _News:
    """What became of an act, or what is wrong with a form."""

    said: str = ""
    refusal: str = ""
    choice: Choice | None = None
    trouble: str = ""
    status: int = 200


class DisputeDesk:
    """Thread-safe. It writes through the ledger's service alone."""

    def __init__(
        self,
        study: Database,
        service: SessionService,
        wall_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._study = study
        self._service = service
        self._wall_ns = wall_ns

    def show(self, person: CurrentPerson, session: str, done: str) -> HTMLResponse:
        """The page. Raises NotFoundError."""
        said = t("Decided. The other versions stay in the trail.") if done == "decided" else ""
        return self._show(person, self._read(session), _News(said))

    def take(self, person: CurrentPerson, session: str, fields: Mapping[str, str]) -> Response:
        """Append the decision and lead back; else the page, with what is wrong."""
        held, choice = self._read(session), read_choice(fields)
        conflict = find_conflict(held.state, choice)
        if conflict is None:
            refusal = t("Nothing was stored: this was decided meanwhile, or a version came in."
                        " Look at what is here now.")  # fmt: skip
            return self._show(person, held, _News(refusal=refusal, status=_CONFLICT))
        trouble = _find_trouble(conflict, choice)
        if trouble:
            news = _News(choice=choice, trouble=trouble, status=_NOT_VALID)
            return self._show(person, held, news)
        n_before = sum(one.device == SERVER_DEVICE for one in held.events)
        randomness = os.urandom(RANDOM_BYTES * len(conflict["versions"]))
        hand = Hand(person.name, held.now, n_before, randomness)
        entries = make_decision(conflict, choice, hand)
        body = b"[" + b",".join(encode_event(one) for one in entries) + b"]"
        self._service.post(session, body, person).result()
        return RedirectResponse(f"{DISPUTES_PATH.format(session_id=session)}?done=decided", 303)

    def _read(self, session: str) -> _Session:
        require_session_id(session)
        now = format_utc_ms(self._wall_ns() // 1_000_000)
        with self._study.reading() as connection:
            lines = list_all_sessions(connection)
            events = [one.event for one in read_events(connection, session)]
        line = next((one for one in lines if one["id"] == session), None)
        if line is None:
            raise NotFoundError(f"no session has the id {session[:64]!r}")
        return _Session(line, events, fold_session(events, now), now)

    def _show(self, person: CurrentPerson, held: _Session, news: _News) -> HTMLResponse:
        session, choice = str(held.line["id"]), news.choice
        context = DisputesPageContext(
            language=current_language(),
            name=person.name,
            title=describe_session(held.line, held.now),
            is_simulated=has_simulated_strap(self._study),
            review_path=REVIEW_PATH.format(session_id=session),
            path=DISPUTES_PATH.format(session_id=session),
            may_decide=person.role in DISPUTE_DECIDERS,
            said=news.said,
            refusal=news.refusal,
            disputes=list_disputes(held.state, held.events),
            troubled="" if choice is None else f"{choice.kind} {choice.about}",
            trouble=news.trouble,
            chosen="" if choice is None else choice.kept,
            reason="" if choice is None else choice.reason,
        )
        return make_page(context, news.status)


def _find_trouble(conflict: Mapping[str, Any], choice: Choice) -> str:
    if choice.kept not in conflict["versions"]:
        return t("Choose which version holds.")
    if not is_reason(choice.reason):
        return t("Say why, in a sentence of up to 500 characters.")
    return ""
