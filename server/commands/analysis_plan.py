"""The plan that `analyse` runs: from its file, from the command line, or one over the other."""

from argparse import Namespace
from pathlib import Path
from typing import Any

import msgspec

from server.analysis.plan import AnalysisPlan
from server.analysis.plan_refusal import tell_invalid
from server.errors import MethodError, SettingsError


def read_plan(path: Path) -> AnalysisPlan:
    """Raises SettingsError, naming the file."""
    try:
        return AnalysisPlan.from_toml(read_plan_text(path))
    except MethodError as error:
        raise SettingsError(f"{path}: {error}") from None


def read_plan_text(path: Path) -> str:
    """What stands in the file. Raises SettingsError, naming it."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"can't read {path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: {error}") from None


def choose_plan(planned: AnalysisPlan | None, arguments: Namespace) -> AnalysisPlan:
    """What was planned, with what the command line says otherwise. Raises SettingsError."""
    told = _read_arguments(arguments)
    if planned is None and "outcomes" not in told:
        raise SettingsError("give --outcomes, as bdnf,gdnf, or a --plan that names them")
    base = {} if planned is None else msgspec.to_builtins(planned)
    try:
        return msgspec.convert({**base, **told}, AnalysisPlan)
    except msgspec.ValidationError as error:
        raise SettingsError(f"the command line makes no plan: {tell_invalid(str(error))}") from None


def _read_arguments(arguments: Namespace) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name in ("outcomes", "baseline", "confounders"):
        if getattr(arguments, name) is not None:
            told[name] = _split(getattr(arguments, name))
    if arguments.dose is not None:
        doses = _split(arguments.dose)
        told |= {"dose": doses[0] if doses else None, "dose_sensitivity": doses[1:]}
    return told


def _split(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]
