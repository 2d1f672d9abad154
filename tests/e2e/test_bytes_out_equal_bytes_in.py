"""Every byte that left a strap is in the archive exactly once: whole rehearsals, briefly."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from firmware_sim.scenario.scenario import load_scenario
from protocol.ble.uuids import HEART_RATE_MEASUREMENT, PMD_DATA
from tests.e2e.evidence import read_archived, read_sent
from tests.rehearsing import Rehearse, failed

VERDICT_KEYS = {
    "passed", "straps", "seconds", "notifications", "gaps_declared", "latency_ms",
    "clock_error_ms", "checks",
}  # fmt: skip


def test_a1_a_rehearsal_from_the_command_line(tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ["rehearse", "--straps", "3", "--seconds", "4", "--out", str(out), "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "firmware_sim", *words], capture_output=True, text=True, check=False
    )
    verdict = json.loads(done.stdout)
    assert verdict == json.loads((out / "verdict.json").read_text(encoding="utf-8"))
    assert [check for check in verdict["checks"] if not check["passed"]] == []
    assert (done.returncode, verdict["passed"], verdict["straps"]) == (0, True, 3)
    assert verdict.keys() >= VERDICT_KEYS
    sent = read_sent(out)
    assert sent == read_archived(out)
    assert {stream for _, stream in sent} >= {HEART_RATE_MEASUREMENT, PMD_DATA}
    assert verdict["notifications"]["sent"] == sum(len(values) for values in sent.values())
    carried, _, _ = (out / "journal" / "most-streaming").read_text().partition(" ")
    assert carried == "3"  # what the gateway says that its radio carried at once


async def test_a1_only_rostered_straps_and_agreed_streams(
    rehearse: Rehearse, tmp_path: Path
) -> None:
    verdict = await rehearse(3, n_straps=4, n_strangers=1, heart_rate_only=frozenset({0}))
    assert failed(verdict) == {}
    sent, archived = read_sent(tmp_path), read_archived(tmp_path)
    assert sent == archived
    movement = {strap for strap, stream in sent if stream == PMD_DATA}
    assert movement == {"51ADA002", "51ADA003"}
    assert {strap for strap, _ in sent} == {"51ADA001", *movement}


async def test_a1_generic_straps(rehearse: Rehearse, tmp_path: Path) -> None:
    verdict = await rehearse(3, n_straps=3, model="generic")
    assert failed(verdict) == {}
    assert read_sent(tmp_path) == read_archived(tmp_path)


@pytest.mark.postgres
async def test_a1_on_postgresql(rehearse: Rehearse, tmp_path: Path, postgresql_url: str) -> None:
    verdict = await rehearse(3, n_straps=3, database=postgresql_url)
    assert failed(verdict) == {}
    assert read_sent(tmp_path) == read_archived(tmp_path)


@pytest.mark.nightly
@pytest.mark.timeout(1200)
async def test_a1_ten_minutes_without_a_server(rehearse: Rehearse, tmp_path: Path) -> None:
    """As `doseline-sim rehearse --straps 15 --seconds 620 --faults server_away`."""
    faults = load_scenario("server_away").faults
    verdict = await rehearse(620, faults, n_straps=15, scenario="server_away")
    assert failed(verdict) == {}
    sent = read_sent(tmp_path)
    assert sent == read_archived(tmp_path)
    assert sum(len(values) for values in sent.values()) > 15 * 2 * 600  # hearts and movement


@pytest.mark.nightly
@pytest.mark.timeout(300)
async def test_a1_a12_sixty_seconds_of_trouble(rehearse: Rehearse) -> None:
    faults = load_scenario("faults").faults
    verdict = await rehearse(60, faults, n_straps=15, scenario="faults")
    assert failed(verdict) == {}
    assert verdict.gaps_declared > 0
