"""A simulated trial, from its straps' bytes to dose, against what its simulator says is true."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from firmware_sim.trial.blood.model import SLOPE_PG_ML_PER_AU
from server.db.database import Database, sqlite_url
from server.dose.quantity import Quantity
from server.projection.metric_store import read_metrics
from server.projection.opening import open_derived
from server.study.recorded import read_measurements, read_samples
from tests.night_seed import describe_night_seed, read_night_seed

BPM, SHARE_OF_TRIMP = 1.0, 0.03  # the promise
WELL_COVERED = 0.95
LOAD_AU = 0.05  # of some 200: times are told in ms
SIZE_BYTES = 150_000_000


def _run(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-P", "-m", *words], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def _make(out: Path, *words: str) -> dict[str, Any]:
    assert "SIMULATED" in _run("firmware_sim", "trial", "--out", str(out), *words)
    truth: dict[str, Any] = json.loads((out / "truth.json").read_text(encoding="utf-8"))
    assert truth["simulated"] is True
    return truth


@dataclass(frozen=True, slots=True)
class Recovered:
    """The truth about one woman in one session, and what was derived."""

    true: dict[str, Any]
    mean_bpm: Quantity
    trimp_au: Quantity
    load_au: Quantity

    @property
    def is_right(self) -> bool:
        """Missing for the right reason; else near the truth, wherever it was heard well. What was
        written down of her effort is never missing.
        """
        if abs((self.load_au.value or 0.0) - float(self.true["srpe_load_au"])) > LOAD_AU:
            return False
        reasons = {self.mean_bpm.missing, self.trimp_au.missing}
        if self.true["expected_missing"] or reasons != {None}:
            return bool(reasons == {self.true["expected_missing"]})
        if (self.mean_bpm.coverage or 0.0) < WELL_COVERED:
            return True
        off_bpm = (self.mean_bpm.value or 0.0) - float(self.true["mean_hr_bpm"])
        off_share = (self.trimp_au.value or 0.0) / float(self.true["trimp_banister_au"]) - 1.0
        return abs(off_bpm) <= BPM and abs(off_share) <= SHARE_OF_TRIMP


def _recover(data: Path, truth: dict[str, Any]) -> list[Recovered]:
    _run("server", "rebuild", "--data", str(data))
    recovered = []
    with open_derived(data) as derived, derived.reading() as connection:
        for session in truth["sessions"]:
            of_session = read_metrics(connection, session["session"])
            for person in session["people"]:
                own = of_session[person["participant"]]
                told = {one.name: one.delivered for one in own if one.category is None}
                dose = (
                    told["mean_hr_bpm"],
                    told["trimp_banister_prorated_au"],
                    told["srpe_load_au"],
                )
                recovered.append(Recovered(person, *dose))
    return recovered


def _count_reasons(truth: dict[str, Any]) -> set[str]:
    people = [person for session in truth["sessions"] for person in session["people"]]
    return {str(person["expected_missing"]) for person in people}


def _list_troubles(truth: dict[str, Any]) -> set[str]:
    people = [person for session in truth["sessions"] for person in session["people"]]
    return {one["kind"] for person in people for one in person.get("troubles", ())}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Two women who train and two who don't, three sessions."""
    out = tmp_path_factory.mktemp("small") / "trial"
    return out, _make(out, "--participants", "4", "--sessions", "3")


@pytest.mark.timeout(300)
def test_dose_of_a_small_trial_is_what_its_hearts_did(small: tuple[Path, dict[str, Any]]) -> None:
    out, truth = small
    recovered = _recover(out, truth)
    assert len(recovered) == 2 * 3
    assert [one for one in recovered if not one.is_right] == []
    assert sum((one.mean_bpm.coverage or 0.0) >= WELL_COVERED for one in recovered) >= 2
    assert _count_reasons(truth) >= {"None", "no_strap", "low_coverage"}
    assert _list_troubles(truth) == {
        "strap_forgotten", "strap_late", "link_lost", "contact_lost", "swapped",
    }  # fmt: skip


