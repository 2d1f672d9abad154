"""The archive export as the server wrote it: notifications.csv and gaps.csv."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.verdict.evidence import Archive, ArchivedValue, DeclaredGap

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def read_archive(folder: Path, wall_minus_monotonic_ns: int) -> Archive:
    """Read an export. Raises ProgramError where it can't be read.

    The offset between the two clocks places a gap whose ends have no monotonic stamps.
    """
    values = [_read_value(row) for row in _read_rows(folder / "notifications.csv")]
    gaps = [_read_gap(row, wall_minus_monotonic_ns) for row in _read_rows(folder / "gaps.csv")]
    return Archive(values, gaps)


def _read_rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(newline="", encoding="utf-8") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                yield row | {"": f"{path}, row {number}"}
    except OSError as error:
        raise ProgramError(f"the export {path} can't be read: {error}") from error


def _read_value(row: dict[str, str]) -> ArchivedValue:
    try:
        return ArchivedValue(
            seq=int(row["seq"]),
            strap=row["strap"],
            characteristic=row["characteristic"],
            boot_id=row["boot_id"],
            monotonic_ns=int(row["monotonic_ns"]),
            wall_ns=int(row["wall_ns"]),
            payload=bytes.fromhex(row["payload_hex"]),
            gateway=row["gateway"],
            epoch=row["epoch"],
        )
    except (KeyError, ValueError) as error:
        raise ProgramError(f"{row['']} is no archived notification: {error!r}") from error


def _read_gap(row: dict[str, str], wall_minus_monotonic_ns: int) -> DeclaredGap:
    try:
        from_ns, to_ns = int(row["from_ns"]), int(row["to_ns"])
        if row["from_monotonic_ns"] and row["to_monotonic_ns"]:
            from_ns, to_ns = int(row["from_monotonic_ns"]), int(row["to_monotonic_ns"])
        else:
            from_ns, to_ns = from_ns - wall_minus_monotonic_ns, to_ns - wall_minus_monotonic_ns
        return DeclaredGap(
            row["strap"], row["reason"], row["characteristic"] or None, from_ns, to_ns
        )
    except (KeyError, ValueError) as error:
        raise ProgramError(f"{row['']} is no declared gap: {error!r}") from error
