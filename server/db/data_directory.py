"""The data directory: what lies in it, whose it is, and who is using it now."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.errors import SettingsError

_FORMAT: Final = 1
_MARKER: Final = "doseline.json"


@dataclass(frozen=True, slots=True)
class DataDirectory:
    """A directory that `init` made. `store` is "sqlite" or "postgresql"."""

    path: Path
    store: str

    @property
    def sqlite_path(self) -> Path:
        return self.path / "archive.sqlite3"

    @property
    def ballast_path(self) -> Path:
        return self.path / "ballast"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the directory for one server. Raises SettingsError when another one has it."""
        with (self.path / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise SettingsError(
                    f"another doseline server uses {self.path}; stop it, or choose another --data"
                ) from None
            yield


def find_data_directory(path: Path) -> DataDirectory | None:
    """The data directory at a path, or None where there is none. Raises SettingsError."""
    try:
        marker = json.loads((path / _MARKER).read_text(encoding="utf-8"))
        known = marker["format"] == _FORMAT and marker["store"] in {"sqlite", "postgresql"}
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError:
        raise SettingsError(f"{path} can't be read by this user") from None
    except (ValueError, KeyError, TypeError):
        known = False
    if not known:
        raise SettingsError(f"{path / _MARKER} is damaged or of a newer doseline; nothing was done")
    return DataDirectory(path, marker["store"])


def make_data_directory(path: Path, store: str) -> DataDirectory:
    """A new one, readable by its owner alone. Raises SettingsError."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(path.iterdir()):
            raise SettingsError(f"{path} is not empty; give --data a new or an empty directory")
        path.chmod(0o700)
    except (FileExistsError, NotADirectoryError):
        raise SettingsError(f"{path} is a file; give --data a new or an empty directory") from None
    except PermissionError:
        raise SettingsError(f"{path} can't be made by this user; choose another --data") from None
    except OSError as error:
        raise SettingsError(
            f"{path} can't be made ({error.strerror}); choose another --data"
        ) from None
    return DataDirectory(path, store)


def mark_data_directory(directory: DataDirectory) -> None:
    """Write the marker, last of all: a directory with a marker is complete."""
    write_durably(
        directory.path / _MARKER,
        json.dumps({"format": _FORMAT, "store": directory.store}).encode() + b"\n",
        mode=0o600,
    )


def write_durably(path: Path, content: bytes, mode: int) -> None:
    """A file that is there whole after a power cut, or not at all."""
    temporary = path.with_name(path.name + ".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, mode)
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    temporary.replace(path)
    sync_directory(path.parent)


def sync_file(path: Path) -> None:
    """Make a file's content durable."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_directory(path: Path) -> None:
    """Make the names in a directory durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
