"""A demo's account, in its folder, of what it made up of past sessions, so that it is made once."""

from pathlib import Path
from typing import Final

PLAYED: Final = "played.txt"  # sessions whose entries are made up
SENT: Final = "straps-sent.txt"  # those of them whose straps' values are in the archive
MEASURED: Final = "measured.txt"  # files of measurements and samples that were brought


class DemoAccount:
    """Words in files, one a line; each is written after what it tells of was done."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def note(self, file: str, word: str) -> None:
        """One more in one of the files."""
        with (self._folder / file).open("a", encoding="utf-8") as lines:
            lines.write(word + "\n")

    def read(self, file: str) -> list[str]:
        """All of a file, oldest first."""
        path = self._folder / file
        return path.read_text(encoding="utf-8").split() if path.exists() else []
