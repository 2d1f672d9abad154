"""Which programs an analysis was run with."""

from importlib.metadata import version
from typing import Final

_LIBRARIES: Final = ("doseline", "numpy", "scipy", "statsmodels", "typst")


def list_versions() -> dict[str, str]:
    """By name."""
    return {name: version(name) for name in _LIBRARIES}
