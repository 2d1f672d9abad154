"""A journal's epoch in a second place: without it, damaged counters would leave nothing to send."""

import logging
from hashlib import blake2b
from pathlib import Path

from gateway.durable import write_durably
from protocol.identifiers import Epoch
from protocol.messages.digest import DIGEST_BYTES

logger = logging.getLogger(__name__)


def note_epoch(journal_file: Path, epoch: Epoch) -> None:
    """Beside the journal file. A disk without room for it costs only this second copy."""
    if read_epoch(journal_file) == epoch:
        return
    note = _note_path(journal_file)
    try:
        write_durably(note, f"{epoch} {_digest(epoch)}\n".encode())
    except OSError as error:
        logger.warning("the journal's epoch can't be noted in %s: %s", note, error.strerror)


def read_epoch(journal_file: Path) -> Epoch | None:
    """None if there is no note or a bit of it is no longer what was written."""
    try:
        epoch, _, digest = _note_path(journal_file).read_text().strip().partition(" ")
    except (OSError, UnicodeDecodeError):
        return None
    return Epoch(epoch) if digest == _digest(epoch) else None


def _note_path(journal_file: Path) -> Path:
    return journal_file.with_suffix(".epoch")


def _digest(epoch: str) -> str:
    return blake2b(epoch.encode(), digest_size=DIGEST_BYTES).hexdigest()
