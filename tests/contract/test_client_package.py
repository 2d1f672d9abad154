"""Promise: whoever is given a dataset opens it with `pip install ".[client]"`, without a server."""

import ast
import json
import subprocess
import sys
import tomllib
from email.parser import Parser
from hashlib import sha256
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pandas as pd
import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.warm_commands import ROOT

OPENING: Final = "server/export/opening.py"
OPEN: Final = """
import sys
sys.path[:0] = [sys.argv[1]]
from server.export.opening import open_dataset
import server.export.opening as opening
assert opening.__file__.startswith(sys.argv[1]), opening.__file__
dataset = open_dataset(sys.argv[2])
sys.path.append(sys.argv[3])
print(dataset.table("people")["age"].sum())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    (made,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(made)


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """As small as one can be."""
    files = {
        "people.csv": "participant,age\na,30\nb,12\n",
        "codebook.csv": "table_name,column_name,kind\npeople,participant,string\n"
        "people,age,integer\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    listed = [{"name": k, "sha256": sha256(v.encode()).hexdigest()} for k, v in files.items()]
    manifest = {"profile": "csv", "simulated": True, "files": listed,
                "tables": [{"name": "people", "rows": 2, "absent": {}}]}  # fmt: skip
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    return tmp_path


def test_the_wheel_opens_a_dataset_with_pandas_alone(wheel: Path, dataset: Path) -> None:
    """No site: neither this checkout nor any library but the one that a table needs."""
    place = str(Path(pd.__file__).parents[1])
    words = [sys.executable, "-I", "-S", "-c", OPEN, str(wheel), str(dataset), place]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=dataset)
    assert (done.returncode, done.stdout) == (0, "42\n"), done.stderr


def test_the_extra_names_what_opening_imports(wheel: Path) -> None:
    with ZipFile(wheel) as packed:
        assert OPENING in packed.namelist()
        (name,) = [one for one in packed.namelist() if one.endswith(".dist-info/METADATA")]
        told = Parser().parsestr(packed.read(name).decode())
        source = packed.read(OPENING).decode()
    assert "client" in (told.get_all("Provides-Extra") or [])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extra = {one.split(">")[0] for one in project["optional-dependencies"]["client"]}
    imported = {
        (one.module or "") if isinstance(one, ast.ImportFrom) else one.names[0].name
        for one in ast.walk(ast.parse(source))
        if isinstance(one, ast.Import | ast.ImportFrom)
    }
    foreign = {one.split(".")[0] for one in imported} - {*sys.stdlib_module_names, "server"}
    assert foreign <= extra
    assert extra == {"pandas", "pyarrow"}  # read_parquet takes pyarrow


def test_the_readme_says_how(wheel: Path) -> None:
    assert 'pip install ".[client]"' in (ROOT / "README.md").read_text()
    assert wheel.suffix == ".whl"
