"""Promise, threat 12: no age can be worked out from what goes out beside its band."""

import csv
import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import pytest
from sqlalchemy import Connection

from protocol.identifiers import parse_participant_code
from server.dose.sensed.heart_metrics import HeartTrace, list_heart_metrics
from server.dose.sensed.heart_profile import HeartProfile
from server.export.dataset.building import Order, build_dataset
from server.export.dataset.disclosure import LEAST
from server.export.dataset.field_columns import QUASI as EXACT
from server.export.dataset.profiles import ALL
from server.export.dataset.pseudonyms import make_pseudonym
from server.export.dataset.study_view import StudyView
from server.export.dataset.withholding import METRICS
from server.projection.heart_profiles import read_profiles
from server.projection.metric_store import write_metrics
from server.projection.opening import open_derived
from server.sessions.service import list_all_sessions
from server.study.measured_heart import Formula, MeasuredHeart, Sex
from server.study.measured_hearts import add_measured_heart
from server.study.told_levels import EXACT_VALUES
from tests.analysis_study import CODES, TRAINING, N, fill, hold_course
from tests.linkage_attack import find_ways, read_numbers
from tests.studies import Study, make_study

FIRST: Final = datetime(2026, 9, 7, 17)  # noqa: DTZ001 (the course puts its own zone)
MINUTES: Final = 30.0
QUASI: Final = EXACT | {f"{name}_band" for name in EXACT}
KEY: Final = bytes(32)
MEAN, SHARE = "dose.delivered mean_hr_bpm all", "dose.delivered mean_share_of_hrmax all"
RESERVE = "dose.delivered mean_hrr all"
OF_MEAN = "reserve of dose.delivered trimp_banister_session_mean_au all, female"


@dataclass(frozen=True, slots=True)
class Trial:
    """A SIMULATED trial in small; maxima are Tanaka's of ages 31 to 45, by pseudonym."""

    study: Study
    true_bpm: dict[str, float]

    def export(self, out: Path, *approved: str) -> Path:
        """As a dataset of CSV files."""
        out.mkdir()
        order = Order(ALL["csv"], "lab", frozenset(approved), None, True, {}, "00")
        with (
            self.study.open() as storage,
            open_derived(self.study.path) as derived,
            storage.database.reading() as told,
            derived.reading() as worked_out,
        ):
            name = partial(make_pseudonym, KEY)
            view = StudyView(told, worked_out, name, "2026-12-24T00:00:00.000Z")
            build_dataset(view, out, order)
        return out


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    study = make_study(tmp_path_factory.mktemp("linkage") / "study")
    with study.open() as storage:
        fill(storage.database)
        for place, code in enumerate(TRAINING):
            age = 31.0 + CODES.index(code)
            heart = MeasuredHeart(60.0 + place * 5 % 17, Sex.FEMALE, None, age, Formula.TANAKA)
            whose = parse_participant_code(code)
            add_measured_heart(storage.database, whose, heart, "os:test", None)
        hold_course(storage, FIRST)
        with storage.database.reading() as connection, open_derived(study.path) as derived:
            with derived.writing() as writing:
                _derive(connection, writing)
            true = {
                make_pseudonym(KEY, code): profile.scale.max.bpm
                for code, profile in read_profiles(connection).items()
                if profile.scale is not None
            }
    return Trial(study, true)


def _derive(study: Connection, derived: Connection) -> None:
    """A heart of every woman in every session, as her strap would have told it."""
    chance = np.random.default_rng(1)
    profiles = read_profiles(study)
    for line in list_all_sessions(study):
        for code in TRAINING:
            metrics = list_heart_metrics(_draw(chance, profiles[code]), profiles[code], "00")
            write_metrics(derived, str(line["id"]), code, metrics)


