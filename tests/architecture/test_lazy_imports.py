"""What a server needs for some requests only is loaded with the first of them."""

import subprocess
import sys

import pytest

HEAVY = ("numpy", "scipy", "pandas", "jinja2", "alembic", "psycopg", "argon2", "prometheus_client")
ON_FIRST_USE = (
    "server.sessions.service",
    "server.dose",
    "server.projection",
    "server.web.coverage_desk",
    "server.web.dose_context",
    "server.web.dose_desk",
    "server.analysis",
    "server.export.workshop",
    "server.jobs.bench",
    "server.web.analysis_context",
    "server.web.analysis_desk",
    "server.web.analysis_form",
    "server.web.analysis_plan_desk",
    "server.web.analysis_run_context",
    "server.web.analysis_run_desk",
    "server.web.export_context",
    "server.web.export_desk",
    "server.web.tablet_bundle",
    "server.web.review_context",
    "server.web.review_desk",
    "server.web.limits_context",
    "server.web.limits_desk",
    "server.web.address_view",
    "server.certificates.making",
    "server.web.quality_desk",
    "server.web.strap_labels_view",
    "server.web.study_context",
    "server.web.study_desk",
    "server.web.study_lists",
    "server.study.service",
    "protocol.training.plan",
)


@pytest.fixture(scope="module")
def loaded() -> frozenset[str]:
    """What a server has loaded before its first request."""
    command = [sys.executable, "-c", "import sys, server.app; print(*sys.modules)"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return frozenset(told.split())


@pytest.mark.parametrize("late", HEAVY + ON_FIRST_USE)
def test_what_some_requests_need_loads_with_their_first_use(
    loaded: frozenset[str], late: str
) -> None:
    assert "server.app" in loaded
    assert late not in loaded
