"""A dataset folder in Python: what was handed out, typed, and nothing else."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from server.errors import SettingsError
from server.export.dataset.absence import Absent
from server.export.dataset.codebook import TABLE as CODEBOOK
from server.export.dataset.codebook import list_codebook
from server.export.dataset.formats.csv_file import write_csv
from server.export.dataset.formats.parquet_file import write_parquet
from server.export.dataset.sources import dose
from server.export.dataset.table import Row
from server.export.opening import open_dataset


def row(session: int, who: str, delivered: float | None) -> Row:
    absent = Absent("not_applicable")
    return {
        "session_number": session, "participant": who, "metric": "srpe_load_au",
        "category": "all", "unit": "AU", "planned": absent,
        "delivered": Absent("not_recorded") if delivered is None else delivered,
        "coverage": absent, "flags": absent, "version": 1,
    }  # fmt: skip


ROWS = [row(1, "a", 180.0), row(1, "b", 60.0), row(2, "a", None), row(2, "b", 240.0)]


def make(folder: Path, profile: str = "csv") -> Path:
    write = write_csv if profile == "csv" else write_parquet
    write(folder / f"dose.{profile}", dose.TABLE, ROWS)
    write_csv(folder / "codebook.csv", CODEBOOK, list_codebook([dose.TABLE]))
    files = [
        {"name": path.name, "sha256": sha256(path.read_bytes()).hexdigest()}
        for path in sorted(folder.iterdir())
    ]
    manifest = {
        "profile": profile,
        "simulated": True,
        "tables": [{"name": "dose", "rows": 4, "absent": {"delivered": {"not_recorded": 1}}}],
        "files": files,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


@pytest.mark.parametrize("profile", ["csv", "parquet"])
def test_a_table_has_its_types_and_its_reasons(tmp_path: Path, profile: str) -> None:
    dataset = open_dataset(make(tmp_path, profile))
    table = dataset.table("dose")
    assert table["delivered"].tolist()[:2] == [180.0, 60.0]
    assert table["delivered"].isna().tolist() == [False, False, True, False]
    assert table["delivered_why"].dropna().tolist() == ["not_recorded"]
    assert table["session_number"].tolist() == [1, 1, 2, 2]
    assert (dataset.is_simulated, dataset.names) == (True, ["dose"])
    assert dataset.count_reasons("dose") == {"delivered": {"not_recorded": 1}}


def test_a_sum_says_how_many_sessions_it_lacks(tmp_path: Path) -> None:
    told = open_dataset(make(tmp_path)).sum_dose("srpe_load_au")
    assert told.to_dict("records") == [
        {"participant": "a", "n_sessions": 1, "delivered": 180.0, "n_absent": 1},
        {"participant": "b", "n_sessions": 2, "delivered": 300.0, "n_absent": 0},
    ]


def test_a_file_that_was_changed_is_refused(tmp_path: Path) -> None:
    make(tmp_path)
    with (tmp_path / "dose.csv").open("a") as file:
        file.write("3,c,srpe_load_au,all,AU,,,1,,,,,,1\n")
    with pytest.raises(SettingsError, match=r"dose\.csv isn't what was handed out"):
        open_dataset(tmp_path)


def test_what_is_no_dataset_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is no dataset"):
        open_dataset(tmp_path)
    make(tmp_path)
    (tmp_path / "dose.csv").unlink()
    with pytest.raises(SettingsError, match="is missing"):
        open_dataset(tmp_path)


def test_a_table_that_isnt_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no table sets"):
        open_dataset(make(tmp_path)).table("sets")
