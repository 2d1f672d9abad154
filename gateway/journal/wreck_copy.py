"""A damaged journal's file made readable: itself, or a copy in which SQLite may write."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from gateway.errors import JournalError
from gateway.journal.wreck import Wreck

SLICE_BYTES = 16 * 1024 * 1024  # a second of a slow card, so that whoever copies can stop


def must_be_copied(path: Path) -> bool:
    """Whether SQLite must first undo half a commit of a crash, which it may in a copy only."""
    return any(path.with_name(path.name + suffix).exists() for suffix in ("-journal", "-wal"))


def copy_in_slices(path: Path, folder: Path) -> Iterator[None]:
    """A copy of a journal file in a folder, with what SQLite keeps beside it.

    Raises JournalError.
    """
    try:
        for suffix in ("", "-journal", "-wal"):
            part = path.with_name(path.name + suffix)
            if not part.exists():
                continue
            with part.open("rb") as source, (folder / part.name).open("wb") as copy:
                while content := source.read(SLICE_BYTES):
                    copy.write(content)
                    yield
    except OSError as error:
        sentence = f"{path} can't be copied in {path.parent} to be read: {error.strerror}"
        raise JournalError(f"{sentence}; make room there") from error


@contextmanager
def opened_wreck(path: Path) -> Iterator[Wreck]:
    """A file to read at once; a copy beside it where one is needed. Raises JournalError."""
    if not must_be_copied(path):
        with Wreck(path) as wreck:
            yield wreck
        return
    with TemporaryDirectory(dir=path.parent, prefix="reading-") as aside:
        for _ in copy_in_slices(path, Path(aside)):
            pass
        with Wreck(path, Path(aside) / path.name) as wreck:
            yield wreck
