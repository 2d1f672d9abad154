"""What a new journal takes over from the damaged one before it, and how far that has come."""

import logging
from collections.abc import Sequence
from pathlib import Path

from gateway.durable import read_checked, sync_folder, write_checked
from gateway.errors import JournalBusyError, JournalError, JournalFullError
from gateway.journal.heard import Streams, inherit
from gateway.journal.late_ends import FirstRoster
from gateway.journal.store import Journal
from gateway.journal.wreck import Wreck
from gateway.journal.wreck_copy import must_be_copied

logger = logging.getLogger(__name__)


def inherit_unclosed(journal: Journal, damaged: Sequence[Path]) -> Streams | None:
    """Where the gaps of a gateway that died begin, also if its journal died with it.

    At once, whatever the size of the damaged file; None if only a scan of it can tell, or if the
    journal has entries by now that say which gaps are over. What a damaged one says is in the
    journal from then on: a run after this one asks that alone.
    """
    if not journal.owes_inheritance or not damaged:
        return journal.unclosed()
    if journal.next_seq > 1 or journal.late_ends() or must_be_copied(damaged[-1]):
        return None
    try:
        with Wreck(damaged[-1]) as wreck:
            left = wreck.read_unclosed()
    except JournalError:
        return None
    if left is None:
        return None
    unclosed = inherit(journal.unclosed(), left)
    keep_inherited(journal, left)
    return unclosed


def keep_inherited(journal: Journal, left: Streams) -> None:
    """A disk without room for it stops no start: the journal owes it still at the next one."""
    try:
        journal.inherit(left)
    except (JournalFullError, JournalBusyError) as error:
        logger.warning("where the gaps of a damaged journal begin can't be noted: %s", error)


def keep_roster(journal: Journal, roster: FirstRoster) -> None:
    """A disk without room for it stops nothing: it is kept with the next entries."""
    try:
        journal.note_roster(roster)
    except (JournalFullError, JournalBusyError) as error:
        logger.debug("the first roster is noted with the next entries: %s", error)


def is_handed_over(path: Path) -> bool:
    """Whether the server has all that can be read of a damaged file, and knows the rest as gaps."""
    return _marker(path).exists()


def mark_handed_over(path: Path) -> None:
    """So that the next start doesn't offer it all again."""
    _marker(path).touch()
    sync_folder(path.parent)
    _progress(path).unlink(missing_ok=True)


def read_progress(path: Path) -> int:
    """The number up to which a damaged file was handed over before the last start; 0 for none."""
    text = read_checked(_progress(path))
    return int(text) if text is not None and text.isdigit() else 0


def note_progress(path: Path, number: int) -> None:
    """A disk without room for it costs only a repetition, which changes nothing."""
    try:
        write_checked(_progress(path), str(number))
    except OSError as error:
        logger.debug("how far %s was handed over can't be noted: %s", path, error)


def _marker(path: Path) -> Path:
    return path.with_suffix(".handed-over")


def _progress(path: Path) -> Path:
    return path.with_suffix(".handing-over")
