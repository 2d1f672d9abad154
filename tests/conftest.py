"""Rules for the whole suite: in CI, a skipped test is a failed run; a night has a seed."""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.night_seed import NAME, describe_night_seed, read_night_seed

HERE = Path(__file__).parent
SLOW_FOLDERS = ("faults", "browser", "e2e")

# How fast examples are made depends on what else this machine does; other health checks stay.
settings.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("suite")


def pytest_configure() -> None:
    """One seed for this run and its workers, and signals as a shell hands them down."""
    os.environ[NAME] = str(read_night_seed(os.environ))
    # Under nohup every program that tests start would be deaf to a closed terminal, too.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_report_header(config: pytest.Config) -> str | None:
    """The seed, where it is used."""
    is_night = "not nightly" not in config.option.markexpr
    return describe_night_seed(read_night_seed(os.environ)) if is_night else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Longest first: no worker is left alone with a test of minutes at the end."""
    items.sort(key=_guess_haste)


def _guess_haste(item: pytest.Item) -> tuple[bool, float]:
    """Slow folders first, and in them what may take longest."""
    is_quick = item.path.relative_to(HERE).parts[0] not in SLOW_FOLDERS
    allowed = item.get_closest_marker("timeout")
    return is_quick, 0 if is_quick or allowed is None else -float(allowed.args[0])


@pytest.fixture
def night_seed() -> int:
    """The night's seed; told again beside a failure."""
    seed = read_night_seed(os.environ)
    print(describe_night_seed(seed))
    return seed


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
