"""The export's two tables, as the server writes them."""

from pathlib import Path

import pytest

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.archive_files import read_archive
from firmware_sim.rehearsal.verdict.evidence import Archive, ArchivedValue, DeclaredGap

NOTIFICATIONS = """\
seq,strap,characteristic,boot_id,monotonic_ns,wall_ns,payload_hex,gateway,epoch
1,51ADA001,2a37,boot,1000,5000,1046,gym,e1
2,51ADA001,read/2a19,boot,1001,5001,,gym,e1
"""
GAPS = """\
first_seq,last_seq,strap,reason,characteristic,from_ns,to_ns,boot_id,from_monotonic_ns,to_monotonic_ns,record_hash_hex,gateway,epoch
3,3,51ADA001,link_lost,,5100,5200,boot,1100,1210,,gym,e1
4,4,51ADA001,stream_stalled,2a37,5300,5400,,,,,gym,e1
"""


def _write(folder: Path, notifications: str = NOTIFICATIONS, gaps: str = GAPS) -> Path:
    (folder / "notifications.csv").write_text(notifications)
    (folder / "gaps.csv").write_text(gaps)
    return folder


def test_both_tables_are_read(tmp_path: Path) -> None:
    archive = read_archive(_write(tmp_path), wall_minus_monotonic_ns=4000)
    assert archive == Archive(
        [
            ArchivedValue(1, "51ADA001", "2a37", "boot", 1000, 5000, b"\x10\x46", "gym", "e1"),
            ArchivedValue(2, "51ADA001", "read/2a19", "boot", 1001, 5001, b"", "gym", "e1"),
        ],
        [
            DeclaredGap("51ADA001", "link_lost", None, 1100, 1210),
            DeclaredGap("51ADA001", "stream_stalled", "2a37", 1300, 1400),
        ],
    )


def test_a_row_that_is_no_notification_is_named(tmp_path: Path) -> None:
    _write(tmp_path, NOTIFICATIONS.replace("1046", "xx"))
    with pytest.raises(ProgramError, match=r"notifications\.csv, row 2 "):
        read_archive(tmp_path, 0)


def test_an_absent_export_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProgramError, match="can't be read"):
        read_archive(tmp_path, 0)
