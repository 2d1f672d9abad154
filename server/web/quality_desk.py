"""Shows the quality queue and takes what people decide of its findings."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import HTMLResponse, RedirectResponse, Response

from protocol.ledger.instants import format_utc_ms
from server.db.database import Database
from server.errors import ConflictError, RuleError
from server.gateways.roster import has_simulated_strap
from server.people.current import CurrentPerson
from server.projection.derived_study import DerivedStudy, Standing
from server.projection.quality.rules import RULES, judge_calendar
from server.projection.quality_store import read_findings
from server.projection.session_store import read_built
from server.sessions.service import list_all_sessions
from server.study.quality_decisions import (
    Act,
    Decision,
    FindingKey,
    add_decision,
    check_reason,
    read_decisions,
)
from server.web.catalogue.catalogue import SOURCE_LANGUAGE
from server.web.catalogue.spoken import speaking, t
from server.web.derived_reading import PAGE_WAIT_S, date_standing
from server.web.pages import make_page
from server.web.paths import QUALITY_PATH
from server.web.quality_queue import Queued, queue_findings
from server.web.quality_sentences import tell_finding
from server.web.quality_view import DECIDED, OPEN, Asked, QueueFrame, Said, name_card, view_queue
from server.web.role_groups import QUALITY_DECIDERS

_NOT_VALID: Final = 422
_CONFLICT: Final = 409
_ACTS: Final = {"accept": Act.ACCEPTED, "leave": Act.LEFT, "reopen": Act.REOPENED}


@dataclass(frozen=True, slots=True)
class _Queue:
    """All findings with their decisions, of one moment."""

    lines: Sequence[Mapping[str, Any]]
    built: Mapping[str, int]
    findings: list[Queued]
    now: str


class QualityDesk:
    """Thread-safe. Of the study it writes decisions only, and only adds them."""

    def __init__(
        self, study: Database, derived: DerivedStudy, wall_ns: Callable[[], int] = time.time_ns
    ) -> None:
        self._study = study
        self._derived = derived
        self._wall_ns = wall_ns

    def show(
        self,
        person: CurrentPerson,
        asked: Asked,
        said: Said,
        status: int = 200,
    ) -> HTMLResponse:
        """The page, of as late as a moment's waiting gives."""
        standing = self._derived.catch_up(PAGE_WAIT_S)
        queue = self._read()
        frame = self._frame(person, date_standing(standing, queue.built), queue)
        context = view_queue(queue.findings, queue.lines, _check(asked), frame, said)
        return make_page(context, status)

    def take(self, person: CurrentPerson, fields: Mapping[str, str]) -> Response:
        """Append a decision, and back to the queue; else the page, with what is wrong."""
        act = _ACTS.get(fields.get("act", ""))
        found = self._find(fields)
        state = DECIDED if act is Act.REOPENED else OPEN
        if act is None or found is None:
            return self.show(person, Asked(state), Said(refusal=_tell_changed()), _CONFLICT)
        note = fields.get("note", "")
        card = name_card(found)
        try:
            check_reason(act, note)
            self._append(person, found, act, note, _read_number(fields.get("seen", "")))
        except RuleError:
            said = Said(refusal=_tell_note(), card=card, typed=note)
            return self.show(person, Asked(state), said, _NOT_VALID)
        except ConflictError:
            return self.show(person, Asked(state), Said(refusal=_tell_changed()), _CONFLICT)
        return RedirectResponse(f"{QUALITY_PATH}?state={OPEN}&done={act.value}", 303)

    def _append(self, person: CurrentPerson, found: Queued, act: Act, note: str, seen: int) -> None:
        finding = found.finding
        with speaking(SOURCE_LANGUAGE):  # what is stored is the same whoever decides
            told = tell_finding(finding.rule, finding.hit)
        decision = Decision(0, found.key, told, act, note, person.name, self._wall_ns())
        with self._study.writing() as connection:
            add_decision(connection, decision, seen)

    def _read(self) -> _Queue:
        now_ms = self._wall_ns() // 1_000_000
        with self._study.reading() as connection:
            lines = list_all_sessions(connection)
            decisions = read_decisions(connection)
        with self._derived.derived.reading() as connection:
            stored = read_findings(connection)
            built = read_built(connection)
        closed = {line["id"] for line in lines if line["state"] == "closed"}
        settled = [one for one in stored if one.session in closed]
        findings = [*settled, *judge_calendar(lines, now_ms)]
        queue = queue_findings(findings, decisions, lines)
        return _Queue(lines, built, queue, format_utc_ms(now_ms))

    def _find(self, fields: Mapping[str, str]) -> Queued | None:
        """The finding that the form is about, if it is still found on the same evidence."""
        names = ("session", "rule", "subject", "evidence")
        key = FindingKey(*(fields.get(name, "") for name in names))
        return next((one for one in self._read().findings if one.key == key), None)

    def _frame(self, person: CurrentPerson, standing: Standing, queue: _Queue) -> QueueFrame:
        held = [line["id"] for line in queue.lines if line["state"] != "planned"]
        return QueueFrame(
            name=person.name,
            may_decide=person.role in QUALITY_DECIDERS,
            is_simulated=has_simulated_strap(self._study),
            standing=standing,
            n_to_come=sum(one not in queue.built for one in held),
            now=queue.now,
        )


def tell_done(done: str) -> str:
    """What became of the act that led here."""
    told = {
        Act.ACCEPTED.value: t("Accepted. It opens again if the values change."),
        Act.LEFT.value: t("Left, with your note. It opens again if the values change."),
        Act.REOPENED.value: t("Open again."),
    }
    return told.get(done, "")


def _check(asked: Asked) -> Asked:
    """With what is none of ours left out."""
    known = {rule.key for rule in RULES}
    state = DECIDED if asked.state == DECIDED else OPEN
    return Asked(state, asked.rule if asked.rule in known else "", max(0, asked.first))


def _read_number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else -1


def _tell_changed() -> str:
    return t(
        "Nothing was stored: this was decided meanwhile, or its values changed. Look at what is"
        " here now."
    )


def _tell_note() -> str:
    return t("Nothing was stored: write a note of up to 500 characters, then send it again.")
