"""What the newest backup holds, noted in the data directory: pages say from it what is safe."""

from pathlib import Path
from typing import Final

import msgspec

from server.db.data_directory import write_durably

FILE: Final = "last-backup.json"


class LastBackup(msgspec.Struct, frozen=True):
    """Every entry of the ledger up to `ledger_n` is in it."""

    taken_at: str
    taken_wall_ns: int
    ledger_n: int
    place: str


def note_backup(directory: Path, backup: LastBackup) -> None:
    """Remember it, once it is whole and on its disk."""
    write_durably(directory / FILE, msgspec.json.encode(backup), mode=0o600)


class BackupReader:
    """Reads the note again whenever it was written anew; for many threads."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE
        self._read: tuple[int, LastBackup | None] = (0, None)

    def read(self) -> LastBackup | None:
        """The newest backup; None where there is none, or its note can't be read."""
        try:
            written_ns = self._path.stat().st_mtime_ns
            if written_ns != self._read[0]:
                note = msgspec.json.decode(self._path.read_bytes(), type=LastBackup)
                self._read = (written_ns, note)
        except (OSError, msgspec.MsgspecError):
            return None
        return self._read[1]
