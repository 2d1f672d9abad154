"""Files that people write and a command reads whole."""

from pathlib import Path
from typing import Final

from server.errors import SettingsError

MAX_BYTES: Final = 256 * 1024  # longer than any list of words or limits that people write


def read_text_file(path: Path) -> str:
    """UTF-8, byte for byte. Raises SettingsError."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        text = content.decode("utf-8")
    except OSError as error:
        raise SettingsError(f"can't read {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path} is not UTF-8 text") from None
    if len(content) > MAX_BYTES:
        raise SettingsError(f"{path} is longer than {MAX_BYTES // 1024} KiB: is it the right file?")
    return text
