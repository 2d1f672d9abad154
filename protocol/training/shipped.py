"""The plans that come with doseline. The one module of `protocol` that reads files."""

from importlib.resources import files
from typing import Final

from protocol.training.parsing import parse_plan
from protocol.training.plan import TrainingPlan

SHIPPED: Final = ("as_printed", "tailored")
_BASE: Final = "eight_week"


def read_bases() -> dict[str, str]:
    """The texts that a plan may extend, by name."""
    return {name: read_shipped_text(name) for name in (_BASE, *SHIPPED)}


def read_shipped_text(name: str) -> str:
    """The TOML of a shipped plan."""
    return files("protocol.training").joinpath(f"{name}.toml").read_text(encoding="utf-8")


def read_shipped_plan(name: str) -> TrainingPlan:
    """One of SHIPPED."""
    return parse_plan(read_shipped_text(name), {_BASE: read_shipped_text(_BASE)})
