"""Locks a study's data in two acts: a reason first, and then, with what is locked before one, yes.

What is locked is what was shown: the second form carries a mark of it that nobody can make.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Final

from starlette.responses import HTMLResponse, RedirectResponse, Response

from server.analysis.locking import Lockable, lock_study, read_lockable
from server.analysis.runs.workshop import AnalysisWorkshop
from server.db.database import Database
from server.errors import ConflictError, InvalidRequestError, MethodError, RuleError
from server.people.current import CurrentPerson
from server.study.analysis_records import RecordKind, find_record
from server.web.analysis_desk import CONFLICT, MAX_REASON, NOT_VALID, is_blinded, sit_down
from server.web.analysis_lock_view import view_lock
from server.web.catalogue.spoken import t
from server.web.derived_reading import PAGE_WAIT_S
from server.web.pages import make_page
from server.web.paths import ANALYSIS_PATH

# The hash alone would do, but from it and everybody's blood who trains could be worked out.
_KEY: Final = secrets.token_bytes(32)


class AnalysisLockDesk:
    """Thread-safe."""

    def __init__(self, study: Database, workshop: AnalysisWorkshop) -> None:
        self._study = study
        self._derived = workshop.derived

    def show(
        self,
        person: CurrentPerson,
        refusal: str = "",
        status: int = 200,
        reason: str = "",
        *,
        asks: bool = False,
    ) -> HTMLResponse:
        """What would be locked; with `asks` the second act, for what is shown here."""
        sitter = sit_down(self._study, person)
        found, said = self._look()
        seen = _mark(found) if asks and found is not None and sitter.may_lock else ""
        page = view_lock(
            sitter,
            found,
            {**said, "refusal": refusal},
            is_blinded=is_blinded(person),
            reason=reason,
            seen=seen,
        )
        return make_page(page, status)

    def take(self, person: CurrentPerson, fields: Mapping[str, str]) -> Response:
        """The first act asks for the second one; that locks and leads back to the steps."""
        reason = fields.get("reason", "").strip()
        if not reason or len(reason) > MAX_REASON:
            return self.show(person, _tell_no_reason(), NOT_VALID, reason)
        if "seen" not in fields:
            return self.show(person, reason=reason, asks=True)
        if fields.get("sure") != "yes":
            return self.show(person, _tell_not_sure(), NOT_VALID, reason, asks=True)
        if self._look()[0] is None:
            return self.show(person, _tell_changed(), CONFLICT, reason)

        def check(found: Lockable) -> None:
            if not hmac.compare_digest(fields["seen"].encode(), _mark(found).encode()):
                raise InvalidRequestError("these aren't the data that were shown")

        try:
            lock_study(self._study, self._derived.derived, reason, person.name, check)
        except (InvalidRequestError, MethodError, RuleError):
            return self.show(person, _tell_changed(), CONFLICT, reason)
        except ConflictError:
            return self.show(person, status=CONFLICT)
        return RedirectResponse(ANALYSIS_PATH, 303)

    def _look(self) -> tuple[Lockable | None, dict[str, str]]:
        """What would be locked of now; None, and why, where nothing can be."""
        with self._study.reading() as connection:
            if find_record(connection, RecordKind.LOCK) is not None:
                return None, {"closed": t("The data are locked. It can't be undone.")}
            if find_record(connection, RecordKind.PLAN) is None:
                return None, {"closed": _tell_no_plan()}
        standing = self._derived.catch_up(PAGE_WAIT_S)
        if standing.is_behind:
            return None, {"to_come": t("Doses are still being worked out. Reload in a moment.")}
        if standing.has_failed:
            return None, {"closed": _tell_failed()}
        try:
            with (
                self._study.reading() as connection,
                self._derived.derived.reading() as worked_out,
            ):
                return read_lockable(connection, worked_out), {}
        except MethodError as error:
            return None, {"closed": _tell_unfit(str(error))}


def _mark(found: Lockable) -> str:
    told = f"{found.told.sha256} {found.plan.sha256}"
    return hmac.new(_KEY, told.encode(), hashlib.sha256).hexdigest()


def _tell_no_plan() -> str:
    return t("There is no plan yet: put one in force before the lock.")


def _tell_no_reason() -> str:
    return t(
        "Nothing was locked. Say in up to 500 characters who decided that the data are complete,"
        " and why."
    )


def _tell_not_sure() -> str:
    return t("Nothing was locked: say that you know that it can't be undone.")


def _tell_changed() -> str:
    return t(
        "Nothing was locked: data or plan aren't what you were shown any more. Look at them again."
    )


def _tell_failed() -> str:
    return t(
        "Dose of some sessions can't be worked out, so the data can't be locked. Look in the"
        " server's log for the reason."
    )


def _tell_unfit(said: str) -> str:
    return t("The data can't be locked: {said}. Replace the plan, or enter what is missing.",
             said=said.rstrip("."))  # fmt: skip
