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
from server.people.roles import COPYISTS, TABLET_ROLES, Role
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
from server.web.own_api import (
    OWN_EVENTS_PATH,
    OWN_NEXT_DAY_PATH,
    OWN_PATH,
    OWN_PIN_PATH,
    OWN_SIGN_IN_PATH,
    OWN_SIGN_OUT_PATH,
    OWN_WAY_PATH,
)


class Door(Enum):
    """Ways in that need nobody signed in."""

    OPEN = auto()  # for everybody: shows nothing about anybody
    GATEWAY = auto()  # for a bearer token, which the route itself reads
    HERSELF = auto()  # for a participant's own session, which opens nothing else


Access = Door | frozenset[Role]

OPEN: Final = Door.OPEN
GATEWAY: Final = Door.GATEWAY
HERSELF: Final = Door.HERSELF
EVERYBODY: Final = frozenset(Role)
TRAINERS: Final = frozenset({Role.TRAINER})
TABLET_STAFF: Final = TABLET_ROLES
LABELLERS: Final = frozenset({Role.ADMIN, Role.TRAINER, Role.RESEARCHER})
ADMINS: Final = frozenset({Role.ADMIN})
CLINICIANS: Final = frozenset({Role.CLINICIAN})
# Not those who must not know who trains: assessor, laboratory, statistician (blinding).
WATCHERS: Final = frozenset(
    {
        Role.ADMIN,
        Role.TRAINER,
        Role.ASSISTANT,
        Role.RESEARCHER,
        Role.MONITOR,
        Role.DATA_MANAGER,
    }
)

# The numbers of everybody who trains: an assistant doesn't need them to help in the room.
DOSE_READERS: Final = WATCHERS - {Role.ASSISTANT}
# Who was there, or answers for the data; a monitor and whoever runs the server only read.
QUALITY_DECIDERS: Final = frozenset({Role.TRAINER, Role.RESEARCHER, Role.DATA_MANAGER})
# Whoever may write down who wore a strap (server/sessions/granting.py) may correct it afterwards.
STRAP_CORRECTORS: Final = frozenset({Role.TRAINER, Role.RESEARCHER})
# A sheet of paper says who trains and what is prescribed: for those who work in the room or answer
# for its data. Nobody who is blinded, and no one who only reads numbers.
SHEET_PRINTERS: Final = frozenset(
    {Role.TRAINER, Role.ASSISTANT, Role.RESEARCHER, Role.DATA_MANAGER}
)
# Copying needs no judgement of what happened, so it may be a data manager's work as well.
SHEET_COPYISTS: Final = COPYISTS
# Which of two entries holds only somebody can say who was in the room: a trainer.
DISPUTE_DECIDERS: Final = TRAINERS
# A dataset tells arms and doses of all: for those who answer for the study and know them anyway.
EXPORTERS: Final = frozenset({Role.RESEARCHER, Role.DATA_MANAGER})
EXPORT_WATCHERS: Final = EXPORTERS | {Role.MONITOR}
# Who analyses, and who answers for it. A statistician is blinded until the lock: what her role must
# not know she isn't shown (server/analysis/runs/run.py). Whoever runs the server needs no result.
ANALYSIS_READERS: Final = EXPORT_WATCHERS | {Role.STATISTICIAN}
# The plan is theirs, and so is the run; whoever keeps the data doesn't choose what they are asked.
ANALYSTS: Final = frozenset({Role.RESEARCHER, Role.STATISTICIAN})
# Who answers for the data says that they are complete; she who analyses them doesn't decide when.
LOCKERS: Final = EXPORTERS
# Numbers by arm and sentences that could say anything: for those who know who trains, and whose
# work isn't to train, measure or analyse them.
REPORTING_READERS: Final = EXPORT_WATCHERS | {Role.ADMIN}
REPORTING_WRITERS: Final = frozenset({Role.ADMIN, Role.RESEARCHER})

