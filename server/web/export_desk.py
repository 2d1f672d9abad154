"""Shows what can be handed out and how far it is; begins to count, builds, and gives the file."""

from collections.abc import Mapping
from typing import Final

from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from server.db.database import Database
from server.errors import (
    ApprovalNeededError,
    ConflictError,
    NotFoundError,
    NotPermittedError,
    RuleError,
)
from server.export.dataset.building import APPROVALS
from server.export.dataset.ordering import Choice
from server.export.dataset.telling_apart import check_exact_values
from server.export.workshop import Workshop
from server.gateways.roster import has_simulated_strap
from server.people.current import CurrentPerson
from server.study.approval import Verdict
from server.study.approvals import ask_approval, decide_approval, read_approvals
from server.study.recipients import list_recipients, read_key, read_noted
from server.study.told_parts import Part
from server.web.approval_view import tell_standing, view_requests
from server.web.catalogue.spoken import t
from server.web.export_view import APPROVE, Frame, view_choosing, view_job
from server.web.pages import make_page
from server.web.paths import EXPORT_PATH
from server.web.uploaded_file import FileForm

WAIT_S: Final = 0.7  # a page waits a moment for its export, not longer
_NOT_VALID: Final = 422
_CONFLICT: Final = 409
_FORBIDDEN: Final = 403


class ExportDesk:
    """Thread-safe. A key is used for the build that it came with, and neither kept nor told."""

    def __init__(self, study: Database, workshop: Workshop) -> None:
        self._study = study
        self._workshop = workshop

    def show(
        self,
        person: CurrentPerson,
        typed: Mapping[str, str] | None = None,
        refusal: str = "",
        status: int = 200,
    ) -> HTMLResponse:
        """What can be chosen, her exports of today, and all that was handed out."""
        with self._study.reading() as connection:
            recipients, noted = list_recipients(connection), read_noted(connection)
            approvals = read_approvals(connection)
        requests = view_requests(approvals, person.name, person.role)
        jobs = self._workshop.list_of(person.name)
        frame = self._frame(person)
        page = view_choosing(frame, recipients, noted, requests, jobs, typed or {}, refusal)
        return make_page(page, status)

    def choose(self, person: CurrentPerson, fields: Mapping[str, str]) -> Response:
        """Begin to count, and on to its page; else the form, with what is wrong."""
        approved = frozenset(word for word in APPROVALS if f"{APPROVE}{word}" in fields)
        half = fields.get("part", Part.OUTCOMES)
        choice = Choice(fields.get("profile", ""), fields.get("recipient", ""), approved, half)
        try:
            job = self._workshop.count(person.name, choice)
        except ConflictError:
            return self.show(person, fields, _tell_busy(), _CONFLICT)
        except (RuleError, NotFoundError):
            return self.show(person, fields, _tell_unfit(), _NOT_VALID)
        return RedirectResponse(f"{EXPORT_PATH}/{job.id}", 303)

    def show_job(
        self, person: CurrentPerson, job_id: str, refusal: str = "", status: int = 200
    ) -> HTMLResponse:
        """One of hers. Raises NotFoundError."""
        job = self._workshop.find(person.name, job_id, WAIT_S)
        with self._study.reading() as connection:
            approvals = read_approvals(connection)
            usable = job.choice.find_approval(connection, person.name)
        standing = tell_standing(job.choice, approvals, usable)
        return make_page(view_job(self._frame(person), job, standing, refusal), status)

    def ask(self, person: CurrentPerson, job_id: str, fields: Mapping[str, str]) -> Response:
        """Ask a second person to approve one of hers; else its page, with what is wrong.

        Raises NotFoundError.
        """
        choice = self._workshop.find(person.name, job_id).choice
        with self._study.reading() as connection:
            found = check_exact_values(connection)
        try:
            wanted = choice.make_request(fields.get("reason", ""), found)
            ask_approval(self._study, wanted, person.name)
        except RuleError:
            return self.show_job(person, job_id, _tell_no_reason(), _NOT_VALID)
        except ConflictError:
            return self.show_job(person, job_id, _tell_asked(), _CONFLICT)
        return RedirectResponse(f"{EXPORT_PATH}/{job_id}", 303)

    def decide(self, person: CurrentPerson, number: int, fields: Mapping[str, str]) -> Response:
        """Approve or refuse what somebody else asked for. Raises NotFoundError."""
        verdict = Verdict.APPROVED if "approve" in fields else Verdict.REFUSED
        try:
            decide_approval(self._study, number, verdict, person.name, fields.get("reason"))
        except NotPermittedError:
            return self.show(person, None, _tell_own(), _FORBIDDEN)
        except ConflictError:
            return self.show(person, None, _tell_decided(), _CONFLICT)
        except RuleError:
            return self.show(person, None, _tell_no_reason(), _NOT_VALID)
        return RedirectResponse(EXPORT_PATH, 303)

    def build(self, person: CurrentPerson, job_id: str, form: FileForm) -> Response:
        """Begin it with the key that came; else its page, with what is wrong.

        Raises NotFoundError.
        """
        content = (form.content or b"").decode("ascii", "replace")
        try:
            self._workshop.build(person.name, job_id, read_key(content))
        except ApprovalNeededError:
            return self.show_job(person, job_id, _tell_unapproved(), _CONFLICT)
        except RuleError:
            return self.show_job(person, job_id, _tell_no_key(), _NOT_VALID)
        except ConflictError:
            return self.show_job(person, job_id, _tell_busy(), _CONFLICT)
        return RedirectResponse(f"{EXPORT_PATH}/{job_id}", 303)

    def take(self, person: CurrentPerson, job_id: str) -> FileResponse:
        """Its file. Raises NotFoundError, also for somebody else's."""
        path = self._workshop.take(person.name, job_id)
        job = self._workshop.find(person.name, job_id)
        return FileResponse(
            path,
            media_type="application/zip",
            filename=f"dataset-{job.choice.profile}.zip",
            headers={"Cache-Control": "no-store"},
        )

    def _frame(self, person: CurrentPerson) -> Frame:
        return Frame(person.name, has_simulated_strap(self._study))


def _tell_busy() -> str:
    return t("Another export is being made. Nothing was begun: wait until it is done, then again.")


def _tell_unfit() -> str:
    return t("Nothing was begun. Choose a profile and a recipient.")


def _tell_no_key() -> str:
    return t(
        "Nothing was built: this isn't the key file of this recipient. Choose the file that was"
        " made when she was added."
    )


def _tell_unapproved() -> str:
    return t("Nothing was built: no second person has approved this for you.")


def _tell_no_reason() -> str:
    return t("Nothing was changed. Say why, in 1 to 500 characters on one line.")


def _tell_asked() -> str:
    return t("Nothing was changed: somebody asks for the same already, and it waits.")


def _tell_own() -> str:
    return t("Nothing was changed. You asked for it: somebody else has to decide.")


def _tell_decided() -> str:
    return t("Nothing was changed: somebody else has decided it already.")
