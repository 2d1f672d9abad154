"""`export --profile archive`: every entry that the server holds, as a folder."""

import sys
from argparse import Namespace
from pathlib import Path
from typing import Final

from server.db.database import Database
from server.db.folder import new_folder
from server.db.opening import open_database_url, open_study
from server.export.archive_profile import Tally, write_archive
from server.export.archive_rows import (
    DAMAGED,
    GAPS,
    NOTIFICATIONS,
    QUARANTINED_GAPS,
    QUARANTINED_NOTIFICATIONS,
)
from server.export.source import open_snapshot
from server.settings import read_settings

EXIT_DAMAGED: Final = 1  # the export is complete, and says in damaged.csv what it can't hold


def export_archive(arguments: Namespace) -> int:
    """Returns the exit code."""
    out: Path = arguments.out
    with (
        _open(arguments) as database,
        new_folder(out, mode=0o700) as folder,
        open_snapshot(database, _find_scratch(database, folder)) as connection,
    ):
        tally = write_archive(connection, folder)
    _report(out, tally)
    return EXIT_DAMAGED if tally.n_rows[DAMAGED] else 0


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
