"""A dataset for a stranger: whole, repeatable, valid, and nothing in it tells who she is."""

import csv
import json
import re
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import frictionless
import pyreadstat
import pytest

from protocol.identifiers import parse_participant_code
from protocol.messages.roster import ConsentedStream, RosterStrap
from server.commands import export
from server.export.dataset.building import APPROVALS
from server.export.dataset.profiles import ALL
from server.gateways.roster import add_straps
from server.study.approval import Verdict, Wanted
from server.study.approvals import ask_approval, decide_approval
from server.study.entry import Entry
from server.study.fact_kind import FactKind
from server.study.fields.missing import MissingReason
from server.study.measurement import TimePoint
from server.study.participant import Arm, Flag, Participant
from server.study.participants import add_participants
from server.study.recipients import read_handed_out
from server.study.told_parts import HALVES
from tests.dose_course import CODES, schedule
from tests.review_evening import hold_review_evening
from tests.server_process import run_command
from tests.studies import Study, make_study
from tests.study_people import measured, read_values, store

FIRST = datetime(2026, 11, 23, 17, tzinfo=UTC)
STRAPS = ("8AA87D01", "8AA87D02")
SIGNS = ("Teapot", "Figtree", "Seagull")


@pytest.fixture
def study_on_disk(tmp_path: Path) -> Study:
    return make_study(tmp_path / "study")


def fill(study: Study) -> None:
    """Three women, 24 sessions, the first of them held."""
    with study.open() as storage:
        arms = (Arm.TRAINING, Arm.TRAINING, Arm.CONTROL)
        people = [
            Participant(parse_participant_code(code), sign, arm, (Flag.HEAT_SENSITIVE,))
            for code, sign, arm in zip(CODES, SIGNS, arms, strict=True)
        ]
        add_participants(storage.database, people, "os:canary")
        straps = [RosterStrap(one, "h10", f"0{n}", list(ConsentedStream))
                  for n, one in enumerate(STRAPS, start=1)]  # fmt: skip
        add_straps(storage.database, straps)
        hold_review_evening(storage, schedule(storage, FIRST)[0], FIRST, STRAPS)
        store(storage.database, *list_entries())


def list_entries() -> list[Entry]:
    """Of P01: a measurement with a free text, and a draw with one concentration."""
    code, point = parse_participant_code(CODES[0]), TimePoint.BASELINE
    told = {"age_y": 36, "edss": 2.5, "weight_kg": MissingReason.REFUSED,
            "measured_on": "2026-11-20", "dmt_text": "canary of hers"}  # fmt: skip
    drawn: dict[str, object] = {"drawn_at": "2026-11-21T08:15+03:30"}
    found: dict[str, object] = {"value": 228.78, "unit": "pg/mL", "plate": "canary-2026-11-21"}
    return [
        measured(code, point, **told),
        Entry(FactKind.DRAW, code, point, read_values(drawn)),
        Entry(FactKind.SAMPLE, code, point, read_values(found), "bdnf", "plasma"),
    ]


def add_recipient(study: Study, name: str) -> Path:
    key_file = study.path.parent / f"{name}.key"
    done = run_command("recipients", "add", name, "--key-file", str(key_file), *study.arguments)
    assert done.returncode == 0, done.stderr
    return key_file


