"""`export --profile archive`: every entry that the server holds, as a folder.

It has serials of straps and exact moments. So it is an internal copy, and says so; or it is handed
out to a recipient once a second person approved both, and noted (decision 0056).
"""

import sys
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.commands.export import ARCHIVE
from server.commands.export_dataset import read_words
from server.commands.operator import read_operator
from server.db.database import Database
from server.db.folder import new_folder
from server.db.opening import open_database_url, open_study
from server.errors import ApprovalNeededError, NotFoundError, SettingsError
from server.export.archive_profile import Given, Tally, write_archive
from server.export.archive_rows import (
    DAMAGED,
    GAPS,
    NOTIFICATIONS,
    QUARANTINED_GAPS,
    QUARANTINED_NOTIFICATIONS,
)
from server.export.dataset.manifest import Granted
from server.export.dataset.ordering import Choice
from server.export.source import open_snapshot
from server.settings import read_settings
from server.study.approval import Approval
from server.study.recipients import HandedOut, list_recipients, note_handed_out
from server.study.told_parts import Part

TOLD: Final = frozenset({"dates", "serials"})  # words of APPROVALS that any archive needs
EXIT_DAMAGED: Final = 1  # the export is complete, and says in damaged.csv what it can't hold


@dataclass(frozen=True, slots=True)
class _Approved:
    """Whom it goes to, and what lets it."""

    given: Given
    approval: Approval


def export_archive(arguments: Namespace) -> int:
    """Returns the exit code."""
    out: Path = arguments.out
    choice = None if arguments.internal else _read_choice(arguments)
    with _open(arguments) as database:
        approved = None if choice is None else _require_given(database, choice)
        with new_folder(out, mode=0o700) as folder:
            with open_snapshot(database, _find_scratch(database, folder)) as connection:
                tally = write_archive(connection, folder, approved.given if approved else None)
            if approved is not None:
                # Before it is in its place: what was handed out and not noted would be worse.
                note_handed_out(database, _tell_handed_out(approved, tally), read_operator())
    _report(out, tally)
    return EXIT_DAMAGED if tally.n_rows[DAMAGED] else 0


def _read_choice(arguments: Namespace) -> Choice:
    """Whom it is for. Raises SettingsError where nobody said, or not all that it tells."""
    words = read_words(arguments.approve)
    if not arguments.recipient or words != TOLD:
        raise SettingsError(
            "an archive has serials of straps and exact moments: give --internal for a copy that"
            " stays with whoever runs this server, or --recipient NAME and --approve dates,serials"
            " once a second person approved it ('approvals ask --profile archive')"
        )
    return Choice(ARCHIVE, arguments.recipient, words)


def _require_given(database: Database, choice: Choice) -> _Approved:
    """Raises NotFoundError for a stranger, ApprovalNeededError without the second person."""
    with database.reading() as connection:
        if choice.recipient not in list_recipients(connection):
            raise NotFoundError(f"{choice.recipient!r} is no recipient of this study")
        approval = choice.require_approval(connection, read_operator())
    if approval is None:
        raise ApprovalNeededError("an archive needs the approval of a second person")
    granted = Granted(approval.number, approval.asked_by, str(approval.approved_by))
    return _Approved(Given(choice.recipient, sorted(choice.approved), granted), approval)


def _tell_handed_out(one: _Approved, tally: Tally) -> HandedOut:
    """As the study notes it: nobody in it has a pseudonym, so it joins with no dataset."""
    given, number = one.given, one.approval.number
    words, reason = tuple(given.approved), one.approval.wanted.reason
    told = (words, reason, tally.manifest_sha256, number)
    return HandedOut(given.recipient, ARCHIVE, *told, part=Part.NEITHER)


def _find_scratch(database: Database, out: Path) -> Path:
    return Path(str(database.url.database)).parent if database.is_sqlite else out


def _open(arguments: Namespace) -> Database:
    if arguments.data is None and arguments.database is not None:
        return open_database_url(arguments.database)
    settings = read_settings(data=arguments.data, database=arguments.database)
    return open_study(settings.data, settings.database_url)


def _report(out: Path, tally: Tally) -> None:
    simulated = "SIMULATED data: " if tally.is_simulated else ""
    n_notifications, n_gaps = tally.n_rows[NOTIFICATIONS], tally.n_rows[GAPS]
    sys.stdout.write(f"{simulated}{n_notifications} notifications, {n_gaps} gaps\n")
    if tally.n_quarantined_uploads:
        sys.stderr.write(
            f"{tally.n_quarantined_uploads} uploads contradict the archive and were kept aside;"
            f" compare {out / QUARANTINED_NOTIFICATIONS} and {out / QUARANTINED_GAPS} with it.\n"
        )
    if tally.n_rows[DAMAGED]:
        sys.stderr.write(
            f"{tally.n_rows[DAMAGED]} stored entries no longer match their hash and are left out;"
            f" {out / DAMAGED} names them. Restore them from a backup.\n"
        )
