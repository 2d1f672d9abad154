"""The archive profile: every stored entry, the same bytes whatever the order of uploads was."""

import csv
import hashlib
import json
import time
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from server.commands.export_archive import EXIT_DAMAGED
from server.errors import ArchiveConflictError
from server.ingest.tables import CHUNKS, QUARANTINE
from server.storage import Storage
from server.study.recipients import read_handed_out, read_told_levels
from tests.contract.test_export_dataset import add_recipient, approve
from tests.server_process import run_cold_command, run_command
from tests.studies import Study
from tests.unit.server.batches import (
    BOOT,
    EPOCH,
    GATEWAY,
    STRAPS,
    WALL_NS,
    Entry,
    gap,
    record,
    upload,
)

JOURNAL: list[Entry] = [*(record(seq) for seq in range(1, 41)), gap(41, 43), record(44)]


def _fill(storage: Storage, parts: list[list[Entry]]) -> None:
    for part in parts:
        storage.writer.submit(upload(part)).result()
        storage.writer.submit(upload(part, gateway="a-hall")).result()


def _export(study: Study, out: Path, exit_code: int = 0, *, is_cold: bool = False) -> str:
    run = run_cold_command if is_cold else run_command
    done = run("export", "--profile", "archive", "--internal", "--out", str(out), *study.arguments)
    assert done.returncode == exit_code, done.stderr
    return done.stdout + done.stderr


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_an_export_holds_every_record_and_gap(study: Study, tmp_path: Path) -> None:
    with study.open() as storage:
        storage.writer.submit(upload([record(1), record(2, b"\x00\xff"), gap(3, 5)])).result()
    said = _export(study, tmp_path / "out")
    assert "SIMULATED data: 2 notifications, 1 gaps" in said
    assert _rows(tmp_path / "out" / "notifications.csv")[1] == {
        "seq": "2",
        "strap": STRAPS[2],
        "characteristic": "2a37",
        "boot_id": BOOT,
        "monotonic_ns": "2000000",
        "wall_ns": str(WALL_NS + 2_000_000),
        "payload_hex": "00ff",
        "gateway": GATEWAY,
        "epoch": EPOCH,
    }
    assert _rows(tmp_path / "out" / "gaps.csv") == [
        {
            "first_seq": "3",
            "last_seq": "5",
            "strap": STRAPS[0],
            "reason": "link_lost",
            "characteristic": "",
            "from_ns": str(WALL_NS),
            "to_ns": str(WALL_NS + 3_000_000_000),
            "boot_id": BOOT,
            "from_monotonic_ns": "1",
            "to_monotonic_ns": "3000000001",
            "record_hash_hex": "",
            "gateway": GATEWAY,
            "epoch": EPOCH,
        }
    ]
    assert _rows(tmp_path / "out" / "damaged.csv") == []


def test_a10_the_bytes_of_an_export_depend_on_the_set_of_entries_only(
    study: Study, tmp_path: Path
) -> None:
    cuts = [0, 3, 17, 18, 30, len(JOURNAL)]
    parts = [JOURNAL[a:b] for a, b in zip(cuts, cuts[1:], strict=False)]
    Random(5).shuffle(parts)
    with study.open() as storage:
        _fill(storage, [*parts, JOURNAL[10:25]])
    _export(study, tmp_path / "one", is_cold=True)
    other = Study(tmp_path / "other", None)
    run_command("init", *other.arguments)
    with other.open() as storage:
        _fill(storage, [JOURNAL])
    _export(other, tmp_path / "two", is_cold=True)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    rows = _rows(tmp_path / "one" / "notifications.csv")
    assert [row["gateway"] for row in rows] == ["a-hall"] * 41 + [GATEWAY] * 41
    assert [int(row["seq"]) for row in rows[:41]] == [*range(1, 41), 44]


