"""How a command names a training plan: one that ships, or a file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from protocol.errors import PlanError
from protocol.training.lint import lint_plan
from protocol.training.linting.findings import Severity
from protocol.training.parsing import parse_plan, read_plan
from protocol.training.plan import TrainingPlan
from protocol.training.shipped import SHIPPED, read_bases, read_shipped_text
from protocol.training.toml_lines import find_line, locate_lines

PLAN_BYTES_MOST: Final = 1_000_000  # a plan has some tens of thousands


def fetch_plan(name_or_file: str) -> TrainingPlan:
    """A plan that can be used. Raises PlanError, with the file's name, for one that can't."""
    text = read_plan_text(name_or_file)
    try:
        return parse_plan(text, read_bases())
    except PlanError as error:
        raise _name_file(name_or_file, error) from None


def fetch_sound_plan(name_or_file: str) -> TrainingPlan:
    """A plan without an error of the linter. Raises PlanError with all of them, line by line."""
    plan = fetch_plan(name_or_file)
    lines = locate_lines(read_plan_text(name_or_file))
    errors = [one for one in lint_plan(plan) if one.severity is Severity.ERROR]
    if errors:
        told = [f"{_place(lines, one.where)}: {one.message}" for one in errors]
        raise _name_file(name_or_file, PlanError(told))
    return plan


def _place(lines: Mapping[str, int], where: str) -> str:
    line = find_line(lines, where)
    return f"line {line}, {where}" if line else where


def fetch_plan_to_lint(name_or_file: str) -> TrainingPlan:
    """A plan as it stands, contradictions and all. Raises PlanError for one that can't be read."""
    text = read_plan_text(name_or_file)
    try:
        return read_plan(text, read_bases())
    except PlanError as error:
        raise _name_file(name_or_file, error) from None


def read_plan_text(name_or_file: str) -> str:
    """The TOML of a shipped plan or a file. Raises PlanError for a file that can't be read."""
    if name_or_file in SHIPPED:
        return read_shipped_text(name_or_file)
    try:
        content = _read_at_most(Path(name_or_file))
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        told = f"{name_or_file}: byte {error.start} isn't UTF-8 text; save the file as UTF-8"
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        shipped = " or ".join(SHIPPED)
        told = f"{name_or_file}: can't be read: {reason}; name a file, or {shipped}"
    raise PlanError([told])


def _read_at_most(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(PLAN_BYTES_MOST + 1)
    if len(content) > PLAN_BYTES_MOST:
        raise ValueError(f"it is longer than {PLAN_BYTES_MOST} bytes")
    return content


def _name_file(name_or_file: str, error: PlanError) -> PlanError:
    """The same faults, one a line, under the name of their file."""
    if len(error.violations) == 1:
        return PlanError([f"{name_or_file}: {error.violations[0]}"])
    lines = "\n".join(f"  {violation}" for violation in error.violations)
    return PlanError([f"{name_or_file}: {len(error.violations)} faults\n{lines}"])
