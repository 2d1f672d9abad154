"""Profile `archive`: every entry the server holds, as CSV, in the order of the numbers."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from sqlalchemy import Connection

from protocol.identifiers import is_simulated_strap
from server.export.archive_rows import (
    DAMAGED,
    GAPS,
    NOTIFICATIONS,
    QUARANTINED_GAPS,
    QUARANTINED_NOTIFICATIONS,
    TABLES,
    Row,
    damage_row,
    damaged_upload_row,
    gap_row,
    notification_row,
    upload_cells,
)
from server.export.dataset.manifest import Granted
from server.ingest.feed import ArchivedGap, ArchivedRecord
from server.ingest.quarantine import QuarantinedUpload, iterate_quarantine
from server.ingest.runs import RunContent, iterate_archive

if TYPE_CHECKING:
    from _csv import Writer

FORMAT: Final = 2  # 1 didn't say whom it is for
INTERNAL_NOTICE: Final = (
    "INTERNAL: serials of straps and exact moments; for whoever runs the server, not to be"
    " handed out"
)
SIMULATED_NOTICE: Final = "SIMULATED: at least one of these straps is a simulated one"


@dataclass(frozen=True, slots=True)
class Given:
    """To whom an archive is handed out, and who let it out."""

    recipient: str
    approved: Sequence[str]
    granted: Granted


@dataclass(slots=True)
class Tally:
    """What an export holds. `manifest_sha256` names exactly these files."""

    n_rows: Counter[str] = field(default_factory=Counter)  # by file
    n_quarantined_uploads: int = 0
    straps: set[str] = field(default_factory=set)
    manifest_sha256: str = ""

    @property
    def is_simulated(self) -> bool:
        return any(is_simulated_strap(strap) for strap in self.straps)

    def note_straps(self, records: Iterable[ArchivedRecord], gaps: Iterable[ArchivedGap]) -> None:
        """Take in whose entries these are."""
        self.straps.update(archived.record.strap for archived in records)
        self.straps.update(archived.gap.strap for archived in gaps)


class _Tables:
    """The files of TABLES in a folder, their columns written, open for rows."""

    def __init__(self, folder: Path, n_rows: Counter[str]) -> None:
        self._folder, self._n_rows = folder, n_rows
        self._files = ExitStack()
        self._writers: dict[str, Writer] = {}

    def __enter__(self) -> Self:
        for name, columns in TABLES.items():
            file = (self._folder / name).open("w", encoding="utf-8", newline="")
            self._writers[name] = csv.writer(self._files.enter_context(file), lineterminator="\n")
            self._writers[name].writerow(columns)
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def write(self, name: str, rows: list[Row]) -> None:
        self._writers[name].writerows(rows)
        self._n_rows[name] += len(rows)


def write_archive(connection: Connection, folder: Path, given: Given | None = None) -> Tally:
    """Write the tables and the manifest; memory stays bounded. `given` None: an internal copy.

    What was archived gives bytes that depend only on which entries are stored, never on when or in
    which uploads they came. What is in quarantine is whole uploads, each with its arrival.
    """
    tally = Tally()
    with _Tables(folder, tally.n_rows) as tables:
        for content in iterate_archive(connection):
            _write_run(tables, content)
            tally.note_straps(content.records, content.gaps)
        for upload in iterate_quarantine(connection):
            _write_upload(tables, upload)
            tally.note_straps(upload.records, upload.gaps)
            tally.n_quarantined_uploads += 1
    tally.manifest_sha256 = _write_manifest(folder, tally, given)
    return tally


def _write_run(tables: _Tables, content: RunContent) -> None:
    tables.write(NOTIFICATIONS, [notification_row(record) for record in content.records])
    tables.write(GAPS, [gap_row(gap) for gap in content.gaps])
    tables.write(DAMAGED, [damage_row(damage) for damage in content.damages])


def _write_upload(tables: _Tables, upload: QuarantinedUpload) -> None:
    cells = upload_cells(upload)
    records = [notification_row(record) + cells for record in upload.records]
    tables.write(QUARANTINED_NOTIFICATIONS, records)
    tables.write(QUARANTINED_GAPS, [gap_row(gap) + cells for gap in upload.gaps])
    if upload.is_damaged:
        tables.write(DAMAGED, [damaged_upload_row(upload)])


def _write_manifest(folder: Path, tally: Tally, given: Given | None) -> str:
    """What the folder holds, with checksums; no time of writing, so that bytes repeat."""
    manifest = {
        "profile": "archive",
        "format": FORMAT,
        "notice": SIMULATED_NOTICE if tally.is_simulated else None,
        "simulated": tally.is_simulated,
        "internal": INTERNAL_NOTICE if given is None else None,
        "recipient": None if given is None else given.recipient,
        "approved": [] if given is None else list(given.approved),
        "approval": None if given is None else asdict(given.granted),
        "straps": sorted(tally.straps),
        "quarantined_uploads": tally.n_quarantined_uploads,
        "files": [
            {"name": name, "rows": tally.n_rows[name], **_describe(folder / name)}
            for name in TABLES
        ],
    }
    text = f"{json.dumps(manifest, indent=2)}\n".encode()
    (folder / "manifest.json").write_bytes(text)
    return sha256(text).hexdigest()


def _describe(path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": file_digest(file, "sha256").hexdigest()}
