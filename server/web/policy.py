"""Who may ask for what: one table for the whole server. What isn't in it doesn't exist."""

from collections.abc import Iterable, Mapping
from enum import Enum, auto
from typing import Final

from starlette.routing import compile_path

from server.certificates.addresses import TRUST_PATH
from server.export.api import EXPORTS_API
from server.gateways.api import ROSTER_PATH
from server.ingest.api import INGEST_PATH
from server.people.api import ACTORS_PATH, SELF_PATH, SIGN_IN_PATH, SIGN_OUT_PATH
from server.people.roles import Role
from server.sessions.api import COVERAGE_PATH, EVENTS_PATH, SESSION_PATH, SESSIONS_PATH
from server.study.api import (
    DRAWS_API,
    FIELDS_API,
    MEASUREMENTS_API,
    PARTICIPANT_API,
    PARTICIPANTS_API,
    SAMPLES_API,
)
from server.study.approval import APPROVERS
from server.study.sight import (
    MEASUREMENT_ENTERERS,
    MEASUREMENT_READERS,
    SAMPLE_ENTERERS,
    SAMPLE_READERS,
)
from server.tablets.api import ENROLMENT_PATH, LAST_ENTRIES_PATH, LEAVE_PATH
from server.web import paths
from server.web.own_api import (
    OWN_EVENTS_PATH,
    OWN_NEXT_DAY_PATH,
    OWN_PATH,
    OWN_PIN_PATH,
    OWN_SIGN_IN_PATH,
    OWN_SIGN_OUT_PATH,
    OWN_WAY_PATH,
)
from server.web.role_groups import (
    ADMINS,
    ANALYSIS_READERS,
    ANALYSTS,
    CARD_MAKERS,
    CLINICIANS,
    DISPUTE_DECIDERS,
    DOSE_READERS,
    EVERYBODY,
    EXPORT_WATCHERS,
    EXPORTERS,
    LABELLERS,
    LOCKERS,
    NEXT_DAY_DECIDERS,
    NEXT_DAY_READERS,
    QUALITY_DECIDERS,
    REPORTING_READERS,
    REPORTING_WRITERS,
    SHEET_COPYISTS,
    SHEET_PRINTERS,
    STRAP_CORRECTORS,
    TABLET_KEEPERS,
    TABLET_STAFF,
    TRAINERS,
    WATCHERS,
)


class Door(Enum):
    """Ways in that need nobody signed in."""

    OPEN = auto()  # for everybody: shows nothing about anybody
    GATEWAY = auto()  # for a bearer token, which the route itself reads
    TABLET = auto()  # for an enrolled tablet's cookie, also a revoked one's
    HERSELF = auto()  # for a participant's own session, which opens nothing else


Access = Door | frozenset[Role]

OPEN: Final = Door.OPEN
GATEWAY: Final = Door.GATEWAY
HERSELF: Final = Door.HERSELF
TABLET: Final = Door.TABLET