def export_to(study: Study, name: str, out: Path, *more: str, profile: str = "csv") -> str:
    """Returns what was said; raises AssertionError with it where it failed."""
    key_file = str(study.path.parent / f"{name}.key")
    words = ("--profile", profile, "--recipient", name, "--key-file", key_file, "--out", str(out))
    done = run_command("export", *words, *more, *study.arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def approve(study: Study, recipient: str, words: str, profile: str = "csv") -> int:
    """As bo, who didn't ask."""
    with study.connect() as database:
        told = Wanted(recipient, profile, tuple(words.split(",")), "ethics board, 12 May", 1, 3)
        number = ask_approval(database, told, "ana")
        decide_approval(database, number, Verdict.APPROVED, "bo", None)
    return number


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def read_bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_dataset_is_whole_valid_and_repeats_byte_for_byte(study: Study, tmp_path: Path) -> None:
    fill(study)
    add_recipient(study, "lab")
    one, again = tmp_path / "one", tmp_path / "again"
    approve(study, "lab", "arms")
    said = export_to(study, "lab", one, "--approve", "arms")
    export_to(study, "lab", again, "--approve", "arms")
    assert read_bytes(one) == read_bytes(again)

    manifest = json.loads((one / "manifest.json").read_text())
    assert f"manifest {sha256((one / 'manifest.json').read_bytes()).hexdigest()}" in said
    listed = {file["name"]: file["sha256"] for file in manifest["files"]}
    assert listed == {
        name: sha256(content).hexdigest()
        for name, content in read_bytes(one).items()
        if name != "manifest.json"
    }
    assert manifest["simulated"] is False
    assert frictionless.validate(str(one / "datapackage.json")).valid

    attendance = rows(one / "attendance.csv")
    assert [row["attendance"] for row in attendance] == ["attended"] * 3
    assert {row["rating_why"] for row in attendance} == {"not_recorded"}
    assert len(rows(one / "sessions.csv")) == 24
    assert [row["what"] for row in rows(one / "adverse_events.csv")] == ["near_fall"]
    dose = rows(one / "dose.csv")
    hearts = [row for row in dose if row["metric"] == "mean_hr_bpm"]
    assert sorted(row["delivered_why"] for row in hearts) == ["no_strap", "withheld", "withheld"]
    samples = rows(one / "samples.csv")
    assert [(row["analyte"], row["value_pg_ml"]) for row in samples] == [("bdnf", "228.78")]
    # drawn on 21 November, two days before the first session; a quarter past eight there
    assert (samples[0]["drawn_day"], samples[0]["drawn_hour_h"]) == ("-2", "8.25")
    before = [row for row in rows(one / "measurements.csv") if row["time_point"] == "baseline"]
    assert sorted(row["body_method_why"] for row in before) == ["not_recorded"] * 3
    assert "age_y" not in before[0]  # three women are no group to hide in
    assert (manifest["disclosure"]["columns"], manifest["disclosure"]["k"]) == (["arm"], 1)
    assert manifest["disclosure_of_exact_values"]["k"] == 1
    assert manifest["study_days"] == {"time_zone": "UTC", "stated": False}
    weeks = rows(one / "weeks.csv")
    assert {row["srpe_load_au"] for row in weeks} <= {"", "0"}
    with study.open() as storage, storage.database.reading() as connection:
        noted = read_handed_out(connection)
    assert {one.manifest_sha256 for one in noted} == {said.split("manifest ")[1].split()[0]}
    assert [(one.recipient, one.profile, one.approved) for one in noted] == [
        ("lab", "csv", ("arms",))
    ] * 2


def test_g3_no_byte_tells_who_or_when(study_on_disk: Study, tmp_path: Path) -> None:
    fill(study_on_disk)
    add_recipient(study_on_disk, "lab")
    canaries = [*SIGNS, *STRAPS, "canary", "sara", "2026-11", "23 Nov 26"]
    for profile in ALL:
        export_to(study_on_disk, "lab", tmp_path / profile, profile=profile)
        files = read_bytes(tmp_path / profile)
        assert b"training" not in files.get("participants.csv", b"")
        for name, content in files.items():
            found = [one for one in canaries if one.encode() in content]
            codes = re.findall(rb"\bP0[1-9]\b", content)
            assert (name, found, codes) == (name, [], [])
            # the first letters of a UUIDv7 are a date
            assert re.findall(rb"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-", content) == [], name


def test_a_zip_holds_the_same_files_and_repeats(study_on_disk: Study, tmp_path: Path) -> None:
    add_recipient(study_on_disk, "lab")
    for name in ("one.zip", "again.zip"):
        export_to(study_on_disk, "lab", tmp_path / name, "--zip")
    export_to(study_on_disk, "lab", tmp_path / "folder")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "again.zip").read_bytes()
    with ZipFile(tmp_path / "one.zip") as packed:
        files = {name.removeprefix("dataset/"): packed.read(name) for name in packed.namelist()}
    assert files == read_bytes(tmp_path / "folder")


