"""Rows of files as entries: every problem of a file at once, with its line and column."""

import pytest

from server.study.entry import Entry
from server.study.fact_kind import FactKind
from server.study.fields.field import Answer
from server.study.fields.missing import MissingReason
from server.study.import_rows import read_measurement_rows, read_sample_rows
from server.study.table_file import read_table
from server.study.trouble import AnswersRefusedError

KEYS = "participant,time_point"


def measurements(content: str) -> list[Entry]:
    return read_measurement_rows(read_table(content.encode()))


def samples(content: str) -> list[Entry]:
    return read_sample_rows(read_table(content.encode()))


def troubles(content: str, read: object = measurements) -> list[str]:
    with pytest.raises(AnswersRefusedError) as error:
        read(content)  # type: ignore[operator]
    return [str(one) for one in error.value.troubles]


def test_a_row_is_an_entry_and_an_empty_cell_says_nothing() -> None:
    (entry,) = measurements(f"{KEYS},age_y,edss,weight_kg\np07,Baseline,36,,refused\n")
    assert (entry.kind, entry.about, entry.line) == (FactKind.MEASUREMENT, "P07/baseline", 2)
    refused = Answer.missing_for(MissingReason.REFUSED)
    assert entry.answers == {"age_y": Answer(36.0), "weight_kg": refused}


def test_a_reason_may_stand_in_a_column_beside_it() -> None:
    (entry,) = measurements(f"{KEYS},dmt_text,dmt_text_missing\nP07,post,,unknown\n")
    assert entry.answers["dmt_text"].missing is MissingReason.UNKNOWN
    (said,) = troubles(f"{KEYS},edss,edss_missing\nP07,post,2,refused\n")
    assert said.startswith("line 2, edss: has a value, and a reason")


def test_all_that_is_wrong_is_told_at_once_by_line() -> None:
    content = (
        f"{KEYS},edss,heigth_cm,weight_kg\n"
        "P07,baseline,2.3,160,57\n"
        "Maryam,baseline,2,160,57 kg\n"
        "P07,baseline,2,160,57\n"
        "P08,middle,12,160,57\n"
    )
    assert troubles(content) == [
        "line 1, heigth_cm: there is no such field; is it height_cm?",
        "line 2, edss: 2.3 is no step of it: steps of 0.5, and there is no 0.5",
        "line 3, weight_kg: '57 kg' is not a number; digits and a decimal point only",
        "line 3, participant: 'Maryam' is not a participant's code: P01 to P999",
        "line 4, participant: P07 baseline stands in line 2 already",
        "line 5, edss: 12 can't be; give 0 to 10",
        "line 5, time_point: 'middle' is none of: baseline, post",
    ]


def test_a_column_that_is_needed_and_a_file_without_rows() -> None:
    assert troubles("participant,edss\nP07,2\n") == [
        "line 1, time_point: this column is needed; there are participant, edss"
    ]
    assert troubles(f"{KEYS},edss\n") == ["the file has a first line and no rows"]


def test_decimal_commas_where_semicolons_separate() -> None:
    (entry,) = measurements("participant;time_point;weight_kg\nP07;post;57,3\n")
    assert entry.answers == {"weight_kg": Answer(57.3)}
    (said,) = troubles("participant;time_point;weight_kg\nP07;post;57,300\n")
    assert said.startswith("line 2, weight_kg: 57,300 may be a decimal or thousands")
    (said,) = troubles(f'{KEYS},weight_kg\nP07,post,"57,3"\n')
    assert said == "line 2, weight_kg: 57,3 has a comma; write 57.3"


def test_only_what_she_may_enter() -> None:
    table = read_table(f"{KEYS},edss,age_y,age_y_missing\nP07,post,2,3,\n".encode())
    with pytest.raises(AnswersRefusedError) as error:
        read_measurement_rows(table, frozenset({"edss"}))
    said = [str(one) for one in error.value.troubles]
    assert "line 1, age_y: your role doesn't enter this" in said
    assert "line 1, age_y_missing: your role doesn't enter this" in said


SAMPLES = f"{KEYS},analyte,matrix,value,unit,fasting_h"


def test_what_a_draw_has_in_common_is_said_of_the_draw_once() -> None:
    draw, bdnf, gdnf = samples(
        f"{SAMPLES}\nP07,post,BDNF,serum,21450,pg/mL,12\nP07,post,gdnf,serum,101.5,pg/mL,\n"
    )
    assert (draw.kind, draw.about, draw.answers) == (
        FactKind.DRAW,
        "P07/post",
        {"fasting_h": Answer(12.0)},
    )
    assert (bdnf.kind, bdnf.about) == (FactKind.SAMPLE, "P07/post/bdnf/serum")
    assert gdnf.answers == {"value": Answer(101.5), "unit": Answer("pg/mL")}


def test_rows_of_one_draw_must_not_contradict_each_other() -> None:
    content = f"{SAMPLES}\nP07,post,bdnf,serum,21450,pg/mL,12\nP07,post,gdnf,serum,9,pg/mL,10\n"
    assert troubles(content, samples) == [
        "line 3, fasting_h: says another thing of the same draw than line 2"
    ]


def test_a_sample_that_stands_there_twice_and_an_unknown_analyte() -> None:
    row = "P07,post,bdnf,serum,21450,pg/mL,12\n"
    assert troubles(f"{SAMPLES}\n{row}{row}P07,post,bdfn,whole,1,pg/mL,\n", samples) == [
        "line 3, participant: P07 post bdnf serum stands in line 2 already",
        "line 4, analyte: 'bdfn' is none of: bdnf, gdnf",
        "line 4, matrix: 'whole' is none of: serum, plasma",
    ]
