"""A secret in a new file that its owner alone may read, durable before anybody relies on it."""

import os
from pathlib import Path

from server.db.data_directory import sync_directory
from server.errors import SettingsError


def write_new_secret(path: Path, secret: str, argument: str) -> None:
    """One line of ASCII in a file of mode 0600.

    Raises SettingsError, naming the command's `argument`, when the file exists or can't be made.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise SettingsError(f"{path} exists; give {argument} a new name") from None
    except OSError as error:
        raise SettingsError(f"can't write {path}: {error.strerror}") from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        os.fchmod(descriptor, 0o600)
        file.write(secret + "\n")
        file.flush()
        os.fsync(descriptor)
    sync_directory(path.resolve().parent)