@pytest.mark.timeout(300)
def test_both_arms_are_in_it_and_movement_of_one_session(
    small: tuple[Path, dict[str, Any]],
) -> None:
    out, truth = small
    listed = json.loads(_run("server", "participants", "list", "--json", "--data", str(out)))
    assert [one["arm"] for one in listed] == ["training"] * 2 + ["control"] * 2
    assert [one["arm"] for one in truth["participants"]] == ["training"] * 2 + ["control"] * 2
    with_movement = [one for one in truth["sessions"] if one["has_acceleration"]]
    assert len(with_movement) == 1
    people = [one for one in with_movement[0]["people"] if one["came"]]
    sets = [one for person in people for one in person["repetitions"]]
    assert sum(one["repetitions"] for one in sets) > 50


def test_what_is_there_is_a_data_directory_and_nothing_half_made(
    small: tuple[Path, dict[str, Any]],
) -> None:
    out, _ = small
    assert "whole" in _run("server", "verify-audit", "--data", str(out))
    assert not (out / "simulation" / "data").exists()


def test_loads_of_all_sessions_are_summed_of_who_trains(
    small: tuple[Path, dict[str, Any]],
) -> None:
    _, truth = small
    of_sessions = sum(one["srpe_load_au"] for s in truth["sessions"] for one in s["people"])
    loads = [one["srpe_load_au"] for one in truth["participants"]]
    assert loads[2:] == [None, None]
    assert sum(loads[:2]) == pytest.approx(of_sessions)


def test_measurements_and_blood_of_everybody_are_in_it(
    small: tuple[Path, dict[str, Any]],
) -> None:
    out, truth = small
    with (
        Database(sqlite_url(out / "archive.sqlite3")) as database,
        database.reading() as connection,
    ):
        measurements, samples = read_measurements(connection), read_samples(connection)
    told = [(one.code, one.time_point.value) for one in measurements if one.number]
    assert told == [(f"P0{n}", when) for n in range(1, 5) for when in ("baseline", "post")]
    assert len(samples) == 4 * 2 * 2
    true = {one["participant"]: one["blood"] for one in truth["participants"]}
    reasons = set()
    for one in samples:
        key = one.key
        if (found := one.value_pg_ml) is not None:
            own = true[str(key.code)][key.analyte][key.time_point.value]
            assert found == pytest.approx(own, abs=0.0051)
            assert str(one.answers["plate"].value).startswith("SIMULATED-")
        else:
            reasons.add(str(one.answers["value"].missing))
    assert reasons == {"refused", "lost", "haemolysed", "below_lloq"}
    assert truth["blood"]["variant"] == "effect"
    assert truth["blood"]["dose_slope"]["pg_ml_per_au"] == SLOPE_PG_ML_PER_AU
    before = [one for one in measurements if one.time_point.value == "baseline"]
    hearts = [one.answers["hr_max_bpm"].number for one in before]
    assert hearts == [one["hr_max_bpm"] for one in truth["participants"]]


@pytest.mark.nightly
@pytest.mark.timeout(1800)
def test_dose_of_a_whole_trial_is_what_its_hearts_did(tmp_path: Path) -> None:
    seed = read_night_seed(os.environ)
    sys.stdout.write(describe_night_seed(seed) + "\n")
    out = tmp_path / "trial"
    truth = _make(out, "--seed", str(seed))
    assert sum(path.stat().st_size for path in out.rglob("*") if path.is_file()) <= SIZE_BYTES
    recovered = _recover(out, truth)
    assert len(recovered) == 15 * 24
    assert [one for one in recovered if not one.is_right] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--participants", "31"), "--participants 31: from 2 to 30"),
        (("--sessions", "0"), "--sessions 0: from 1 to 24"),
    ],
)
def test_a_trial_that_is_none_is_refused(tmp_path: Path, words: tuple[str, str], said: str) -> None:
    out = tmp_path / "trial"
    done = subprocess.run(
        [sys.executable, "-m", "firmware_sim", "trial", "--out", str(out), *words],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()
