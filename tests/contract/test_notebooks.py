"""The notebooks run, cell by cell, on a dataset made by the README's own lines."""

import contextlib
import io
import json
import shlex
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest

from server.people.roles import Role
from tests.analysis_study import EFFECT_PG_ML, TRAINING, fill, hold_course
from tests.server_process import run_command
from tests.staff import PASSWORD, add_person
from tests.studies import make_study
from tests.warm_commands import ROOT

NOTEBOOKS = ROOT / "server" / "export" / "notebooks"
COMMAND: Final = ".venv/bin/doseline-server "
MAKE: Final = (
    "recipients add lab ",
    "approvals ask ",
    "approvals decide ",
    "export --profile csv ",
)
FIRST: Final = datetime(2026, 9, 7, 17)  # noqa: DTZ001 (the course puts its own zone)


def list_readme_lines() -> list[str]:
    """Those that make a dataset of `out/trial`, in the README's order, without their comments."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = [one.removeprefix(COMMAND) for one in text.splitlines() if one.startswith(COMMAND)]
    return [one.split("  #")[0].strip() for one in lines
            if one.startswith(MAKE) and "out/trial" in one]  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a reader of the README stands once it has done them; the trial is a small one."""
    here = tmp_path_factory.mktemp("readme")
    (here / "out").mkdir()
    study = make_study(here / "out" / "trial")
    with study.open() as storage:
        fill(storage.database)
        hold_course(storage, FIRST)
        add_person(storage.database, "bo", Role.RESEARCHER)
    (here / "password").write_text(PASSWORD)
    (here / "password").chmod(0o600)
    lines = list_readme_lines()
    assert len(lines) == len(MAKE)
    for line in lines:
        words = [f"{here}/{one}" if one.startswith("out/") else one for one in shlex.split(line)]
        asks = ["--password-file", f"{here}/password"] if "decide" in words else []
        done = run_command(*words, *asks)
        assert done.returncode == 0, (line, done.stderr)
    return here


def run_notebook(name: str) -> tuple[dict[str, Any], str]:
    """What its cells define, and what they print; a cell that raises names itself."""
    cells = json.loads((NOTEBOOKS / name).read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        for one in cells:
            if one["cell_type"] == "code":
                exec(compile("".join(one["source"]), f"{name}, {one['id']}", "exec"), names)  # noqa: S102
    return names, printed.getvalue()


def test_a_first_look(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    names, printed = run_notebook("first_look.ipynb")
    assert "'participants', 'measurements', 'samples', 'analysis', 'course'" in printed
    assert "samples.cycle_day: {" in printed
    assert len(names["load"]) == len(TRAINING)


def test_dose_and_response(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Training has 200 pg/mL more; its doses have no bearing on that."""
    monkeypatch.chdir(place)
    names, printed = run_notebook("dose_and_response.ipynb")
    assert names["results"]["refusals"] == []
    assert names["primary"]["estimate"] == pytest.approx(EFFECT_PG_ML, abs=10)
    assert names["slope"]["n"] == len(TRAINING)
    assert "smallest slope that this size shows" in printed


def test_without_arms_it_says_what_to_ask_for(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, data = f"{tmp_path}/other.key", ("--data", f"{place}/out/trial")
    assert run_command("recipients", "add", "other", "--key-file", key, *data).returncode == 0
    words = ("--profile", "csv", "--recipient", "other", "--key-file", key)
    (tmp_path / "out").mkdir()
    done = run_command("export", *words, "--out", f"{tmp_path}/out/dataset", *data)
    assert done.returncode == 0, done.stderr
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit, match="Ask for one with --approve arms"):
        run_notebook("dose_and_response.ipynb")
    run_notebook("first_look.ipynb")


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.name)
def test_a_notebook_is_kept_without_what_it_printed(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert all(one.get("outputs", []) == [] for one in cells)
    assert {one["cell_type"] for one in cells} == {"markdown", "code"}
