"""What may be done in one place only is done in that place only."""

import ast

from tests.architecture.source_tree import (
    SourceFile,
    calls,
    imported_modules,
    source_files,
    unit_tests,
)

# Task supervisors and outermost edges: they log with traceback and restart, or answer 500.
# server.jobs.bench tells who waits, and logs no words that may hold somebody's value.
# server.daemon_thread only hands the error over to the thread that awaits it; each_session goes on
# with the other sessions, and names those that failed to whoever began the round.
BROAD_EXCEPT_ALLOWED = {
    "gateway.straps.supervisor",
    "gateway.app",
    "server.ingest.writer",
    "server.background",
    "server.daemon_thread",
    "server.jobs.bench",
    "server.live.hub",
    "server.projection.each_session",
}


def _broad_excepts(source: SourceFile) -> list[int]:
    broad = {"Exception", "BaseException"}
    return [
        node.lineno
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in broad))
    ]


def test_broad_excepts_only_in_supervisors() -> None:
    wrong = [
        f"{source.path}:{line}"
        for source in source_files()
        if source.module not in BROAD_EXCEPT_ALLOWED
        for line in _broad_excepts(source)
    ]
    assert wrong == []


def test_no_assert_guards_input() -> None:
    """`python -O` must not change results."""
    wrong = [
        f"{source.path}:{node.lineno}"
        for source in source_files()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Assert)
    ]
    assert wrong == []


def test_only_faults_reads_bleak_exceptions() -> None:
    allowed = {"gateway.straps.faults"}
    wrong = [
        f"{source.path}:{line}"
        for source in source_files()
        if source.module.startswith("gateway") and source.module not in allowed
        for module, line in imported_modules(source)
        if module == "bleak.exc"
    ]
    assert wrong == []


def test_only_the_http_client_reads_http_status() -> None:
    wrong = [
        f"{source.path}:{node.lineno}"
        for source in source_files()
        if source.module.startswith("gateway") and not source.module.endswith("http_client")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr == "status_code"
    ]
    assert wrong == []


def test_only_web_errors_raises_http_errors() -> None:
    wrong = [
        f"{source.path}:{line}"
        for source in source_files()
        if source.module.startswith("server") and source.module != "server.web.errors"
        for name, line in calls(source)
        if name.split(".")[-1] == "HTTPException"
    ]
    assert wrong == []


def test_nothing_unfinished_is_called_done() -> None:
    wrong = [
        f"{source.path}:{number}"
        for source in source_files()
        for number, line in enumerate(source.text.splitlines(), 1)
        if any(mark in line for mark in ("TODO", "FIXME", "XXX", "NotImplementedError"))
    ]
    assert wrong == []


def test_unit_tests_use_no_mocks_and_no_sleeps() -> None:
    mocks = [
        f"{source.path}:{line} imports {module}"
        for source in unit_tests()
        for module, line in imported_modules(source)
        if module.startswith(("unittest.mock", "mock", "pytest_mock"))
    ]
    sleeps = [
        f"{source.path}:{line} calls {name}"
        for source in unit_tests()
        for name, line in calls(source)
        if name in {"time.sleep", "asyncio.sleep", "sleep"}
    ]
    assert mocks + sleeps == []
