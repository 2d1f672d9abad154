"""Small files that are whole or not there, also after a power cut; some know if a bit flipped."""

import os
from hashlib import blake2b
from pathlib import Path

_DIGEST_BYTES = 8  # shows damage; it is no signature


def write_durably(path: Path, content: bytes) -> None:
    """Replace a file: made aside, synced, then named. For its owner only. Raises OSError."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    sync_folder(path.parent)


def write_checked(path: Path, text: str) -> None:
    """The same for one line of text that `read_checked` can trust. Raises OSError."""
    write_durably(path, f"{text} {_digest(text)}\n".encode())


def read_checked(path: Path) -> str | None:
    """None if there is no such file or a bit of it is no longer what was written."""
    try:
        text, _, digest = path.read_text(encoding="utf-8").strip().rpartition(" ")
    except (OSError, UnicodeDecodeError):
        return None
    return text if digest == _digest(text) else None


def sync_folder(folder: Path) -> None:
    """Make names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=_DIGEST_BYTES).hexdigest()
