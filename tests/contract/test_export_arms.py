"""Promise, threat 12: nobody who has a dataset can tell who trains, unless arms were approved."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from protocol.identifiers import parse_participant_code
from server.errors import RuleError
from server.export.dataset.building import Order, build_dataset
from server.export.dataset.profiles import ALL
from server.export.dataset.pseudonyms import make_pseudonym
from server.export.dataset.study_view import StudyView
from server.projection.opening import open_derived
from server.projection.projecting import Projector
from server.study.entry import Entry
from server.study.fact_kind import FactKind
from server.study.measured_heart import MeasuredHeart, Sex
from server.study.measured_hearts import add_measured_heart
from server.study.measurement import TimePoint
from server.study.recipients import HandedOut, add_recipient, note_handed_out
from server.study.told_parts import Part
from tests.analysis_study import CODES, TRAINING, N, fill, hold_course
from tests.contract.test_export_dataset import add_recipient as add_by_command
from tests.contract.test_export_dataset import approve, export_to
from tests.server_process import run_command
from tests.studies import Study, make_study
from tests.study_people import read_values, store

FIRST: Final = datetime(2026, 9, 7, 17)  # noqa: DTZ001 (the course puts its own zone)
KEY: Final = bytes(32)
TRAINS: Final = frozenset(make_pseudonym(KEY, code) for code in TRAINING)
ALL_OF_THEM: Final = frozenset(make_pseudonym(KEY, code) for code in CODES)
# What training is to change: whoever analyses blindly sees it, and no export can hide it.
OUTCOMES: Final = ("value", "value_pg_ml", "bdnf_plasma_post_pg_ml")


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """SIMULATED: as trials are, hearts are measured of whoever trains, and only she trained
    two days before the draw.
    """
    study = make_study(tmp_path_factory.mktemp("arms") / "study")
    with study.open() as storage:
        fill(storage.database)
        for place, code in enumerate(CODES):
            whose = parse_participant_code(code)
            hours = 49.0 if code in TRAINING else 900.0 + place
            told: dict[str, object] = {"exercise_h": hours, "sleep_h": 7.0}
            store(storage.database, Entry(FactKind.DRAW, whose, TimePoint.POST, read_values(told)))
            if code in TRAINING:
                heart = MeasuredHeart(60.0 + place, Sex.FEMALE, 181.0, None, None)
                add_measured_heart(storage.database, whose, heart, "os:test", None)
        hold_course(storage, FIRST)
        with open_derived(study.path) as derived:
            Projector(storage.database, derived, lambda: 1_790_000_000_000_000_000).project_new()
    return study


def export(study: Study, out: Path, part: Part, *approved: str) -> Path:
    out.mkdir()
    with (
        study.open() as storage,
        open_derived(study.path) as derived,
        storage.database.reading() as told,
        derived.reading() as worked_out,
    ):
        name = partial(make_pseudonym, KEY)
        view = StudyView(told, worked_out, name, "2026-12-24T00:00:00.000Z")
        order = Order(ALL["csv"], "lab", frozenset(approved), None, True, {}, "00", part=part)
        build_dataset(view, out, order)
    return out


def find_ways(folder: Path) -> set[str]:
    """How the files alone part all who train from all others: by a row, a value, or a threshold."""
    return {
        f"{path.stem}.{name}"
        for path in sorted(folder.glob("*.csv"))
        for name, told in _read_signs(path)
        if _parts(told)
    }


def _read_signs(path: Path) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """(name, by pseudonym her cells) of rows, and of each column at each time point."""
    signs: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if "participant" not in row:
                return
            who = row.pop("participant")
            signs["row"][who].append("row")
            at = row.get("time_point", "") + row.get("metric", "")
            for column, cell in row.items():
                signs[f"{column} {at}".strip()][who].append(cell)
    for name, told in signs.items():
        yield name, dict(told)


def _parts(told: dict[str, list[str]]) -> bool:
    """By presence, by having other values than all others, or by a threshold."""
    cells = {who: tuple(sorted(told.get(who, []))) for who in ALL_OF_THEM}
    there = {who for who, hers in cells.items() if any(hers)}
    hers = [cells[who] for who in TRAINS]
    others = [cells[who] for who in ALL_OF_THEM - TRAINS]
    if there == TRAINS or there == ALL_OF_THEM - TRAINS:
        return True
    if len({*hers}) == 1 and {*hers}.isdisjoint(others):
        return True
    numbers = [[float(one) for row in side for one in row if _is_number(one)]
               for side in (hers, others)]  # fmt: skip
    if not all(len(one) >= N // 2 - 1 for one in numbers):
        return False
    low, high = sorted(numbers, key=min)
    return max(low) < min(high)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def is_outcome(way: str) -> bool:
    return way.split(".")[1].split(" ", maxsplit=1)[0] in OUTCOMES


def test_the_attack_finds_the_arm_where_the_whole_goes_out(trial: Study, tmp_path: Path) -> None:
    """Else that it finds nothing elsewhere would say nothing."""
    ways = find_ways(export(trial, tmp_path / "whole", Part.WHOLE, "arms"))
    assert ways >= {
        "attendance.row", "course.row", "weeks.row", "dose.row", "participants.arm",
        "participants.hr_rest_bpm", "samples.exercise_h post", "analysis.srpe_load_au",
        "measurements.hr_rest_bpm baseline", "samples.value_pg_ml post",
    }  # fmt: skip


@pytest.mark.parametrize("words", [(), ("exact_values", "dates", "free_text", "serials")])
def test_no_row_no_presence_and_no_threshold_tells_the_arm_beside_outcomes(
    trial: Study, tmp_path: Path, words: tuple[str, ...]
) -> None:
    out = export(trial, tmp_path / "outcomes", Part.OUTCOMES, *words)
    assert {way for way in find_ways(out) if not is_outcome(way)} == set()
    with (out / "samples.csv").open(encoding="utf-8", newline="") as stream:
        assert sum(row["value_pg_ml"] != "" for row in csv.DictReader(stream)) == 2 * N - 1


def test_where_sessions_go_out_no_outcome_does(trial: Study, tmp_path: Path) -> None:
    out = export(trial, tmp_path / "sessions", Part.SESSIONS)
    assert "attendance.row" in find_ways(out)
    assert (out / "samples.csv").read_text().count("\n") == 1
    with (out / "measurements.csv").open(encoding="utf-8", newline="") as stream:
        after = [row for row in csv.DictReader(stream) if row["time_point"] == "post"]
    kept = {row[name] for row in after for name in row if not name.endswith("_why")}
    assert kept == {"post", "", *ALL_OF_THEM}
    with (out / "analysis.csv").open(encoding="utf-8", newline="") as stream:
        told = list(csv.DictReader(stream))
    assert {row["bdnf_plasma_pre_pg_ml_why"] for row in told} == {"withheld"}
    assert sum(row["srpe_load_au"] != "" for row in told) == len(TRAINING)


def test_manifest_and_guide_say_which_half_it_is(trial: Study, tmp_path: Path) -> None:
    out = export(trial, tmp_path / "outcomes", Part.OUTCOMES)
    told = json.loads((out / "manifest.json").read_text())["arms"]
    assert (told["approved"], told["part"], told["unblinded"]) == (False, "outcomes", False)
    assert "attendance" in told["tables_without_rows"]
    assert "participants.hr_rest_bpm" in told["withheld"]
    guide = (out / "README.md").read_text()
    assert "holds outcomes and nothing that only those have who train" in guide
    assert "still blinded" in guide


def test_the_analysis_table_has_everybody_with_blood_and_dose(trial: Study, tmp_path: Path) -> None:
    out = export(trial, tmp_path / "whole", Part.WHOLE, "arms")
    with (out / "analysis.csv").open(encoding="utf-8", newline="") as stream:
        told = {row["participant"]: row for row in csv.DictReader(stream)}
    assert told.keys() == ALL_OF_THEM
    hers = told[make_pseudonym(KEY, CODES[0])]
    assert (hers["arm"], hers["bdnf_plasma_pre_pg_ml"]) == ("training", "201")
    assert (hers["srpe_load_au_coverage"], hers["sessions_attended"]) == ("1", "24")
    other = told[make_pseudonym(KEY, CODES[-1])]
    assert (other["srpe_load_au"], other["srpe_load_au_why"]) == ("", "not_applicable")
    assert other["bdnf_plasma_post_pg_ml_why"] == "haemolysed"
    assert other["gdnf_serum_pre_pg_ml_why"] == "not_recorded"
    assert not any("change" in name for name in hers)


PAIRS: Final = (
    (Part.OUTCOMES, Part.SESSIONS, False),
    (Part.SESSIONS, Part.OUTCOMES, False),
    (Part.WHOLE, Part.OUTCOMES, False),
    (Part.OUTCOMES, Part.OUTCOMES, True),
    (Part.OUTCOMES, Part.WHOLE, True),
    (Part.NEITHER, Part.OUTCOMES, True),
)


@pytest.mark.parametrize(("first", "second", "may"), PAIRS)
def test_no_two_datasets_of_one_recipient_put_the_halves_together(
    tmp_path: Path, first: Part, second: Part, *, may: bool
) -> None:
    study = make_study(tmp_path / "study")
    with study.open() as storage:
        add_recipient(storage.database, "lab", tmp_path / "lab.key", "os:test")
        note_handed_out(storage.database, _hand_out(first), "ana")
        if may:
            note_handed_out(storage.database, _hand_out(second), "ana")
            return
        with pytest.raises(RuleError, match="dataset 1 of lab, joined with the"):
            note_handed_out(storage.database, _hand_out(second), "ana")


def _hand_out(part: Part) -> HandedOut:
    return HandedOut("lab", "csv", (), None, "0f" * 32, part=part)


def test_the_command_refuses_the_other_half_and_gives_both_with_arms(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    key = str(add_by_command(study, "lab"))
    assert "holds outcomes only" in export_to(study, "lab", tmp_path / "outcomes")
    words = ("--profile", "csv", "--recipient", "lab", "--key-file", key)
    out = tmp_path / "sessions"
    done = run_command("export", *words, "--part", "sessions", "--out", str(out), *study.arguments)
    assert (done.returncode, done.stderr.count("\n"), out.exists()) == (2, 1, False)
    assert "have a second person approve arms, or add a recipient" in done.stderr
    approve(study, "lab", "arms")
    assert "only; without rows" not in export_to(
        study, "lab", tmp_path / "both", "--approve", "arms"
    )
