"""Everything that has a life as long as the server's: lock, database, writer, readers."""

import math
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from prometheus_client import CollectorRegistry, Gauge

from server.backup.last_backup import BackupReader
from server.db.ballast import Ballast
from server.db.data_directory import DataDirectory
from server.db.database import Database
from server.db.disk import read_used_share
from server.db.opening import open_and_migrate, require_data_directory
from server.ingest.contacts import Contacts
from server.ingest.metrics import IngestMetrics
from server.ingest.reader import ArchiveReader
from server.ingest.writer import ArchiveWriter
from server.refusals import Refusals
from server.sessions.audit_watch import AuditWatch
from server.settings import Settings
from server.vault.opening import open_vault
from server.vault.vault import Vault

EXIT_STORE_FAILED: Final = 74  # EX_IOERR of sysexits.h


@dataclass(frozen=True, slots=True)
class Storage:
    """An opened study. `feed` is the ArchiveFeed that live view and projections read."""

    directory: DataDirectory
    database: Database
    writer: ArchiveWriter
    feed: ArchiveReader
    contacts: Contacts
    metrics: IngestMetrics
    refusals: Refusals
    registry: CollectorRegistry
    vault: Vault
    backups: BackupReader
    ballast: Ballast
    audit: AuditWatch


def end_process() -> None:
    """Stop without another sync: closing the database would retry the one that failed."""
    os._exit(EXIT_STORE_FAILED)


@contextmanager
def open_storage(
    settings: Settings, end_process: Callable[[], None] = end_process
) -> Iterator[Storage]:
    """Open a study for serving, alone. Raises SettingsError."""
    directory = require_data_directory(settings.data)
    url = settings.database_url
    with (
        directory.locked(),
        open_and_migrate(directory, url) as database,
        open_vault(directory, url) as vault,
    ):
        ballast = Ballast(directory.ballast_path)
        ballast.lay()
        registry = CollectorRegistry()
        metrics = IngestMetrics(registry)
        _add_disk_gauge(registry, directory)
        contacts = Contacts()
        writer = ArchiveWriter(database, metrics, end_process)
        writer.start()
        try:
            feed = ArchiveReader(database, contacts)
            refusals = Refusals(registry)
            backups = BackupReader(directory.path)
            _add_backup_gauge(registry, backups)
            audit = AuditWatch()
            _add_audit_gauges(registry, audit)
            yield Storage(
                directory, database, writer, feed, contacts, metrics, refusals, registry, vault,
                backups, ballast, audit,
            )  # fmt: skip
        finally:
            writer.stop()


def _add_backup_gauge(registry: CollectorRegistry, backups: BackupReader) -> None:
    gauge = Gauge("doseline_backup_age_s", "Of the newest; NaN: there is none.", registry=registry)

    def age_s() -> float:
        newest = backups.read()
        return math.nan if newest is None else (time.time_ns() - newest.taken_wall_ns) / 1e9

    gauge.set_function(age_s)


def _add_audit_gauges(registry: CollectorRegistry, audit: AuditWatch) -> None:
    findings = Gauge(
        "doseline_ledger_findings",
        "Places where the ledger isn't what was written. Above 0 needs a person; NaN: not checked.",
        registry=registry,
    )
    age = Gauge("doseline_ledger_check_age_s", "Of the last check of the chain.", registry=registry)

    def age_s() -> float:
        checked = audit.checked_wall_ns
        return math.nan if checked is None else (time.time_ns() - checked) / 1e9

    findings.set_function(lambda: math.nan if audit.n_findings is None else audit.n_findings)
    age.set_function(age_s)


def _add_disk_gauge(registry: CollectorRegistry, directory: DataDirectory) -> None:
    gauge = Gauge("doseline_disk_used_share", "Of the data directory's disk.", registry=registry)
    gauge.set_function(lambda: read_used_share(directory.path))
