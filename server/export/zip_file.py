"""A folder's files as one ZIP, the same bytes for the same files."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from server.db.data_directory import sync_directory
from server.errors import SettingsError

# The least date that the format has (APPNOTE.TXT 4.4.6, MS-DOS): no time of writing shows.
_WRITTEN: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3  # APPNOTE.TXT 4.4.2.2
_MODE: Final = stat.S_IFREG | 0o600
TOP: Final = "dataset"  # the folder that unpacking makes


def write_zip(folder: Path, path: Path) -> None:
    """Pack the files of a folder, by name, into a new file of mode 0600. Raises OSError.

    Stored as they are: what a packer makes of bytes differs from one version of it to the next.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with ZipFile(file, "w", ZIP_STORED) as packed:
            for one in sorted(folder.iterdir()):
                if one.is_file():
                    _add(packed, one)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def new_zip(target: Path) -> Iterator[Path]:
    """Yield a folder beside `target`; packed and renamed to it at the end, or gone.

    Raises SettingsError when `target` is there, or can't be made.
    """
    if os.path.lexists(target):
        raise SettingsError(f"{target} exists; give --out a new file")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as scratch:
            folder, packed = Path(scratch) / TOP, Path(scratch) / "packed.zip"
            folder.mkdir(mode=0o700)
            yield folder
            write_zip(folder, packed)
            packed.replace(target)
            sync_directory(target.parent)
    except OSError as error:
        raise SettingsError(f"can't write {target}: {error.strerror}") from error


def _add(packed: ZipFile, path: Path) -> None:
    entry = ZipInfo(f"{TOP}/{path.name}", _WRITTEN)
    entry.create_system = _UNIX
    entry.external_attr = _MODE << 16
    entry.file_size = path.stat().st_size  # beyond 4 GB the format needs to know before
    with path.open("rb") as source, packed.open(entry, "w") as target:
        shutil.copyfileobj(source, target, 1 << 20)