def _draw(chance: np.random.Generator, profile: HeartProfile) -> HeartTrace:
    """Work and rest in turn at her evening's level."""
    assert profile.scale is not None
    times_s = np.arange(0.0, 60.0 * MINUTES)
    level = chance.uniform(0.45, 0.7)
    reserve = level + 0.12 * np.sin(2 * np.pi * times_s / 120.0)
    rest, most = profile.scale.rest_bpm, profile.scale.max.bpm
    bpm = np.round(rest + reserve * (most - rest))
    return HeartTrace(times_s, bpm, np.ones(len(bpm), dtype=bool), 60.0 * MINUTES, None)


def test_the_attack_finds_every_maximum_where_exact_values_go_out(
    trial: Trial, tmp_path: Path
) -> None:
    """Else that it finds nothing elsewhere would say nothing."""
    ways = find_ways(trial.export(tmp_path / "exact", EXACT_VALUES), trial.true_bpm, MINUTES)
    assert len(trial.true_bpm) == N // 2
    assert ways >= {
        ("a / b", MEAN, SHARE),
        ("rest + (a - rest) / b", MEAN, RESERVE),
        ("rest + (a - rest) / b", MEAN, OF_MEAN),
        ("rest (1 - a) / (b - a)", RESERVE, SHARE),
    }


def test_no_pair_of_numbers_tells_a_maximum_that_goes_out_in_bands(
    trial: Trial, tmp_path: Path
) -> None:
    out = trial.export(tmp_path / "banded")
    assert find_ways(out, trial.true_bpm, MINUTES) == set()
    told = read_numbers(out)[next(iter(trial.true_bpm))]
    assert {RESERVE, "dose.delivered trimp_banister_au all"} <= told.keys()  # the dose stays
    assert {MEAN, SHARE}.isdisjoint(told)


def test_enough_stay_alike_also_among_those_who_are_seen_to_train(
    trial: Trial, tmp_path: Path
) -> None:
    """From the files alone: whoever has a row of attendance trains, and others know who does."""
    out = trial.export(tmp_path / "banded")
    with (out / "attendance.csv").open(encoding="utf-8", newline="") as stream:
        trains = {row["participant"] for row in csv.DictReader(stream)}
    known: dict[str, list[str]] = {}
    for file in ("participants", "measurements"):
        with (out / f"{file}.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                cells = [f"{k} {v}" for k, v in row.items() if k.removesuffix("_why") in QUASI]
                known.setdefault(row["participant"], []).extend(cells)
    groups = Counter((who in trains, *cells) for who, cells in known.items())
    assert len(trains) == N // 2
    assert min(groups.values()) >= LEAST
    disclosure = json.loads((out / "manifest.json").read_text())["disclosure"]
    assert (disclosure["columns"][0], disclosure["k"]) == ("arm", min(groups.values()))


def test_what_is_withheld_says_so_in_its_cells_manifest_and_guide(
    trial: Trial, tmp_path: Path
) -> None:
    out = trial.export(tmp_path / "banded")
    for file, column in (("dose", "delivered"), ("course", "total")):
        with (out / f"{file}.csv").open(encoding="utf-8", newline="") as stream:
            rows = [row for row in csv.DictReader(stream) if row["metric"] in METRICS]
        why = {
            row["metric"]: (row[column], row[f"{column}_why"])
            for row in rows
            if row[f"{column}_why"] != "not_measured"  # no woman has thresholds
        }
        assert why["trimp_edwards_prorated_au"] == ("", "withheld")
        assert why["trimp_banister_prorated_au"][0] != ""
    manifest = json.loads((out / "manifest.json").read_text())
    assert "mean_hr_bpm" in manifest["withheld"]["metrics"]
    assert "`mean_hr_bpm`" in (out / "README.md").read_text()
    assert "`withheld`" in (out / "README.md").read_text()
    exact = trial.export(tmp_path / "exact", EXACT_VALUES)
    assert json.loads((exact / "manifest.json").read_text())["withheld"] == {
        "metrics": [], "flags": [], "columns": [],
    }  # fmt: skip
