"""The repository itself: what must never be committed, and what must be there."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source_tree import PACKAGES, ROOT, tracked_files

# Spelt in halves, so that this file doesn't hold what it looks for.
REGISTRY_HOSTS = ("python" + "hosted", "py" + "pi.org", "npm" + "js", "deb.deb" + "ian")
MACHINE_PATHS = ("/wo" + "rk/", "/ho" + "me/", "/ro" + "ot/")
RECORDS = sorted((ROOT / "protocol" / "decisions").glob("0*.md"))
TEXT_LIMIT_BYTES = 4_000_000
TOP_LEVEL = {
    "gateway", "server", "protocol", "firmware_sim", "tests", "docker-compose.yml",
    "pyproject.toml", "README.md", "Makefile", "LICENSE", "CHANGELOG.md", "requirements.lock",
    ".ci", ".pre-commit-config.yaml", ".gitignore", ".dockerignore",
}  # fmt: skip


def _holding(words: tuple[str, ...]) -> list[str]:
    found = []
    for name in tracked_files():
        path = ROOT / name
        if not path.is_file() or path.stat().st_size > TEXT_LIMIT_BYTES:
            continue
        content = path.read_bytes()
        found += [f"{name}: {word}" for word in words if word.encode() in content]
    return found


def test_nothing_names_a_package_registry() -> None:
    assert _holding(REGISTRY_HOSTS) == []


def test_nothing_names_a_path_of_one_machine() -> None:
    assert _holding(MACHINE_PATHS) == []


def test_top_level_is_the_agreed_one() -> None:
    assert {name.split("/")[0] for name in tracked_files()} <= TOP_LEVEL


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_has_a_readme_of_one_screen(package: str) -> None:
    lines = (ROOT / package / "README.md").read_text(encoding="utf-8").splitlines()
    assert 5 <= len(lines) <= 70


def test_changelog_has_an_open_section() -> None:
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_decision_says_what_enforces_it() -> None:
    records = sorted((ROOT / "protocol" / "decisions").glob("0*.md"))
    assert records
    for record in records:
        text = record.read_text(encoding="utf-8")
        for heading in ("## Context", "## Decision", "## Consequences", "## What enforces it"):
            assert heading in text, f"{record.name} has no {heading!r}"


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_every_decision_names_files_that_exist(record: Path) -> None:
    named = re.findall(r"`([^`\s]+/[^`\s]*(?:\.\w+|/))`", record.read_text(encoding="utf-8"))
    places = [name for name in named if name.split("/")[0] in {*PACKAGES, "tests"}]
    assert [name for name in places if not list(ROOT.glob(name.rstrip("/")))] == []


@pytest.mark.parametrize("place", ["README.md", *(f"{package}/README.md" for package in PACKAGES)])
def test_a_block_of_commands_can_be_pasted(place: str) -> None:
    """The programs are installed in .venv, which no shell looks into by itself."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / place).read_text(encoding="utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert [line for line in lines if line.startswith("doseline-")] == []


def test_no_two_decisions_have_one_number() -> None:
    records = sorted(path.name for path in (ROOT / "protocol" / "decisions").glob("0*.md"))
    numbers = [name.split("-")[0] for name in records]
    assert len(set(numbers)) == len(numbers), records
    for name, number in zip(records, numbers, strict=True):
        text = (ROOT / "protocol" / "decisions" / name).read_text(encoding="utf-8")
        assert text.startswith(f"# {number} "), name


def test_the_three_commands_are_installed_by_name() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {
        "doseline-gateway": "gateway.cli:main",
        "doseline-server": "server.cli:main",
        "doseline-sim": "firmware_sim.cli:main",
    }
