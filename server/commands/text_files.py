"""Files that people write and a command reads whole."""

from pathlib import Path
from typing import Final

from server.errors import SettingsError

MAX_BYTES: Final = 256 * 1024  # longer than any list of words or limits that people write


def read_text_file(path: Path, max_bytes: int = MAX_BYTES, too_long: str | None = None) -> str:
    """UTF-8, byte for byte; `too_long` is what is said of more. Raises SettingsError."""
    try:
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
        text = content.decode("utf-8")
    except OSError as error:
        raise SettingsError(f"can't read {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path} is not UTF-8 text") from None
    if len(content) > max_bytes:
        said = too_long or f"is longer than {max_bytes // 1024} KiB: is it the right file?"
        raise SettingsError(f"{path} {said}")
    return text