# Whose hands a card is given by, and who ends what it opened.
CARD_MAKERS: Final = frozenset({Role.ADMIN, Role.TRAINER})
# The same question in both arms, so an answer tells nobody who trains.
NEXT_DAY_READERS: Final = frozenset(
    {Role.TRAINER, Role.RESEARCHER, Role.CLINICIAN, Role.MONITOR, Role.DATA_MANAGER}
)
NEXT_DAY_DECIDERS: Final = frozenset({Role.TRAINER, Role.RESEARCHER, Role.CLINICIAN})

BUNDLE_PATH: Final = "/api/v1/tablet/bundle"
LIVE_PATH: Final = "/live"
DOSE_PATH: Final = "/dose"
DOSE_COURSE_PATH: Final = "/dose/course"
QUALITY_PATH: Final = "/quality"
COVERAGE_MAP_PATH: Final = "/coverage"
REPETITIONS_PATH: Final = "/repetitions"
REPETITIONS_JSON_PATH: Final = "/api/v1/repetitions"
REVIEW_PATH: Final = "/sessions/{session_id}/review"
SHEET_PATH: Final = "/sessions/{session_id}/sheet"
TRANSCRIBE_PATH: Final = "/sessions/{session_id}/transcribe"
DISPUTES_PATH: Final = "/sessions/{session_id}/contradictions"
DOSE_CELL_PATH: Final = "/api/v1/sessions/{session_id}/dose/{participant}"
COURSE_PATH: Final = "/api/v1/dose/course"
REVIEW_LANES_PATH: Final = "/api/v1/sessions/{session_id}/review"
TRACES_PATH: Final = "/api/v1/sessions/{session_id}/traces/{participant}"
PARTICIPANTS_PATH: Final = "/participants"
PARTICIPANT_PATH: Final = "/participants/{code}"
SAMPLES_PATH: Final = "/samples"
DRAW_PATH: Final = "/samples/{code}/{time_point}"
EXPORT_PATH: Final = "/export"
EXPORT_JOB_PATH: Final = "/export/{job}"
EXPORT_FILE_PATH: Final = "/export/{job}/dataset.zip"
EXPORT_ASK_PATH: Final = "/export/{job}/approval"
APPROVALS_PATH: Final = "/export/approvals"
APPROVAL_PATH: Final = f"{APPROVALS_PATH}/{{number}}"
ANALYSIS_PATH: Final = "/analysis"
ANALYSIS_PLAN_PATH: Final = "/analysis/plan"
ANALYSIS_LOCK_PATH: Final = "/analysis/lock"
ANALYSIS_RUNS_PATH: Final = "/analysis/runs"
ANALYSIS_RUN_PATH: Final = "/analysis/runs/{run}"
ANALYSIS_DOSE_PATH: Final = "/analysis/runs/{run}/dose"
ANALYSIS_REPORT_PATH: Final = "/analysis/runs/{run}/report.html"
ANALYSIS_PDF_PATH: Final = "/analysis/runs/{run}/report.pdf"
ANALYSIS_RESULTS_PATH: Final = "/analysis/runs/{run}/results.json"
REPORTING_PATH: Final = "/reporting"
REPORTING_COPY_PATH: Final = "/reporting/copy"
HOME_PATH: Final = "/home"
LABELS_PATH: Final = "/straps/labels"
LIMITS_PATH: Final = "/limits"
ADDRESS_PATH: Final = "/address"
TRUST_DER_PATH: Final = "/trust/authority.crt"
TRUST_PEM_PATH: Final = "/trust/authority.pem"
TRUST_PROFILE_PATH: Final = "/trust/authority.mobileconfig"
SELF_TEST_PATH: Final = "/self-test"
SELF_TEST_PAGE: Final = "/self-test/"
SELF_TEST_WORKER: Final = "/self-test/worker.js"
SELF_TEST_NOW: Final = "/self-test/now"
CARDS_PATH: Final = "/cards"
NEXT_DAY_PATH: Final = "/next-day"
SIGN_IN_PAGE: Final = "/sign-in"
SIGN_OUT_PAGE: Final = "/sign-out"
LANGUAGE_PATH: Final = "/language"

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
    ("GET", TRUST_DER_PATH): OPEN,
    ("GET", TRUST_PEM_PATH): OPEN,
    ("GET", TRUST_PROFILE_PATH): OPEN,
    ("GET", SELF_TEST_PATH): OPEN,
    ("GET", SELF_TEST_PAGE): OPEN,
    ("GET", SELF_TEST_WORKER): OPEN,
    ("GET", SELF_TEST_NOW): OPEN,
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
    ("GET", SIGN_IN_PAGE): OPEN,
    ("POST", SIGN_IN_PAGE): OPEN,
    ("POST", SIGN_OUT_PAGE): OPEN,
    ("POST", LANGUAGE_PATH): OPEN,
    ("POST", SIGN_IN_PATH): OPEN,
    ("POST", SIGN_OUT_PATH): OPEN,
    ("GET", SELF_PATH): EVERYBODY,
    ("POST", ACTORS_PATH): TRAINERS,
    ("GET", "/"): EVERYBODY,
    ("GET", HOME_PATH): EVERYBODY,
    ("GET", LIVE_PATH): WATCHERS,
    ("GET", DOSE_PATH): DOSE_READERS,
    ("GET", DOSE_CELL_PATH): DOSE_READERS,
    ("GET", DOSE_COURSE_PATH): DOSE_READERS,
    ("GET", COURSE_PATH): DOSE_READERS,
    ("GET", QUALITY_PATH): DOSE_READERS,
    ("POST", QUALITY_PATH): QUALITY_DECIDERS,
    ("GET", COVERAGE_MAP_PATH): DOSE_READERS,
    ("GET", REPETITIONS_PATH): DOSE_READERS,
    ("GET", REPETITIONS_JSON_PATH): DOSE_READERS,
    ("GET", REVIEW_PATH): DOSE_READERS,
    ("POST", REVIEW_PATH): STRAP_CORRECTORS,
    ("GET", SHEET_PATH): SHEET_PRINTERS,
    ("GET", TRANSCRIBE_PATH): SHEET_COPYISTS,
    ("POST", TRANSCRIBE_PATH): SHEET_COPYISTS,
    ("GET", DISPUTES_PATH): DOSE_READERS,
    ("POST", DISPUTES_PATH): DISPUTE_DECIDERS,
    ("GET", REVIEW_LANES_PATH): DOSE_READERS,
    ("GET", TRACES_PATH): DOSE_READERS,
    ("GET", LABELS_PATH): LABELLERS,
    ("GET", PARTICIPANTS_PATH): MEASUREMENT_READERS,
    ("POST", PARTICIPANTS_PATH): MEASUREMENT_ENTERERS,
    ("GET", PARTICIPANT_PATH): MEASUREMENT_READERS,
    ("POST", PARTICIPANT_PATH): MEASUREMENT_ENTERERS,
    ("GET", SAMPLES_PATH): SAMPLE_READERS,
    ("POST", SAMPLES_PATH): SAMPLE_ENTERERS,
    ("GET", DRAW_PATH): SAMPLE_READERS,
    ("POST", DRAW_PATH): SAMPLE_ENTERERS,
    ("GET", PARTICIPANTS_API): MEASUREMENT_READERS,
    ("POST", MEASUREMENTS_API): MEASUREMENT_ENTERERS,
    ("GET", PARTICIPANT_API): MEASUREMENT_READERS,
    ("GET", SAMPLES_API): SAMPLE_READERS,
    ("POST", SAMPLES_API): SAMPLE_ENTERERS,
    ("POST", DRAWS_API): SAMPLE_ENTERERS,
    ("GET", FIELDS_API): EVERYBODY,
    ("GET", EXPORT_PATH): EXPORTERS,
    ("POST", EXPORT_PATH): EXPORTERS,
    ("GET", EXPORT_JOB_PATH): EXPORTERS,
    ("POST", EXPORT_JOB_PATH): EXPORTERS,
    ("GET", EXPORT_FILE_PATH): EXPORTERS,
    ("POST", EXPORT_ASK_PATH): EXPORTERS,
    ("POST", APPROVAL_PATH): APPROVERS,  # never who asked: server/study/approval.py
    ("GET", EXPORTS_API): EXPORT_WATCHERS,
    ("GET", ANALYSIS_PATH): ANALYSIS_READERS,
    ("GET", ANALYSIS_PLAN_PATH): ANALYSIS_READERS,
    ("POST", ANALYSIS_PLAN_PATH): ANALYSTS,
    ("GET", ANALYSIS_LOCK_PATH): ANALYSIS_READERS,
    ("POST", ANALYSIS_LOCK_PATH): LOCKERS,
    ("POST", ANALYSIS_RUNS_PATH): ANALYSTS,
    ("GET", ANALYSIS_RUN_PATH): ANALYSIS_READERS,
    ("POST", ANALYSIS_RUN_PATH): ANALYSIS_READERS,  # says that she has read the summary check
    ("GET", ANALYSIS_DOSE_PATH): ANALYSIS_READERS,
    ("GET", ANALYSIS_REPORT_PATH): ANALYSIS_READERS,
    ("GET", ANALYSIS_PDF_PATH): ANALYSIS_READERS,
    ("GET", ANALYSIS_RESULTS_PATH): ANALYSIS_READERS,
    ("GET", REPORTING_PATH): REPORTING_READERS,
    ("POST", REPORTING_PATH): REPORTING_WRITERS,
    ("GET", REPORTING_COPY_PATH): REPORTING_READERS,
    ("GET", ADDRESS_PATH): ADMINS,
    ("GET", LIMITS_PATH): CLINICIANS,
    ("POST", LIMITS_PATH): CLINICIANS,
    ("GET", CARDS_PATH): CARD_MAKERS,
    ("POST", CARDS_PATH): CARD_MAKERS,
    ("GET", NEXT_DAY_PATH): NEXT_DAY_READERS,
    ("POST", NEXT_DAY_PATH): NEXT_DAY_DECIDERS,
    ("GET", "/api/v1/sessions/{session_id}/live"): WATCHERS,
    ("GET", SESSIONS_PATH): WATCHERS,
    ("GET", SESSION_PATH): WATCHERS,
    ("GET", EVENTS_PATH): WATCHERS,
    ("GET", COVERAGE_PATH): WATCHERS,
    ("POST", EVENTS_PATH): TABLET_STAFF,
    ("GET", BUNDLE_PATH): TABLET_STAFF,
}

# Who isn't signed in is led to the sign-in page and back again; anything else gets a problem.
PAGES: Final = (
    "/",
    HOME_PATH,
    LIVE_PATH,
    DOSE_PATH,
    DOSE_COURSE_PATH,
    QUALITY_PATH,
    COVERAGE_MAP_PATH,
    REPETITIONS_PATH,
    REVIEW_PATH,
    SHEET_PATH,
    TRANSCRIBE_PATH,
    DISPUTES_PATH,
    PARTICIPANTS_PATH,
    PARTICIPANT_PATH,
    SAMPLES_PATH,
    DRAW_PATH,
    EXPORT_PATH,
    EXPORT_JOB_PATH,
    ANALYSIS_PATH,
    ANALYSIS_PLAN_PATH,
    ANALYSIS_LOCK_PATH,
    ANALYSIS_RUN_PATH,
    ANALYSIS_DOSE_PATH,
    REPORTING_PATH,
    LABELS_PATH,
    LIMITS_PATH,
    ADDRESS_PATH,
    CARDS_PATH,
    NEXT_DAY_PATH,
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
