"""Profile `archive`: every byte the server holds, as CSV, in the order of the numbers."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from sqlalchemy import Connection

from protocol.identifiers import is_simulated_strap
from server.ingest.feed import ArchivedGap, ArchivedRecord
from server.ingest.runs import ArchivedDamage, RunContent, iterate_archive

if TYPE_CHECKING:
    from _csv import Writer

FORMAT: Final = 1
NOTIFICATION_COLUMNS: Final = (
    "seq", "strap", "characteristic", "boot_id", "monotonic_ns", "wall_ns", "payload_hex",
    "gateway", "epoch",
)  # fmt: skip
GAP_COLUMNS: Final = (
    "first_seq", "last_seq", "strap", "reason", "characteristic", "from_ns", "to_ns", "boot_id",
    "from_monotonic_ns", "to_monotonic_ns", "record_hash_hex", "gateway", "epoch",
)  # fmt: skip
DAMAGE_COLUMNS: Final = ("seq", "strap", "reason", "gateway", "epoch")

SIMULATED_NOTICE: Final = "SIMULATED: at least one of these straps is a simulated one"

Row = Sequence[object]  # None is an empty cell


@dataclass(slots=True)
class Tally:
    """What an export holds."""

    n_notifications: int = 0
    n_gaps: int = 0
    n_damaged: int = 0
    straps: set[str] = field(default_factory=set)

    @property
    def is_simulated(self) -> bool:
        return any(is_simulated_strap(strap) for strap in self.straps)


def write_archive(connection: Connection, folder: Path) -> Tally:
    """Write the three tables and the manifest; memory stays bounded.

    The bytes depend only on which entries are stored, never on when or in which uploads they came.
    """
    tally = Tally()
    with (
        _open_table(folder / "notifications.csv") as notifications,
        _open_table(folder / "gaps.csv") as gaps,
        _open_table(folder / "damaged.csv") as damaged,
    ):
        tables = [_begin(notifications, NOTIFICATION_COLUMNS), _begin(gaps, GAP_COLUMNS)]
        tables.append(_begin(damaged, DAMAGE_COLUMNS))
        for content in iterate_archive(connection):
            _count(tally, content)
            tables[0].writerows(_notification_row(record) for record in content.records)
            tables[1].writerows(_gap_row(gap) for gap in content.gaps)
            tables[2].writerows(_damage_row(damage) for damage in content.damages)
    _write_manifest(folder, tally)
    return tally


def _open_table(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")


def _begin(file: TextIO, columns: Sequence[str]) -> "Writer":
    table = csv.writer(file, lineterminator="\n")
    table.writerow(columns)
    return table


def _count(tally: Tally, content: RunContent) -> None:
    tally.n_notifications += len(content.records)
    tally.n_gaps += len(content.gaps)
    tally.n_damaged += len(content.damages)
    tally.straps.update(record.record.strap for record in content.records)
    tally.straps.update(gap.gap.strap for gap in content.gaps)


def _notification_row(archived: ArchivedRecord) -> Row:
    record = archived.record
    return (
        record.seq,
        record.strap,
        record.characteristic,
        record.boot_id,
        record.monotonic_ns,
        record.wall_ns,
        record.payload.hex(),
        archived.gateway,
        archived.epoch,
    )


def _gap_row(archived: ArchivedGap) -> Row:
    gap = archived.gap
    return (
        gap.first_seq,
        gap.last_seq,
        gap.strap,
        gap.reason,
        gap.characteristic,
        gap.from_ns,
        gap.to_ns,
        gap.boot_id,
        gap.from_monotonic_ns,
        gap.to_monotonic_ns,
        gap.record_hash.hex() if gap.record_hash is not None else None,
        archived.gateway,
        archived.epoch,
    )


def _damage_row(archived: ArchivedDamage) -> Row:
    damage = archived.damage
    return (damage.seq, damage.strap, damage.reason, archived.gateway, archived.epoch)


def _write_manifest(folder: Path, tally: Tally) -> None:
    """What the folder holds, with checksums; no time of writing, so that bytes repeat."""
    rows = {
        "notifications.csv": tally.n_notifications,
        "gaps.csv": tally.n_gaps,
        "damaged.csv": tally.n_damaged,
    }
    manifest = {
        "profile": "archive",
        "format": FORMAT,
        "notice": SIMULATED_NOTICE if tally.is_simulated else None,
        "simulated": tally.is_simulated,
        "straps": sorted(tally.straps),
        "files": [
            {"name": name, "rows": n_rows, **_describe(folder / name)}
            for name, n_rows in rows.items()
        ],
    }
    text = json.dumps(manifest, indent=2) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")


def _describe(path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": file_digest(file, "sha256").hexdigest()}
