"""A file of measurements or samples into the study: all of it, or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from server.study.entering import Entered, Recorder, Result, enter
from server.study.entry import Entry
from server.study.table_file import TableFile, read_table
from server.study.trouble import Trouble

ReadRows = Callable[[TableFile], list[Entry]]


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a file."""

    n_rows: int
    n_new: int
    n_known: int
    n_corrected: int  # entries that correct something
    unusual: Sequence[Trouble]


def bring_file(
    connection: Connection,
    content: bytes,
    read_rows: ReadRows,
    recorder: Recorder,
    reason: str | None,
) -> Brought:
    """Enter every row, inside the caller's transaction. The same file again changes nothing.

    Raises AnswersRefusedError with all that is wrong, by line, and ConflictError.
    """
    table = read_table(content)
    entries = [replace(entry, reason=reason) for entry in read_rows(table)]
    return _count(table, enter(connection, entries, recorder))


def _count(table: TableFile, entered: Entered) -> Brought:
    of = [outcome.result for outcome in entered.outcomes]
    n_corrected = sum(bool(outcome.corrected) for outcome in entered.outcomes)
    n_known = of.count(Result.KNOWN)
    n_new = len(of) - n_known - n_corrected
    return Brought(len(table.rows), n_new, n_known, n_corrected, entered.unusual)
