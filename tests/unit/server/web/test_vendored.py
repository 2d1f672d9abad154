import hashlib
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from server.web.vendored import VENDOR, load_import_map

FOR_TESTS = Path(__file__).resolve().parents[3] / "browser" / "vendor"


def read_listed(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "VENDORED.toml").read_text(encoding="utf-8")
    listed: list[dict[str, Any]] = tomllib.loads(text)["file"]
    return listed


FILES = [(folder, entry) for folder in (VENDOR, FOR_TESTS) for entry in read_listed(folder)]


@pytest.mark.parametrize(
    ("folder", "entry"), FILES, ids=lambda one: getattr(one, "get", str)("file")
)
def test_every_vendored_file_is_the_one_that_is_listed(folder: Path, entry: dict[str, Any]) -> None:
    content = (folder / entry["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert entry["licence"] in {"MIT", "ISC", "Apache-2.0", "MPL-2.0", "OFL-1.1"}
    assert len((folder / entry["licence_file"]).read_text(encoding="utf-8")) > 500


@pytest.mark.parametrize("folder", [VENDOR, FOR_TESTS])
def test_nothing_lies_there_that_is_not_listed(folder: Path) -> None:
    listed = {entry[key] for entry in read_listed(folder) for key in ("file", "licence_file")}
    assert {path.name for path in folder.iterdir()} == listed | {"VENDORED.toml"}


def test_every_import_of_a_vendored_module_is_in_the_map_once() -> None:
    """Two copies of preact in one page would share no state."""
    imports = json.loads(load_import_map())["imports"]
    assert len(set(imports.values())) == len(imports)
    for entry in read_listed(VENDOR):
        if entry["file"].endswith(".woff2"):
            continue
        text = (VENDOR / entry["file"]).read_text(encoding="utf-8")
        for name in re.findall(r'(?:from|import)\s*"([\w@/.-]+)"', text):
            assert name in imports
