"""Browser modules of others, as VENDORED.toml lists them: the import map that pages carry."""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec

VENDOR: Final = Path(__file__).parent / "static" / "vendor"
VENDOR_PATH: Final = "/tablet/app/vendor"  # packed and without comments, as the app's own


@cache
def read_specifiers() -> dict[str, str]:
    """What modules import by name -> where it lies for a browser."""
    import tomllib  # only the tablet's page needs it

    listed = tomllib.loads((VENDOR / "VENDORED.toml").read_text(encoding="utf-8"))["file"]
    return {
        entry["specifier"]: f"{VENDOR_PATH}/{entry['file']}"
        for entry in listed
        if "specifier" in entry
    }


@cache
def load_import_map() -> str:
    """The JSON text of the import map."""
    return msgspec.json.encode({"imports": read_specifiers()}).decode()
