"""The disk alarm speaks at 80 % and at 90 %, once each, and when there is room again."""

import logging
import shutil
from pathlib import Path

import pytest

from server.db.disk import DiskAlarm, read_used_share


def test_a6_the_alarm_speaks_when_a_limit_is_crossed(caplog: pytest.LogCaptureFixture) -> None:
    alarm = DiskAlarm(Path("study"))
    with caplog.at_level(logging.INFO):
        for used_share in (0.1, 0.79, 0.80, 0.85, 0.90, 0.99, 0.95, 0.5, 0.4):
            alarm.note(used_share)
    levels = [entry.levelname for entry in caplog.records]
    assert levels == ["WARNING", "ERROR", "INFO"]
    assert "ballast" in caplog.records[1].getMessage()


def test_the_share_lies_between_nothing_and_all(tmp_path: Path) -> None:
    """Witness: Python's own reading of the same disk."""
    witness = shutil.disk_usage(tmp_path)
    used_share = witness.used / (witness.used + witness.free)
    assert read_used_share(tmp_path) == pytest.approx(used_share, abs=0.02)
