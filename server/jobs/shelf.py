"""Folders of the data directory in which what was made waits to be taken or read."""

import shutil
from pathlib import Path
from typing import Final

EXPORTS: Final = "exports"
ANALYSES: Final = "analyses"


def find_shelf(data: Path, name: str) -> Path:
    """Where one of them is in a data directory."""
    return data / name


def make_shelf(folder: Path) -> Path:
    """The folder, which only the server reads. Raises OSError."""
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    return folder


def clear_shelves(data: Path) -> None:
    """At a server's start nobody knows any more whose these are."""
    for name in (EXPORTS, ANALYSES):
        shutil.rmtree(find_shelf(data, name), ignore_errors=True)
