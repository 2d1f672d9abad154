"""The product's own source files, parsed once, for the rules that a machine can check."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("protocol", "gateway", "server", "firmware_sim")


@dataclass(frozen=True)
class SourceFile:
    """One Python file: where it is, from the top of the repository, and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def source_files() -> tuple[SourceFile, ...]:
    return tuple(_parse(path) for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


@cache
def unit_tests() -> tuple[SourceFile, ...]:
    return tuple(_parse(path) for path in (ROOT / "tests" / "unit").rglob("*.py"))


@cache
def tracked_files() -> tuple[str, ...]:
    """Every file of the repository; from git, or from the tree where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode == 0 and listed.stdout:
        return tuple(name for name in listed.stdout.split("\0") if name)
    return tuple(str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file())


def _parse(path: Path) -> SourceFile:
    text = path.read_text(encoding="utf-8")
    return SourceFile(str(path.relative_to(ROOT)), text, ast.parse(text))


def imported_modules(source: SourceFile) -> Iterator[tuple[str, int]]:
    """(module, line) of every import in a file, at any depth."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno


def dotted_name(node: ast.expr) -> str:
    """`a.b.c` of an attribute chain; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        inner = dotted_name(node.value)
        return f"{inner}.{node.attr}" if inner else ""
    return ""


def calls(source: SourceFile) -> Iterator[tuple[str, int]]:
    """(dotted name, line) of every call in a file."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and (name := dotted_name(node.func)):
            yield name, node.lineno
