"""REDCap's own rules on its data dictionary and its import (help pages of REDCap 14)."""

import csv
import re
from pathlib import Path

from server.export.dataset.absence import Absent
from server.export.dataset.formats.redcap import (
    DICTIONARY_COLUMNS,
    is_form,
    write_dictionary,
    write_import,
)
from server.export.dataset.sources import attendance
from server.export.dataset.table import Row
from server.export.dataset.tables import ALL

TABLES = [one.table for one in ALL]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def attend(keys: list[tuple[int, str]]) -> list[Row]:
    """Rows of attendance of which nothing else was recorded."""
    names = [one.name for one in attendance.TABLE.columns]
    row = dict.fromkeys(names, Absent("not_recorded"))
    return [
        {**row, "session_number": number, "participant": who, "attendance": "attended"}
        for number, who in keys
    ]


def test_a_dictionary_that_redcap_takes(tmp_path: Path) -> None:
    write_dictionary(tmp_path / "d.csv", TABLES)
    fields = read(tmp_path / "d.csv")
    assert tuple(fields[0]) == DICTIONARY_COLUMNS
    names = [one["Variable / Field Name"] for one in fields]
    assert names[0] == "participant"  # the first field is the record's id
    assert len({*names}) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,99}", name) for name in names)
    assert {one["Field Type"] for one in fields} == {"text", "dropdown", "yesno"}
    forms = [one["Form Name"] for one in fields]
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,63}", form) for form in forms)
    assert forms == sorted(forms, key=forms.index)  # fields of one form stand together
    assert "sessions" not in forms


def test_choices_are_codes_and_labels(tmp_path: Path) -> None:
    write_dictionary(tmp_path / "d.csv", TABLES)
    for one in read(tmp_path / "d.csv"):
        if one["Field Type"] == "dropdown":
            choices = one["Choices, Calculations, OR Slider Labels"].split(" | ")
            assert all(re.fullmatch(r"[A-Za-z0-9_]+, [^|]+", choice) for choice in choices)
            codes = [choice.partition(",")[0] for choice in choices]
            assert len({*codes}) == len(codes)


def test_a_repeating_form_counts_its_instances_for_each_participant(tmp_path: Path) -> None:
    rows = attend([(1, "a"), (1, "b"), (2, "a")])
    write_import(tmp_path / "i.csv", attendance.TABLE, rows)
    written = read(tmp_path / "i.csv")
    told = [
        (one["participant"], one["redcap_repeat_instrument"], one["redcap_repeat_instance"])
        for one in written
    ]
    assert told == [("a", "attendance", "1"), ("b", "attendance", "1"), ("a", "attendance", "2")]
    assert written[0]["attendance_rating_why"] == "not_recorded"


def test_every_field_of_an_import_is_in_the_dictionary(tmp_path: Path) -> None:
    write_dictionary(tmp_path / "d.csv", TABLES)
    known = {one["Variable / Field Name"] for one in read(tmp_path / "d.csv")}
    repeating = {"redcap_repeat_instrument", "redcap_repeat_instance"}
    for table in filter(is_form, TABLES):
        write_import(tmp_path / "i.csv", table, [])
        names = (tmp_path / "i.csv").read_text().strip().split(",")
        assert {*names} - repeating <= known
