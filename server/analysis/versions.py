"""Which programs an analysis was run with."""

import json
from functools import cache
from importlib.metadata import version
from typing import Final

_LIBRARIES: Final = ("doseline", "numpy", "scipy", "statsmodels")


def list_versions() -> dict[str, str]:
    """By name. The package that sets the PDF and the typst inside it have numbers of their own."""
    told = {name: version(name) for name in _LIBRARIES}
    return told | {"typst package": version("typst"), "typst compiler": _find_compiler()}


@cache
def _find_compiler() -> str:
    import typst

    asked = b"#metadata(str(sys.version)) <version>"
    return str(json.loads(typst.query(asked, "<version>", field="value", one=True)))
