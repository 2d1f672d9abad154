"""Files whose values can't be true together, on themselves and beside what is stored."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from server.db.database import Database
from server.study.bringing import Brought, ReadRows, bring_file
from server.study.facts import read_facts_head
from server.study.import_rows import read_measurement_rows, read_sample_rows
from server.study.trouble import AnswersRefusedError
from tests.studies import Study
from tests.study_people import P07, POST, add_two_women, make_recorder, measured, store

TUBES = "participant,time_point,analyte,matrix,value,unit,drawn_at\n"
PEOPLE = "participant,time_point,"
BEFORE = "P07,baseline,bdnf,plasma,228,pg/mL,2026-11-20T08:15+03:30\n"
AFTER = "P07,post,bdnf,plasma,300,pg/mL,2026-11-12T08:15+03:30\n"


@pytest.fixture
def database(study: Study) -> Iterator[Database]:
    with study.open() as storage:
        add_two_women(storage.database)
        yield storage.database


def bring(
    database: Database, content: str, read: ReadRows = read_sample_rows, reason: str | None = None
) -> Brought:
    with database.writing() as connection:
        return bring_file(connection, content.encode(), read, make_recorder(), reason)


def refuse(database: Database, content: str, read: ReadRows = read_sample_rows) -> list[str]:
    """What is said; nothing of the file is stored."""
    n = _count(database)
    with pytest.raises(AnswersRefusedError) as error:
        bring(database, content, read)
    assert _count(database) == n
    return [str(one) for one in error.value.troubles]


def _count(database: Database) -> int:
    with database.reading() as connection:
        return read_facts_head(connection).n


def look(brought: Brought) -> list[str]:
    return [str(one) for one in brought.unusual if "usual" not in str(one)]


def test_blood_after_the_training_that_was_drawn_before_baseline_is_refused(
    database: Database,
) -> None:
    (said,) = refuse(database, TUBES + BEFORE + AFTER)
    assert said.startswith("line 3, drawn_at: the draw after the training, 2026-11-12T08:15:00")
    bring(database, TUBES + BEFORE)
    (said,) = refuse(database, TUBES + AFTER)  # beside what is stored
    assert said.startswith("line 2, drawn_at: the draw after the training")
    bring(database, TUBES + AFTER.replace("11-12", "11-25"))
    told = refuse(database, TUBES + BEFORE.replace("11-20", "11-26"))
    assert told[-1].startswith("line 2, drawn_at: the draw after the training, 2026-11-25")


def test_a_file_may_correct_both_draws_together(database: Database) -> None:
    """The new baseline is after the old draw of after the training, which is gone by then."""
    bring(database, TUBES + BEFORE.replace("11-20", "11-01") + AFTER)
    moved = TUBES + BEFORE + AFTER.replace("11-12", "11-26")
    assert bring(database, moved, reason="the sheets were of the next month").n_corrected == 2


def test_plasma_at_baseline_and_serum_after_the_training_is_told(database: Database) -> None:
    after = AFTER.replace("plasma,300", "serum,30000").replace("11-12", "11-26")
    said = look(bring(database, TUBES + BEFORE + after))
    (one,) = [each for each in said if "anticoagulant" not in each]
    assert one.startswith("line 3, value: plasma at baseline and serum after the training: a diff")
    both = look(bring(database, TUBES + after.replace("bdnf", "gdnf")))
    assert [one for one in both if "at baseline" in one] == []  # of GDNF nothing was found before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("smoking,cigarettes_per_day\nP07,baseline,never,20", "line 2, cigarettes_per_day: 20 cig"),
        ("sex,menopause\nP07,baseline,male,pre", "line 2, menopause: pre beside the sex male"),
        ("measured_on,relapse_3mo,relapse_on\nP07,baseline,2026-11-01,no,2026-10-20",
         "line 2, relapse_on: 2026-10-20 is within the 3 months"),
        ("measured_on,steroids_3mo,steroids_last_on\nP07,post,2026-11-01,no,2026-10-22",
         "line 2, steroids_last_on: 2026-10-22 is within the 3 months"),
        ("hr_rest_bpm\nP07,post,70", "line 2, hr_rest_source: hr_rest_bpm needs its source"),
        ("sex,menopause\nP07,baseline,male,\nP07,post,,pre", "line 3, menopause: pre beside the"),
        ("measured_on\nP07,post,2026-09-01\nP07,baseline,2026-11-01",
         "line 2, measured_on: the measurement after the training, 2026-09-01, is before"),
    ],
)  # fmt: skip
def test_measurements_that_contradict_each_other_are_refused(
    database: Database, content: str, said: str
) -> None:
    (one,) = refuse(database, PEOPLE + content + "\n", read_measurement_rows)
    assert one.startswith(said)


def test_another_sex_and_age_after_the_training_are_told(database: Database) -> None:
    content = PEOPLE + "age_y,sex\nP07,baseline,31,female\nP07,post,45,male\n"
    assert [one.split(":")[0] for one in look(bring(database, content, read_measurement_rows))] == [
        "line 3, sex", "line 3, age_y",
    ]  # fmt: skip
    again = store(database, measured(P07, POST, weight_kg=60))
    assert again.unusual == []  # told when it was entered, and on the form


def test_what_is_stored_is_held_together_with_what_is_new(database: Database) -> None:
    store(database, measured(smoking="never", sex="male"))
    for late in ({"cigarettes_per_day": 20}, {"contraception": "copper_iud"}):
        with pytest.raises(AnswersRefusedError, match="correct one of them"):
            store(database, measured(**late))
    with pytest.raises(AnswersRefusedError, match="menopause: pre beside the sex male"):
        store(database, measured(P07, POST, menopause="pre"))
    store(database, replace(measured(smoking="current", cigarettes_per_day=20), reason="misread"))


def test_somebody_who_is_not_in_the_study_is_told_once_a_row(database: Database) -> None:
    assert refuse(database, TUBES + BEFORE.replace("P07", "P99")) == [
        "line 2, participant: P99 is not in the study"
    ]


def test_a_concentration_that_looks_like_a_code_for_missing_is_told(database: Database) -> None:
    said = look(bring(database, TUBES + BEFORE.replace("228", "999")))
    assert (
        "line 2, value: 999 looks like a code for missing; if it is one, write the reason instead"
        in said
    )
    (refused,) = refuse(database, TUBES + BEFORE.replace("228", "-999"))
    assert refused.startswith("line 2, value: -999 looks like a code for missing; write the reason")