def test_two_recipients_can_join_nothing_and_dates_need_an_approval(
    study_on_disk: Study, tmp_path: Path
) -> None:
    fill(study_on_disk)
    for name in ("lab", "clinic"):
        add_recipient(study_on_disk, name)
    said = export_to(study_on_disk, "lab", tmp_path / "lab")
    assert "left out, as dates weren't approved: measurements.measured_on" in said
    assert "sessions.planned_on" in said
    approve(study_on_disk, "clinic", "arms,dates,exact_values")
    export_to(study_on_disk, "clinic", tmp_path / "clinic", "--approve", "exact_values,dates,arms")
    people = [
        {row["participant"] for row in rows(tmp_path / name / "participants.csv")}
        for name in ("lab", "clinic")
    ]
    assert [len(one) for one in people] == [3, 3]
    assert "arm" not in rows(tmp_path / "lab" / "participants.csv")[0]
    assert {row["arm"] for row in rows(tmp_path / "clinic" / "participants.csv")} == {
        "training", "control",
    }  # fmt: skip
    assert people[0].isdisjoint(people[1])
    assert rows(tmp_path / "clinic" / "sessions.csv")[0]["planned_on"] == "2026-11-23"
    manifest = json.loads((tmp_path / "clinic" / "manifest.json").read_text())
    assert manifest["approved"] == ["arms", "dates", "exact_values"]
    assert manifest["approval"]["approved_by"] == "bo"
    assert manifest["bands"] == []
    for file in ("manifest.json", "README.md"):  # whose reason it was stays inside
        assert "ethics board" not in (tmp_path / "clinic" / file).read_text()
    assert manifest["ledger_hmac"] not in (tmp_path / "lab" / "manifest.json").read_text()
    told = [
        (row["age_y"], row["weight_kg_why"])
        for row in rows(tmp_path / "clinic" / "measurements.csv")
        if row["measured_on"] == "2026-11-20"
    ]
    assert told == [("36", "refused")]


def test_a_study_without_anybody_exports_every_table(study_on_disk: Study, tmp_path: Path) -> None:
    add_recipient(study_on_disk, "lab")
    export_to(study_on_disk, "lab", tmp_path / "empty", "--part", "sessions", profile="spss")
    frame, _ = pyreadstat.read_sav(tmp_path / "empty" / "dose.sav")
    assert len(frame) == 0
    assert "delivered_why" in frame.columns


COMPLAINTS = (
    ((), "tables are made for somebody"),
    (("--recipient", "nobody", "--key-file", "{lab}"), "nobody is no recipient of this study"),
    (("--recipient", "lab", "--key-file", "{clinic}"), "this is not the key of lab"),
    (("--recipient", "lab", "--key-file", "{junk}"), "holds no recipient's key"),
    (("--recipient", "lab", "--key-file", "{lab}", "--approve", "names"), "no word 'names'"),
    (("--recipient", "lab", "--key-file", "{lab}", "--approve", "dates"),
     "no second person approved dates for lab as csv"),
)  # fmt: skip


def test_what_is_wrong_is_one_sentence_and_nothing_is_written(
    study_on_disk: Study, tmp_path: Path
) -> None:
    files = {name: add_recipient(study_on_disk, name) for name in ("lab", "clinic")}
    files["junk"] = tmp_path / "junk.key"
    files["junk"].write_text("not hexadecimal\n")
    out = tmp_path / "out"
    start = ("export", "--profile", "csv", "--out", str(out), *study_on_disk.arguments)
    for words, complaint in COMPLAINTS:
        done = run_command(*start, *(word.format(**files) for word in words))
        assert (done.returncode, complaint in done.stderr) == (2, True), done.stderr
        assert done.stderr.count("\n") == 1
        assert not out.exists()


def test_a_recipient_has_one_name_and_one_key(study_on_disk: Study, tmp_path: Path) -> None:
    key_file = add_recipient(study_on_disk, "lab")
    assert key_file.stat().st_mode & 0o777 == 0o600
    words = ("recipients", "add", "lab", "--key-file", str(tmp_path / "other.key"))
    done = run_command(*words, *study_on_disk.arguments)
    assert (done.returncode, "recipient already" in done.stderr) == (2, True)
    assert not (tmp_path / "other.key").exists()


def test_the_command_offers_what_there_is() -> None:
    assert (*ALL,) == export.PROFILES
    assert export.APPROVALS == APPROVALS
    assert export.PARTS == HALVES