POLICY: Final[Mapping[tuple[str, str], Access]] = {
    ("POST", INGEST_PATH): GATEWAY,
    ("GET", ROSTER_PATH): GATEWAY,
    ("GET", "/health"): OPEN,
    ("GET", "/metrics"): OPEN,  # numbers of uploads, to this machine alone
    ("GET", "/api/v1/openapi.json"): OPEN,
    ("GET", "/static/{file:path}"): OPEN,
    ("GET", "/catalogue/{language}.json"): OPEN,
    # The tablet's app is about nobody, and opens without a network: who works signs in inside it.
    ("GET", "/tablet"): OPEN,
    ("GET", "/tablet/"): OPEN,
    ("GET", "/tablet/practice/"): OPEN,
    ("GET", "/tablet/manifest.webmanifest"): OPEN,
    ("GET", "/tablet/service-worker.js"): OPEN,
    ("GET", "/tablet/app/{path:path}"): OPEN,
    # How a device comes to trust the address, and whether it does: about nobody.
    ("GET", TRUST_PATH): OPEN,
    ("GET", paths.TRUST_DER_PATH): OPEN,
    ("GET", paths.TRUST_PEM_PATH): OPEN,
    ("GET", paths.TRUST_PROFILE_PATH): OPEN,
    ("GET", paths.SELF_TEST_PATH): OPEN,
    ("GET", paths.SELF_TEST_PAGE): OPEN,
    ("GET", paths.SELF_TEST_WORKER): OPEN,
    ("GET", paths.SELF_TEST_NOW): OPEN,
    # So does a participant's; the code on her card signs her in inside it.
    ("GET", "/me"): OPEN,
    ("GET", "/me/"): OPEN,
    ("GET", "/me/manifest.webmanifest"): OPEN,
    ("GET", "/me/service-worker.js"): OPEN,
    ("GET", "/me/app/{path:path}"): OPEN,
    ("POST", OWN_SIGN_IN_PATH): OPEN,
    ("POST", OWN_SIGN_OUT_PATH): OPEN,
    ("GET", OWN_PATH): HERSELF,
    ("GET", OWN_WAY_PATH): HERSELF,
    ("POST", OWN_PIN_PATH): HERSELF,
    ("POST", OWN_EVENTS_PATH): HERSELF,
    ("POST", OWN_NEXT_DAY_PATH): HERSELF,
    # Becoming a tablet needs a code; a revoked one hands in what waits, and sees nothing.
    ("GET", ENROLMENT_PATH): OPEN,
    ("POST", ENROLMENT_PATH): OPEN,
    ("POST", LAST_ENTRIES_PATH): TABLET,
    ("POST", LEAVE_PATH): TABLET,
    ("GET", paths.SIGN_IN_PAGE): OPEN,
    ("POST", paths.SIGN_IN_PAGE): OPEN,
    ("POST", paths.SIGN_OUT_PAGE): OPEN,
    ("POST", paths.LANGUAGE_PATH): OPEN,
    ("POST", SIGN_IN_PATH): OPEN,
    ("POST", SIGN_OUT_PATH): OPEN,
    ("GET", SELF_PATH): EVERYBODY,
    ("POST", ACTORS_PATH): TRAINERS,
    ("GET", "/"): EVERYBODY,
    ("GET", paths.HOME_PATH): EVERYBODY,
    ("GET", paths.LIVE_PATH): WATCHERS,
    ("GET", paths.DOSE_PATH): DOSE_READERS,
    ("GET", paths.DOSE_CELL_PATH): DOSE_READERS,
    ("GET", paths.DOSE_COURSE_PATH): DOSE_READERS,
    ("GET", paths.COURSE_PATH): DOSE_READERS,
    ("GET", paths.QUALITY_PATH): DOSE_READERS,
    ("POST", paths.QUALITY_PATH): QUALITY_DECIDERS,
    ("GET", paths.COVERAGE_MAP_PATH): DOSE_READERS,
    ("GET", paths.REPETITIONS_PATH): DOSE_READERS,
    ("GET", paths.REPETITIONS_JSON_PATH): DOSE_READERS,
    ("GET", paths.REVIEW_PATH): DOSE_READERS,
    ("POST", paths.REVIEW_PATH): STRAP_CORRECTORS,
    ("GET", paths.SHEET_PATH): SHEET_PRINTERS,
    ("GET", paths.TRANSCRIBE_PATH): SHEET_COPYISTS,
    ("POST", paths.TRANSCRIBE_PATH): SHEET_COPYISTS,
    ("GET", paths.DISPUTES_PATH): DOSE_READERS,
    ("POST", paths.DISPUTES_PATH): DISPUTE_DECIDERS,
    ("GET", paths.REVIEW_LANES_PATH): DOSE_READERS,
    ("GET", paths.TRACES_PATH): DOSE_READERS,
    ("GET", paths.LABELS_PATH): LABELLERS,
    ("GET", paths.PARTICIPANTS_PATH): MEASUREMENT_READERS,
    ("POST", paths.PARTICIPANTS_PATH): MEASUREMENT_ENTERERS,
    ("GET", paths.PARTICIPANT_PATH): MEASUREMENT_READERS,
    ("POST", paths.PARTICIPANT_PATH): MEASUREMENT_ENTERERS,
    ("GET", paths.SAMPLES_PATH): SAMPLE_READERS,
    ("POST", paths.SAMPLES_PATH): SAMPLE_ENTERERS,
    ("GET", paths.DRAW_PATH): SAMPLE_READERS,
    ("POST", paths.DRAW_PATH): SAMPLE_ENTERERS,
    ("GET", PARTICIPANTS_API): MEASUREMENT_READERS,
    ("POST", MEASUREMENTS_API): MEASUREMENT_ENTERERS,
    ("GET", PARTICIPANT_API): MEASUREMENT_READERS,
    ("GET", SAMPLES_API): SAMPLE_READERS,
    ("POST", SAMPLES_API): SAMPLE_ENTERERS,
    ("POST", DRAWS_API): SAMPLE_ENTERERS,
    ("GET", FIELDS_API): EVERYBODY,
    ("GET", paths.EXPORT_PATH): EXPORTERS,
    ("POST", paths.EXPORT_PATH): EXPORTERS,
    ("GET", paths.EXPORT_JOB_PATH): EXPORTERS,
    ("POST", paths.EXPORT_JOB_PATH): EXPORTERS,
    ("GET", paths.EXPORT_FILE_PATH): EXPORTERS,
    ("POST", paths.EXPORT_ASK_PATH): EXPORTERS,
    ("POST", paths.APPROVAL_PATH): APPROVERS,  # never who asked: server/study/approval.py
    ("GET", EXPORTS_API): EXPORT_WATCHERS,
    ("GET", paths.ANALYSIS_PATH): ANALYSIS_READERS,
    ("GET", paths.ANALYSIS_PLAN_PATH): ANALYSIS_READERS,
    ("POST", paths.ANALYSIS_PLAN_PATH): ANALYSTS,
    ("GET", paths.ANALYSIS_LOCK_PATH): ANALYSIS_READERS,
    ("POST", paths.ANALYSIS_LOCK_PATH): LOCKERS,
    ("POST", paths.ANALYSIS_RUNS_PATH): ANALYSTS,
    ("GET", paths.ANALYSIS_RUN_PATH): ANALYSIS_READERS,
    ("POST", paths.ANALYSIS_RUN_PATH): ANALYSIS_READERS,  # says that she has read the summary check
    ("GET", paths.ANALYSIS_DOSE_PATH): ANALYSIS_READERS,
    ("GET", paths.ANALYSIS_REPORT_PATH): ANALYSIS_READERS,
    ("GET", paths.ANALYSIS_PDF_PATH): ANALYSIS_READERS,
    ("GET", paths.ANALYSIS_RESULTS_PATH): ANALYSIS_READERS,
    ("GET", paths.REPORTING_PATH): REPORTING_READERS,
    ("POST", paths.REPORTING_PATH): REPORTING_WRITERS,
    ("GET", paths.REPORTING_COPY_PATH): REPORTING_READERS,
    ("GET", paths.ADDRESS_PATH): ADMINS,
    ("GET", paths.LIMITS_PATH): CLINICIANS,
    ("POST", paths.LIMITS_PATH): CLINICIANS,
    ("GET", paths.CARDS_PATH): CARD_MAKERS,
    ("POST", paths.CARDS_PATH): CARD_MAKERS,
    ("GET", paths.TABLETS_PATH): TABLET_KEEPERS,
    ("POST", paths.TABLETS_PATH): TABLET_KEEPERS,
    ("POST", paths.TABLET_RULE_PATH): ADMINS,
    ("POST", paths.TABLET_ENTRIES_PATH): TRAINERS,
    ("GET", paths.NEXT_DAY_PATH): NEXT_DAY_READERS,
    ("POST", paths.NEXT_DAY_PATH): NEXT_DAY_DECIDERS,
    ("GET", "/api/v1/sessions/{session_id}/live"): WATCHERS,
    ("GET", SESSIONS_PATH): WATCHERS,
    ("GET", SESSION_PATH): WATCHERS,
    ("GET", EVENTS_PATH): WATCHERS,
    ("GET", COVERAGE_PATH): WATCHERS,
    ("POST", EVENTS_PATH): TABLET_STAFF,
    ("GET", paths.BUNDLE_PATH): TABLET_STAFF,
}

