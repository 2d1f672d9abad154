"""A journal's epoch in a second place: without it, damaged counters would leave nothing to send."""

import logging
from pathlib import Path

from gateway.durable import read_checked, write_checked
from protocol.identifiers import Epoch

logger = logging.getLogger(__name__)


def note_epoch(journal_file: Path, epoch: Epoch) -> None:
    """Beside the journal file. A disk without room for it costs only this second copy."""
    if read_epoch(journal_file) == epoch:
        return
    note = _note_path(journal_file)
    try:
        write_checked(note, epoch)
    except OSError as error:
        logger.warning("the journal's epoch can't be noted in %s: %s", note, error.strerror)


def read_epoch(journal_file: Path) -> Epoch | None:
    """None if there is no note or a bit of it is no longer what was written."""
    epoch = read_checked(_note_path(journal_file))
    return None if epoch is None else Epoch(epoch)


def _note_path(journal_file: Path) -> Path:
    return journal_file.with_suffix(".epoch")
