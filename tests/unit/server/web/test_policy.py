import pytest

from server.people.roles import Role
from server.sessions.granting import GRANTS, SHEET_KINDS, Grant
from server.study.sight import SIGHTS
from server.web.paths import REVIEW_PATH
from server.web.policy import OPEN, PAGES, POLICY, PolicyTable, is_page, may
from server.web.role_groups import (
    DOSE_READERS,
    EVERYBODY,
    EXPORT_WATCHERS,
    STRAP_CORRECTORS,
    WATCHERS,
)

TABLE = PolicyTable()


def test_a_path_is_found_with_its_parameters() -> None:
    assert TABLE.find("GET", "/api/v1/sessions/now/live") == WATCHERS
    assert TABLE.find("HEAD", "/live") == WATCHERS
    assert TABLE.find("GET", "/static/vendor/x.js") is OPEN
    assert TABLE.find("GET", "/api/v1/self") == EVERYBODY


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/live/"),
        ("GET", "/LIVE"),
        ("GET", "//live"),
        ("POST", "/live"),
        ("GET", "/api/v1/sessions/now/live/x"),
        ("GET", "/api/v1/sessions/a/b/live"),
        ("GET", "/live\n"),
        ("DELETE", "/static/x.js"),
    ],
)
def test_f1_what_is_not_in_the_table_does_not_exist(method: str, path: str) -> None:
    assert TABLE.find(method, path) is None


def test_which_methods_a_path_takes() -> None:
    assert TABLE.list_methods("/sign-in") == ["GET", "POST"]
    assert TABLE.list_methods("/nowhere") == []


def test_those_who_are_blinded_do_not_watch() -> None:
    """Who trains is visible on the live page."""
    assert not WATCHERS & {Role.ASSESSOR, Role.LAB, Role.STATISTICIAN}
    assert may(Role.TRAINER, "/live")
    assert not may(Role.LAB, "/live")
    assert not may(Role.TRAINER, "/api/v1/self")  # no page


def test_dose_is_for_who_may_know_who_trains_and_not_for_an_assistant() -> None:
    assert {role for role in Role if may(role, "/dose")} == {
        Role.ADMIN, Role.TRAINER, Role.RESEARCHER, Role.MONITOR, Role.DATA_MANAGER,
    }  # fmt: skip
    assert TABLE.find("GET", "/api/v1/sessions/7/dose/P01") == DOSE_READERS
    for course in ("/dose/course", "/api/v1/dose/course"):
        assert TABLE.find("GET", course) == DOSE_READERS
    assert not DOSE_READERS & {Role.ASSESSOR, Role.LAB, Role.STATISTICIAN, Role.ASSISTANT}


def test_who_reads_dose_reads_a_session_and_who_enters_straps_corrects_them() -> None:
    path = "/sessions/7/review"
    assert TABLE.find("GET", path) == DOSE_READERS
    assert TABLE.find("POST", path) == STRAP_CORRECTORS
    grants = {role: given["wearing"] for role, given in GRANTS.items() if "wearing" in given}
    correctors = {role for role, grant in grants.items() if grant is not Grant.COPY}
    assert correctors == STRAP_CORRECTORS
    for of_programs in ("/api/v1/sessions/7/review", "/api/v1/sessions/7/traces/P01"):
        assert TABLE.find("GET", of_programs) == DOSE_READERS
        assert not is_page(of_programs)


def test_who_prints_a_sheet_who_copies_it_and_who_decides() -> None:
    """Who copies is who the ledger takes copies of; whoever is blinded sees no sheet."""
    copyists = frozenset({Role.TRAINER, Role.DATA_MANAGER})
    assert TABLE.find("GET", "/sessions/7/sheet") == copyists | {Role.ASSISTANT, Role.RESEARCHER}
    for method in ("GET", "POST"):
        assert TABLE.find(method, "/sessions/7/transcribe") == copyists
    assert TABLE.find("GET", "/sessions/7/contradictions") == DOSE_READERS
    assert TABLE.find("POST", "/sessions/7/contradictions") == frozenset({Role.TRAINER})
    copying = {role for role in GRANTS if set(GRANTS[role]) >= set(SHEET_KINDS)}
    assert copying == copyists


def test_who_sees_measurements_and_who_sees_what_was_found_in_blood() -> None:
    """A trainer sees no blood result, a laboratory nobody's measurements."""
    assert {role for role in Role if may(role, "/participants")} == {
        Role.RESEARCHER, Role.DATA_MANAGER, Role.MONITOR, Role.CLINICIAN, Role.ASSESSOR,
        Role.STATISTICIAN,
    }  # fmt: skip
    assert {role for role in Role if may(role, "/samples")} == {
        Role.RESEARCHER, Role.DATA_MANAGER, Role.MONITOR, Role.ASSESSOR, Role.LAB,
        Role.STATISTICIAN,
    }  # fmt: skip
    for enters in (TABLE.find("POST", "/participants"), TABLE.find("POST", "/samples")):
        assert isinstance(enters, frozenset)
        assert not enters & {Role.STATISTICIAN, Role.MONITOR}


def test_who_hands_datasets_out_knows_who_trains_anyway() -> None:
    for path in ("/export", "/export/x", "/export/x/dataset.zip"):
        assert TABLE.find("GET", path) == frozenset({Role.RESEARCHER, Role.DATA_MANAGER})
    assert all(SIGHTS[role].knows_arm for role in EXPORT_WATCHERS)
    assert not is_page("/export/x/dataset.zip")


def test_who_analyses_who_locks_and_who_only_reads() -> None:
    """Whoever trains, treats, measures or keeps the server sees no result."""
    readers = {Role.RESEARCHER, Role.DATA_MANAGER, Role.STATISTICIAN, Role.MONITOR}
    assert {role for role in Role if may(role, "/analysis")} == readers
    for path in ("/analysis/plan", "/analysis/lock", "/analysis/runs/x", "/analysis/runs/x/dose"):
        assert TABLE.find("GET", path) == frozenset(readers)
        assert is_page(path)
    for name in ("report.html", "report.pdf", "results.json"):
        assert TABLE.find("GET", f"/analysis/runs/x/{name}") == frozenset(readers)
        assert not is_page(f"/analysis/runs/x/{name}")
    analysts = frozenset({Role.RESEARCHER, Role.STATISTICIAN})
    assert TABLE.find("POST", "/analysis/plan") == analysts
    assert TABLE.find("POST", "/analysis/runs") == analysts
    lockers = frozenset({Role.RESEARCHER, Role.DATA_MANAGER})
    assert TABLE.find("POST", "/analysis/lock") == lockers
    assert readers <= set(SIGHTS)  # whether she is blinded is read there
    assert not SIGHTS[Role.STATISTICIAN].knows_arm


def test_a_page_with_a_parameter_is_a_page_for_every_value() -> None:
    assert is_page("/sessions/01a1367e-2880-7c78-b430-f45a1bfb5e05/review")
    assert may(Role.MONITOR, REVIEW_PATH)
    for other in ("/sessions/7/review/", "/sessions/7/8/review", "//evil.example/review", "/x"):
        assert not is_page(other)


def test_every_page_is_in_the_table_for_somebody() -> None:
    assert all(isinstance(POLICY["GET", page], frozenset) for page in PAGES)
