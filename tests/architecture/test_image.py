"""What people keep in this folder gets neither into a container image nor into a commit."""

import re
import shlex
import subprocess
from typing import Any

import pytest
import yaml

from tests.architecture.source_tree import PACKAGES, ROOT

NEEDED = {"requirements.lock", "pyproject.toml", "README.md", "LICENSE", *PACKAGES}
PLACES = re.compile(r"--(?:data|token-file|journal) (\S+?)[`.]*(?=\s|$)", re.MULTILINE)


def _dockerfiles() -> list[str]:
    compose: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    builds = [service["build"] for service in compose["services"].values() if "build" in service]
    return [build["dockerfile_inline"] for build in builds]


def _named_in_readme() -> set[str]:
    return {place.removeprefix("./") for place in PLACES.findall((ROOT / "README.md").read_text())}


def test_an_image_copies_what_installs_the_product_and_no_more() -> None:
    assert _dockerfiles()
    for dockerfile in _dockerfiles():
        lines = [shlex.split(line) for line in dockerfile.splitlines()]
        copied = {name for line in lines if line[0] in {"COPY", "ADD"} for name in line[1:-1]}
        assert copied == NEEDED


def test_a_builder_sees_what_is_copied_and_no_more() -> None:
    text = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    rules = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert {rule[1:] for rule in rules if rule.startswith("!")} == NEEDED
    last_exception = max(n for n, rule in enumerate(rules) if rule.startswith("!"))
    assert "**/*.token" in rules[last_exception:]


def test_git_ignores_every_place_that_the_readme_names() -> None:
    places = _named_in_readme()
    assert {"study", "journal", "gym.token"} <= places
    assert _taken_by_git([*places, "export/index.json", "p07.toml"]) == []


def test_git_keeps_what_the_product_is_made_of() -> None:
    assert _taken_by_git(sorted(NEEDED)) == sorted(NEEDED)


def _taken_by_git(names: list[str]) -> list[str]:
    """Those of the names that git would take into a commit."""
    # A folder's rule ends in a slash and matches what lies in it, whether it exists or not.
    asked = [f"{name}/x" if "." not in name else name for name in names]
    done = subprocess.run(
        ["git", "check-ignore", "--no-index", "--", *asked],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode not in {0, 1}:
        pytest.skip("this tree is not in git")
    hidden = done.stdout.splitlines()
    return [name for name, path in zip(names, asked, strict=True) if path not in hidden]
