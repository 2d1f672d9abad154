"""The folder of the data directory in which exports wait to be taken."""

import shutil
from pathlib import Path
from typing import Final

FOLDER: Final = "exports"


def find_shelf(data: Path) -> Path:
    """Where it is in a data directory."""
    return data / FOLDER


def make_shelf(folder: Path) -> Path:
    """The folder, which only the server reads. Raises OSError."""
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    return folder


def clear_shelf(folder: Path) -> None:
    """At a server's start nobody knows any more whose these are."""
    shutil.rmtree(folder, ignore_errors=True)