# Who isn't signed in is led to the sign-in page and back again; anything else gets a problem.
PAGES: Final = (
    "/",
    paths.HOME_PATH,
    paths.LIVE_PATH,
    paths.DOSE_PATH,
    paths.DOSE_COURSE_PATH,
    paths.QUALITY_PATH,
    paths.COVERAGE_MAP_PATH,
    paths.REPETITIONS_PATH,
    paths.REVIEW_PATH,
    paths.SHEET_PATH,
    paths.TRANSCRIBE_PATH,
    paths.DISPUTES_PATH,
    paths.PARTICIPANTS_PATH,
    paths.PARTICIPANT_PATH,
    paths.SAMPLES_PATH,
    paths.DRAW_PATH,
    paths.EXPORT_PATH,
    paths.EXPORT_JOB_PATH,
    paths.ANALYSIS_PATH,
    paths.ANALYSIS_PLAN_PATH,
    paths.ANALYSIS_LOCK_PATH,
    paths.ANALYSIS_RUN_PATH,
    paths.ANALYSIS_DOSE_PATH,
    paths.REPORTING_PATH,
    paths.LABELS_PATH,
    paths.LIMITS_PATH,
    paths.ADDRESS_PATH,
    paths.CARDS_PATH,
    paths.TABLETS_PATH,
    paths.NEXT_DAY_PATH,
)
_PAGE_FORMS: Final = tuple(compile_path(page)[0] for page in PAGES)


class PolicyTable:
    """The table, ready to be asked."""

    def __init__(self, policy: Mapping[tuple[str, str], Access] = POLICY) -> None:
        self._rows = [
            (method, compile_path(path)[0], access) for (method, path), access in policy.items()
        ]

    def find(self, method: str, path: str) -> Access | None:
        """Who may use this method on this path; None: there is no such thing."""
        asked = "GET" if method == "HEAD" else method
        for known, pattern, access in self._rows:
            if known == asked and pattern.fullmatch(path):
                return access
        return None

    def list_methods(self, path: str) -> list[str]:
        """What may be asked of a path at all."""
        return sorted({method for method, pattern, _ in self._rows if pattern.fullmatch(path)})


def is_page(path: str) -> bool:
    """Whether somebody looks at this path; one with a parameter is a page for every value."""
    return any(form.fullmatch(path) for form in _PAGE_FORMS)


def may(role: Role, path: str, pages: Iterable[str] = PAGES) -> bool:
    """Whether a page is for this role."""
    access = POLICY.get(("GET", path))
    return path in pages and isinstance(access, frozenset) and role in access
