"""The notebooks run, cell by cell, on a dataset whose truth is known."""

import contextlib
import io
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from server.export.dataset.absence import Absent
from server.export.dataset.codebook import TABLE as CODEBOOK
from server.export.dataset.codebook import list_codebook
from server.export.dataset.column import Cell
from server.export.dataset.formats.csv_file import write_csv
from server.export.dataset.sources import course, participants, samples
from server.export.dataset.table import Row, Table
from server.export.dataset.tallied import Tally

NOTEBOOKS = Path(__file__).parents[2] / "server" / "export" / "notebooks"
N_PER_ARM = 12
EFFECT, SLOPE = 200.0, 0.02  # pg/mL, and pg/mL per AU


def fill(table: Table, cells: dict[str, Cell]) -> Row:
    """A row of which all else is absent."""
    return {one.name: cells.get(one.name, Absent("not_recorded")) for one in table.columns}


def list_rows() -> list[tuple[Table, list[Row]]]:
    """SIMULATED: 12 in each arm; post is pre plus an effect and a slope on dose, plus noise."""
    generator = np.random.default_rng(7)
    found: dict[str, list[Row]] = {"participants": [], "samples": [], "course": []}
    for place in range(2 * N_PER_ARM):
        who, arm = f"p{place:02d}", "training" if place % 2 else "control"
        pre, dose = generator.normal(220, 20), generator.normal(4_300, 600)
        post = pre + generator.normal(0, 2)
        plain: dict[str, Cell] = {"participant": who}
        found["participants"].append(fill(participants.TABLE, {
            **plain, "arm": arm, "heat_sensitive": False, "hr_unreliable": False,
        }))  # fmt: skip
        if arm == "training":
            post += EFFECT + SLOPE * (dose - 4_300)
            found["course"].append(fill(course.TABLE, {
                **plain, "metric": "srpe_load_au", "unit": "AU", "total": float(dose),
                "n_known": 24, "n_sessions": 24,
            }))  # fmt: skip
        for point, value in (("baseline", pre), ("post", post)):
            found["samples"].append(fill(samples.TABLE, {
                **plain, "time_point": point, "analyte": "bdnf", "matrix": "plasma",
                "value_pg_ml": float(value),
            }))  # fmt: skip
    tables = (participants.TABLE, samples.TABLE, course.TABLE)
    return [(one, found[one.name]) for one in tables]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "dataset"
    place.mkdir()
    tables = []
    filled = list_rows()
    for table, rows in filled:
        tally = Tally(table)
        write_csv(place / f"{table.name}.csv", table, tally.count(rows))
        reasons: dict[str, dict[str, int]] = {}
        for (column, reason), n in tally.absent.items():
            reasons.setdefault(column, {})[reason] = n
        tables.append({"name": table.name, "rows": tally.n_rows, "absent": reasons})
    write_csv(place / "codebook.csv", CODEBOOK, list_codebook([table for table, _ in filled]))
    files = [
        {"name": one.name, "sha256": sha256(one.read_bytes()).hexdigest()}
        for one in sorted(place.iterdir())
    ]
    manifest = {"profile": "csv", "simulated": True, "tables": tables, "files": files}
    (place / "manifest.json").write_text(json.dumps(manifest))
    return place


def run_notebook(name: str) -> tuple[dict[str, Any], str]:
    """What its cells define, and what they print; a cell that raises names itself."""
    cells = json.loads((NOTEBOOKS / name).read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        for one in cells:
            if one["cell_type"] == "code":
                exec(compile("".join(one["source"]), f"{name}, {one['id']}", "exec"), names)  # noqa: S102
    return names, printed.getvalue()


def test_a_first_look(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    names, printed = run_notebook("first_look.ipynb")
    assert printed.startswith("SIMULATED ['participants', 'samples', 'course']")
    assert "samples.cycle_day: {'not_recorded': 48}" in printed
    assert len(names["load"]) == N_PER_ARM


def test_dose_and_response(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    names, printed = run_notebook("dose_and_response.ipynb")
    assert names["results"]["refusals"] == []
    assert names["primary"]["estimate"] == pytest.approx(EFFECT, abs=10)
    assert names["slope"]["estimate"] == pytest.approx(SLOPE, abs=0.005)
    assert "smallest slope that this size shows" in printed


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.name)
def test_a_notebook_is_kept_without_what_it_printed(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert all(one.get("outputs", []) == [] for one in cells)
    assert {one["cell_type"] for one in cells} == {"markdown", "code"}
