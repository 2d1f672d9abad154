"""A whole course through the API: eight weeks, 24 sessions, fifteen simulated women."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.timeout(240)
def test_e1_a_course_of_24_sessions_through_the_api(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-m", "firmware_sim", "course", "--out", str(out), "--json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    verdict = json.loads(done.stdout)
    assert verdict == json.loads((out / "course.json").read_text(encoding="utf-8"))
    assert [check for check in verdict["checks"] if not check["passed"]] == []
    assert (verdict["sessions"], verdict["simulated"]) == (24, True)
    assert verdict["entries"] > 24 * 250
    assert verdict["rules"]["earned"] > 20  # somebody climbs
    assert verdict["substitutions"] > 20
    assert verdict["rpe_given_share"] >= 0.95


@pytest.mark.postgres
@pytest.mark.nightly
@pytest.mark.timeout(600)
def test_e1_the_same_on_postgresql(tmp_path: Path, postgresql_url: str) -> None:
    words = ["course", "--plan", "as_printed", "--database", postgresql_url]
    done = subprocess.run(
        [sys.executable, "-m", "firmware_sim", *words, "--out", str(tmp_path / "out")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("PASSED. SIMULATED: 24 sessions")
