"""No version is forgotten: raised, it has every session built again."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import server
from server.projection.versions import VERSIONS

ROOT = Path(server.__file__).parent


def list_declared(folder: str) -> Iterator[tuple[str, int]]:
    """Every constant of a module whose name ends in VERSION, by its full name."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        module = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts)
        for statement in ast.parse(path.read_text(encoding="utf-8")).body:
            target = statement.targets[0] if isinstance(statement, ast.Assign) else None
            if isinstance(statement, ast.AnnAssign):
                target = statement.target
            if isinstance(target, ast.Name) and target.id.endswith("VERSION"):
                assert isinstance(statement, ast.Assign | ast.AnnAssign)
                assert isinstance(statement.value, ast.Constant)
                assert isinstance(statement.value.value, int)
                yield f"{module}.{target.id}", statement.value.value


@pytest.mark.parametrize("folder", ["decoding", "dose", "projection"])
def test_every_version_is_in_the_table(folder: str) -> None:
    declared = dict(list_declared(folder))
    declared.pop("server.projection.projecting.PROJECTION_VERSION", None)  # hashed by itself
    assert declared
    assert declared.items() <= VERSIONS.items()
