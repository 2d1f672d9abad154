"""How SQLite is set so that "committed" means "on the disk"; read back at every start."""

from dataclasses import dataclass

SqliteVersion = tuple[int, int, int]

# Before these, a checkpoint that meets a writer can silently undo committed transactions
# (the WAL-reset bug, SQLite 3.7.0 to 3.51.2); the two older lines got the fix as well.
WAL_FIXED_IN: SqliteVersion = (3, 51, 3)
WAL_BACKPORTS: tuple[SqliteVersion, ...] = ((3, 50, 7), (3, 44, 6))

BUSY_TIMEOUT_MS = 5000  # a `journal verify` beside us reads for milliseconds at a time
SIZE_LIMIT_BYTES = 64 * 1024 * 1024  # a write-ahead log is cut back to this after a checkpoint

_SYNCHRONOUS_NUMBERS = {"FULL": "2", "EXTRA": "3"}  # what PRAGMA synchronous answers


@dataclass(frozen=True, slots=True)
class StoreMode:
    """Journal mode and sync level, and why these."""

    journal_mode: str
    synchronous: str
    reason: str

    def pragmas(self) -> tuple[tuple[str, str, str], ...]:
        """(name, value to set, value to read back) of every setting, in the order of setting."""
        synchronous = _SYNCHRONOUS_NUMBERS[self.synchronous]
        return (
            ("busy_timeout", str(BUSY_TIMEOUT_MS), str(BUSY_TIMEOUT_MS)),
            ("journal_mode", self.journal_mode, self.journal_mode.lower()),
            ("synchronous", self.synchronous, synchronous),
            ("foreign_keys", "ON", "1"),
            ("trusted_schema", "OFF", "0"),
            # Neither a search of damaged pages nor a thief finds what was deleted.
            ("secure_delete", "ON", "1"),
            ("journal_size_limit", str(SIZE_LIMIT_BYTES), str(SIZE_LIMIT_BYTES)),
        )


def wal_is_safe(version: SqliteVersion) -> bool:
    """Whether this SQLite library keeps committed transactions in write-ahead mode."""
    if version >= WAL_FIXED_IN:
        return True
    return any(version[:2] == fixed[:2] and version >= fixed for fixed in WAL_BACKPORTS)


def choose_store_mode(wal_wanted: bool, version: SqliteVersion) -> StoreMode:
    """DELETE + EXTRA unless write-ahead mode is asked for and safe.

    DELETE + FULL isn't enough: it doesn't sync the directory after the rollback journal is gone,
    and lost an acknowledged row in a power cut on XFS.
    """
    library = ".".join(map(str, version))
    if not wal_wanted:
        return StoreMode("DELETE", "EXTRA", "the default: safe with every SQLite library")
    if wal_is_safe(version):
        return StoreMode("WAL", "FULL", f"asked for, and SQLite {library} has the WAL-reset fix")
    reason = f"write-ahead mode refused: SQLite {library} can lose committed rows in it"
    return StoreMode("DELETE", "EXTRA", reason)
