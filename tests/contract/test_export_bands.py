"""Promise, threat 12: by default what could tell who she is goes out in bands, and k holds."""

import csv
import json
from collections import Counter
from pathlib import Path

import pyreadstat
import pytest

from server.export.dataset.disclosure import LEAST
from tests.banded_study import N, add_women
from tests.contract.test_export_dataset import add_recipient, approve, export_to, read_bytes, rows
from tests.studies import Study, make_study


@pytest.fixture
def study_of_women(tmp_path: Path) -> Study:
    study = make_study(tmp_path / "study")
    with study.open() as storage:
        add_women(storage.database)
    add_recipient(study, "lab")
    return study


def count_alike(path: Path) -> int:
    """The smallest group in a file as a stranger has it, by all that isn't a measurement of use."""
    told: dict[str, list[str]] = {}
    for row in rows(path):
        known = {k: v for k, v in row.items() if k.endswith(("_band", "_band_why"))}
        known |= {"sex": row.get("sex", ""), "dmt": row.get("dmt", "")}
        told.setdefault(row["participant"], []).append(repr(sorted(known.items())))
    return min(Counter(map(tuple, told.values())).values())


def test_ages_go_out_in_bands_that_hide_everybody(study_of_women: Study, tmp_path: Path) -> None:
    said = export_to(study_of_women, "lab", tmp_path / "one")
    header = rows(tmp_path / "one" / "measurements.csv")[0].keys()
    assert {"age_y", "edss", "height_cm", "hr_max_bpm"}.isdisjoint(header)
    # 30 to 44, two of each year: bands of five years hold ten women each
    ages = Counter(row["age_y_band"] for row in rows(tmp_path / "one" / "measurements.csv"))
    assert ages == dict.fromkeys(("30 to under 35", "35 to under 40", "40 to under 45"), 20)
    assert "edss_band" not in header  # one woman has 6.5, and would be alone above 4
    assert count_alike(tmp_path / "one" / "measurements.csv") >= LEAST
    manifest = json.loads((tmp_path / "one" / "manifest.json").read_text())
    assert manifest["disclosure"]["k"] >= LEAST
    assert manifest["disclosure_of_exact_values"] | {"columns": None} == {
        "columns": None, "k": 1, "least": LEAST, "participants_in_smaller_groups": N,
    }  # fmt: skip
    band = next(one for one in manifest["bands"] if one["in_place_of"] == "age_y")
    assert band["column"] == "measurements.age_y_band"
    assert band["limits"] == [20, 25, 30, 35, 40, 45, 50, 55, 60, 65]
    assert "measurements.edss" in manifest["left_out"]["exact_values"]
    assert "in bands in place of values: " in said
    assert "measurements.age_y_band" in said
    assert "has 1, 30 participants are in smaller groups than 5 in exact values" in said
    export_to(study_of_women, "lab", tmp_path / "again")
    assert read_bytes(tmp_path / "one") == read_bytes(tmp_path / "again")


def test_the_codebook_and_spss_label_bands_with_their_limits(
    study_of_women: Study, tmp_path: Path
) -> None:
    export_to(study_of_women, "lab", tmp_path / "csv")
    with (tmp_path / "csv" / "codebook.csv").open(encoding="utf-8", newline="") as file:
        book = {(one["table_name"], one["column_name"]): one for one in csv.DictReader(file)}
    told = book["measurements", "age_y_band"]
    assert (told["kind"], told["unit"], told["label"]) == (
        "string", "", "Age, in bands; not a value",
    )  # fmt: skip
    assert "30 to under 35: band: 30 to under 35 a; " in told["allowed"]
    day = book["samples", "drawn_day"]["label"]
    assert "in the study's time zone" in day
    assert day.endswith(book["sessions", "study_day"]["label"])
    guide = (tmp_path / "csv" / "README.md").read_text()
    assert "| `measurements.age_y_band` | age_y | under 20; 20 to under 25;" in guide

    export_to(study_of_women, "lab", tmp_path / "spss", profile="spss")
    frame, meta = pyreadstat.read_sav(tmp_path / "spss" / "measurements.sav")
    labels = meta.variable_value_labels["age_y_band"]
    assert labels[4.0] == "band: 30 to under 35 a"
    assert Counter(frame["age_y_band"]) == {4.0: 20, 5.0: 20, 6.0: 20}
    assert meta.variable_measure["age_y_band"] == "ordinal"
    assert "age_y" not in frame


def test_exact_values_go_out_by_an_approval_that_names_both(
    study_of_women: Study, tmp_path: Path
) -> None:
    number = approve(study_of_women, "lab", "exact_values")
    said = export_to(study_of_women, "lab", tmp_path / "exact", "--approve", "exact_values")
    told = rows(tmp_path / "exact" / "measurements.csv")
    assert {row["age_y"] for row in told} == {str(30 + n) for n in range(15)}
    assert "age_y_band" not in told[0]
    manifest = json.loads((tmp_path / "exact" / "manifest.json").read_text())
    assert manifest["approval"] == {"number": number, "asked_by": "ana", "approved_by": "bo"}
    assert manifest["disclosure"]["k"] == 1
    assert "the smallest group alike has 1" in said
    assert (
        "approved: exact_values, as ana asked (request 1) and bo approved"
        in (tmp_path / "exact" / "README.md").read_text()
    )
    export_to(study_of_women, "lab", tmp_path / "again", "--approve", "exact_values")
    assert read_bytes(tmp_path / "exact") == read_bytes(tmp_path / "again")
