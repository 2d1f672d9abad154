"""Rules for the whole suite: in CI, a skipped test is a failed run."""

import os

import pytest


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """CI installs everything that tests need, so a skip there hides a missing install step."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not os.environ.get("CI"):
        return
    skipped = reporter.stats.get("skipped", [])
    if skipped:
        reporter.write_line(f"{len(skipped)} skipped in CI: each one hides a missing install step")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