def test_the_manifest_has_counts_and_checksums(study: Study, tmp_path: Path) -> None:
    with study.open() as storage:
        _fill(storage, [JOURNAL])
    _export(study, tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert (manifest["profile"], manifest["simulated"]) == ("archive", True)
    for file in manifest["files"]:
        content = (tmp_path / "out" / file["name"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        assert file["bytes"] == len(content)
        assert file["rows"] == content.count(b"\n") - 1


def _quarantine(storage: Storage, entries: list[Entry], gateway: str = GATEWAY) -> None:
    outcome = storage.writer.submit(upload(entries, gateway=gateway)).result()
    assert isinstance(outcome, ArchiveConflictError)


def test_uploads_that_contradict_the_archive_are_exported_beside_it(
    study: Study, tmp_path: Path
) -> None:
    before_ns = time.time_ns()
    with study.open() as storage:
        storage.writer.submit(upload([record(1), record(2), gap(3, 4)])).result()
    _export(study, tmp_path / "before")
    with study.open() as storage:
        for _ in range(2):
            _quarantine(storage, [record(1), record(2, b"other", "51ADA0FF"), gap(3), record(4)])
    said = _export(study, tmp_path / "after")
    assert "1 uploads contradict the archive and were kept aside" in said
    for name in ("notifications.csv", "gaps.csv", "damaged.csv"):
        assert (tmp_path / "after" / name).read_bytes() == (tmp_path / "before" / name).read_bytes()
    rows = _rows(tmp_path / "after" / "quarantined_notifications.csv")
    assert [(row["seq"], row["payload_hex"]) for row in rows] == [
        ("1", "1001"), ("2", b"other".hex()), ("4", "1004"),
    ]  # fmt: skip
    (declared,) = _rows(tmp_path / "after" / "quarantined_gaps.csv")
    assert (declared["first_seq"], declared["last_seq"], declared["gateway"]) == ("3", "3", GATEWAY)
    (uploads,) = {(row["upload"], row["received_wall_ns"]) for row in [*rows, declared]}
    assert len(bytes.fromhex(uploads[0])) == 32
    assert before_ns < int(uploads[1]) < time.time_ns()
    manifest = json.loads((tmp_path / "after" / "manifest.json").read_text())
    assert manifest["quarantined_uploads"] == 1
    assert "51ADA0FF" in manifest["straps"]
    files = {file["name"]: file["rows"] for file in manifest["files"]}
    assert (files["quarantined_notifications.csv"], files["quarantined_gaps.csv"]) == (3, 1)


def test_two_exports_of_one_quarantine_are_the_same_bytes(study: Study, tmp_path: Path) -> None:
    with study.open() as storage:
        for gateway in (GATEWAY, "a-hall"):
            storage.writer.submit(upload([record(1)], gateway=gateway)).result()
            for payload in (b"z", b"y", b"x"):
                _quarantine(storage, [record(1, payload)], gateway)
    for name in ("one", "two"):
        _export(study, tmp_path / name, is_cold=True)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    rows = _rows(tmp_path / "one" / "quarantined_notifications.csv")
    order = [(row["gateway"], row["epoch"], row["upload"]) for row in rows]
    assert (len(order), order) == (6, sorted(order))


def test_real_straps_are_not_called_simulated(study: Study, tmp_path: Path) -> None:
    with study.open() as storage:
        storage.writer.submit(upload([record(1, strap="8AA87D20")])).result()
    assert "SIMULATED" not in _export(study, tmp_path / "out")
    assert not json.loads((tmp_path / "out" / "manifest.json").read_text())["simulated"]


def test_an_empty_study_exports_the_same_columns(study: Study, tmp_path: Path) -> None:
    _export(study, tmp_path / "out")
    assert (tmp_path / "out" / "notifications.csv").read_text().startswith("seq,strap,")


def test_an_export_while_the_server_writes(study: Study, tmp_path: Path) -> None:
    with study.open() as storage:
        _fill(storage, [JOURNAL])
        _export(study, tmp_path / "out")
        assert storage.writer.submit(upload([record(45)])).result()
    assert len(_rows(tmp_path / "out" / "notifications.csv")) == 82


def test_a_folder_that_holds_something_is_left_alone(study: Study, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("keep")
    said = _export(study, tmp_path / "out", exit_code=2)
    assert "is not empty; give --out a new folder" in said
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]
    assert not list(tmp_path.glob(".out-*"))


@pytest.mark.parametrize("study", ["sqlite"], indirect=True)
def test_a9_damage_is_left_out_and_named(study: Study, tmp_path: Path) -> None:
    with study.open() as storage:
        storage.writer.submit(upload([record(1, strap=STRAPS[0]), record(2, strap=STRAPS[0])]))
        storage.writer.probe().result()
        with storage.database.writing() as connection:
            connection.exec_driver_sql("DROP TRIGGER archive_chunks_refuses_update")
            body = bytearray(connection.execute(select(CHUNKS.c.body)).scalar_one())
            body[-1] ^= 1
            connection.execute(CHUNKS.update().values(body=bytes(body)))
    said = _export(study, tmp_path / "out", exit_code=EXIT_DAMAGED)
    assert "1 stored entries no longer match their hash" in said
    assert [row["seq"] for row in _rows(tmp_path / "out" / "notifications.csv")] == ["1"]
    (damage,) = _rows(tmp_path / "out" / "damaged.csv")
    assert (damage["seq"], damage["strap"], damage["gateway"]) == ("2", STRAPS[0], GATEWAY)


@pytest.mark.parametrize("study", ["sqlite"], indirect=True)
def test_a9_damage_in_quarantine_is_left_out_and_named(study: Study, tmp_path: Path) -> None:
    with study.open() as storage:
        storage.writer.submit(upload([record(1)])).result()
        _quarantine(storage, [record(1, b"other")])
        with storage.database.writing() as connection:
            connection.exec_driver_sql("DROP TRIGGER archive_quarantine_refuses_update")
            body = connection.execute(select(QUARANTINE.c.body)).scalar_one()
            connection.execute(QUARANTINE.update().values(body=body.replace(b"other", b"othes")))
    _export(study, tmp_path / "out", exit_code=EXIT_DAMAGED)
    assert _rows(tmp_path / "out" / "quarantined_notifications.csv") == []
    (damage,) = _rows(tmp_path / "out" / "damaged.csv")
    assert (damage["seq"], damage["gateway"]) == ("", GATEWAY)
    assert "in quarantine" in damage["reason"]


def test_an_archive_is_internal_or_goes_out_by_an_approval_that_is_noted(
    study: Study, tmp_path: Path
) -> None:
    """The issue's rule: no absolute date and no serial leaves unless a second person approved."""
    with study.open() as storage:
        storage.writer.submit(upload([record(1)])).result()
    add_recipient(study, "lab")
    start = ("export", "--profile", "archive", "--out", str(tmp_path / "out"))
    to_lab = ("--recipient", "lab", "--approve")
    refused = (
        ((), "give --internal for a copy that stays"),
        ((*to_lab, "dates"), "--approve dates,serials"),
        ((*to_lab, "dates,serials"), "no second person approved dates, serials for lab as archive"),
        (("--internal", *to_lab, "dates,serials"), "an --internal copy is for nobody"),
        (("--recipient", "zoe", "--approve", "dates,serials"), "'zoe' is no recipient"),
    )
    for words, complaint in refused:
        done = run_command(*start, *words, *study.arguments)
        assert (done.returncode, complaint in done.stderr) == (2, True), done.stderr
        assert not (tmp_path / "out").exists()
    number = approve(study, "lab", "dates,serials", "archive")
    done = run_command(*start, *to_lab, "dates,serials", *study.arguments)
    assert done.returncode == 0, done.stderr
    content = (tmp_path / "out" / "manifest.json").read_bytes()
    told = json.loads(content)
    assert (told["internal"], told["recipient"]) == (None, "lab")
    assert told["approval"] == {"number": number, "asked_by": "ana", "approved_by": "bo"}
    with study.open() as storage, storage.database.reading() as connection:
        (noted,) = read_handed_out(connection)
        assert read_told_levels(connection, "lab") == []  # it names nobody, and bounds nothing
    assert (noted.recipient, noted.profile, noted.approval) == ("lab", "archive", number)
    assert noted.manifest_sha256 == hashlib.sha256(content).hexdigest()


def test_an_internal_copy_says_so_and_is_noted_for_nobody(study: Study, tmp_path: Path) -> None:
    _export(study, tmp_path / "out")
    told = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert told["internal"].startswith("INTERNAL: serials of straps and exact moments")
    assert (told["recipient"], told["approval"]) == (None, None)
    with study.open() as storage, storage.database.reading() as connection:
        assert read_handed_out(connection) == []
