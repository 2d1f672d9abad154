"""Two datasets of one recipient, joined by pseudonym, tell no more than the first of them alone."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from server.db import migrate
from server.db.database import Database
from server.errors import RuleError
from server.study.recipients import (
    HandedOut,
    add_recipient,
    note_handed_out,
    read_handed_out,
    read_told_levels,
)
from server.study.tables import HANDED_OUT
from server.study.told_levels import WORDS, Levels, is_no_finer
from tests.banded_study import add_women
from tests.contract.test_export_dataset import add_recipient as add_by_command
from tests.contract.test_export_dataset import export_to, read_bytes, rows
from tests.server_process import run_command
from tests.studies import Study, make_study

AGES: Final = (20.0, 30.0, 40.0, 50.0, 60.0)
FIVE_YEARS: Final = (20.0, 25.0, 30.0, 35.0, 40.0, 45.0, 50.0, 55.0, 60.0, 65.0)
FIRST: Final = HandedOut("lab", "csv", (), None, "0f" * 32, None, {"age_y": AGES, "sex": WORDS})
MORE: Final[tuple[Levels, ...]] = ({"age_y": FIVE_YEARS}, {"age_y": AGES, "edss": (4.0,)})
BEFORE: Final = {
    "number": 1, "recipient": "lab", "profile": "csv", "approved": "", "reason": None,
    "manifest_sha256": "0f" * 32, "recorded_by": "os:ana", "recorded_wall_ns": 1, "approval": None,
}  # fmt: skip


@pytest.fixture
def with_recipients(study: Study, tmp_path: Path) -> Study:
    with study.open() as storage:
        for name in ("lab", "clinic"):
            add_recipient(storage.database, name, tmp_path / f"{name}.key", "os:test")
    return study


def test_a_dataset_that_tells_more_than_an_earlier_one_is_refused(with_recipients: Study) -> None:
    with with_recipients.connect() as database:
        note_handed_out(database, FIRST, "ana")
        for levels in MORE:
            with pytest.raises(RuleError, match="build this one again"):
                note_handed_out(database, replace(FIRST, levels=levels), "ana")
        note_handed_out(database, replace(FIRST, recipient="clinic", levels=MORE[0]), "ana")
        coarser = replace(FIRST, levels={"age_y": (40.0,)})
        note_handed_out(database, coarser, "ana")
        with pytest.raises(RuleError, match="told age_y more coarsely, or not at all"):
            note_handed_out(database, FIRST, "ana")
        with database.reading() as connection:
            assert read_told_levels(connection, "lab") == [FIRST.levels, coarser.levels]
            assert len(read_handed_out(connection)) == 3


def test_the_database_itself_refuses_a_dataset_in_bands_without_its_levels(
    with_recipients: Study,
) -> None:
    with (
        with_recipients.connect() as database,
        pytest.raises(DBAPIError, match="levels"),
        database.writing() as connection,
    ):
        connection.execute(insert(HANDED_OUT), [{**BEFORE, "levels": None}])


def test_of_a_dataset_before_levels_were_noted_nobody_knows_and_no_other_follows(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(migrate, "SCHEMA_REVISION", "0019")
        old = study.make_sibling()
    with old.connect() as database:
        add_recipient(database, "lab", tmp_path / "lab.key", "os:test")
        _hand_out_before(database)
    with old.open() as storage, storage.database.reading() as connection:
        with pytest.raises(RuleError, match="dataset 1 went to lab before it was noted"):
            read_told_levels(connection, "lab")
        assert read_told_levels(connection, "clinic") == []
    key = str(tmp_path / "lab.key")
    words = ("--profile", "csv", "--recipient", "lab", "--key-file", key)
    out = tmp_path / "out"
    done = run_command("export", *words, "--out", str(out), *old.arguments)
    assert (done.returncode, done.stderr.count("\n"), out.exists()) == (2, 1, False)
    assert "have a second person approve exact_values, or add a recipient" in done.stderr


def _hand_out_before(database: Database) -> None:
    columns = ", ".join(BEFORE)
    values = ", ".join(f":{name}" for name in BEFORE)
    with database.writing() as connection:
        connection.execute(text(f"INSERT INTO handed_out ({columns}) VALUES ({values})"), BEFORE)


def test_more_women_later_bring_nothing_finer_to_who_had_a_dataset_before(tmp_path: Path) -> None:
    """Ages of ten women, six of them under 35, go out in bands of ten years; of thirty, of five."""
    study = make_study(tmp_path / "study")
    for name in ("lab", "clinic"):
        add_by_command(study, name)
    with study.open() as storage:
        add_women(storage.database, 4, 14)
    export_to(study, "lab", tmp_path / "one")
    export_to(study, "lab", tmp_path / "same")
    assert read_bytes(tmp_path / "one") == read_bytes(tmp_path / "same")
    with study.open() as storage:
        add_women(storage.database, 0, 4)
        add_women(storage.database, 14, 30)
    export_to(study, "lab", tmp_path / "later")
    export_to(study, "clinic", tmp_path / "fresh")
    first, later, fresh = (_read_limits(tmp_path / name) for name in ("one", "later", "fresh"))
    assert is_no_finer(later["age_y"], first["age_y"])
    assert later.keys() <= first.keys()
    assert not is_no_finer(fresh["age_y"], first["age_y"])  # it is her first dataset that bounds
    joined = _count_joined(tmp_path / "one", tmp_path / "later")
    assert min(joined.values()) >= 5
    with study.open() as storage, storage.database.reading() as connection:
        assert len(read_told_levels(connection, "lab")) == 3


def _read_limits(folder: Path) -> dict[str, tuple[float, ...]]:
    bands = json.loads((folder / "manifest.json").read_text())["bands"]
    return {one["in_place_of"]: tuple(one["limits"]) for one in bands if one["limits"]}


def _count_joined(one: Path, later: Path) -> dict[tuple[str, ...], int]:
    """How many have the same of all that both datasets tell of them, joined by pseudonym."""
    told: dict[str, tuple[str, ...]] = {}
    for folder in (one, later):
        for row in rows(folder / "measurements.csv"):
            known = tuple(v for k, v in row.items() if k.endswith("_band") or k == "sex")
            told[row["participant"]] = (*told.get(row["participant"], ()), *known)
    in_both = {row["participant"] for row in rows(one / "participants.csv")}
    groups: dict[tuple[str, ...], int] = {}
    for who in in_both:
        groups[told[who]] = groups.get(told[who], 0) + 1
    return groups
