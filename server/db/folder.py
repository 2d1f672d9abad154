"""A folder that appears whole and durable, or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.db.data_directory import sync_directory, sync_file
from server.errors import SettingsError


@contextmanager
def new_folder(target: Path, mode: int = 0o755) -> Iterator[Path]:
    """Yield a temporary folder beside `target`; synced and renamed to it at the end.

    Raises SettingsError when `target` holds anything, or can't be made.
    """
    _require_free(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise SettingsError(f"can't write into {target.parent}: {error.strerror}") from None
    try:
        yield temporary
        temporary.chmod(mode & ~_read_umask())
        _sync_files(temporary)
        _require_free(target)
        temporary.replace(target)
        sync_directory(target.parent)
    except OSError as error:
        raise SettingsError(f"can't write {target}: {error.strerror}") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _require_free(target: Path) -> None:
    if target.is_dir() and not any(target.iterdir()):
        return
    if os.path.lexists(target):
        raise SettingsError(f"{target} exists and is not empty; give --out a new folder")


def _sync_files(folder: Path) -> None:
    for path in folder.iterdir():
        sync_file(path)
    sync_directory(folder)


def _read_umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask
