"""What was measured and found, on both databases: entered whole, corrected with a reason, kept."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from server.db.database import Database
from server.errors import ConflictError, NotFoundError, RuleError
from server.sessions.audit import check_chain
from server.study.entering import Result
from server.study.entry import Entry
from server.study.erasing import erase_fact
from server.study.fact_kind import FactKind
from server.study.facts import read_audited_facts, read_facts, read_facts_head
from server.study.fields.field import Answer
from server.study.fields.measured import MEASURED_BY_NAME
from server.study.fields.missing import MissingReason
from server.study.measured_heart import MeasuredHeart, Sex
from server.study.measured_hearts import add_measured_heart, read_measured_hearts
from server.study.recorded import Measurement, Sample, read_measurements, read_samples
from server.study.tables import STUDY_FACT_ERASURES, STUDY_FACT_VALUES, STUDY_FACTS
from server.study.trouble import AnswersRefusedError
from tests.studies import Study
from tests.study_people import (
    BASELINE,
    P07,
    P08,
    POST,
    add_two_women,
    make_recorder,
    measured,
    read_values,
    store,
)

ID = "019abcde-f012-7abc-8def-0123456789ab"
NOT_RECORDED = Answer.missing_for(MissingReason.NOT_RECORDED)


@pytest.fixture
def database(study: Study) -> Iterator[Database]:
    with study.open() as storage:
        add_two_women(storage.database)
        yield storage.database


def read(database: Database, *, with_unentered: bool = True) -> dict[tuple[str, str], Measurement]:
    with database.reading() as connection:
        found = read_measurements(connection, with_unentered=with_unentered)
    return {(one.code, one.time_point): one for one in found}


def found_in_blood(database: Database) -> list[Sample]:
    with database.reading() as connection:
        return read_samples(connection)


def sample(analyte: str = "bdnf", matrix: str = "serum", **values: object) -> Entry:
    return Entry(FactKind.SAMPLE, P07, POST, read_values(values), analyte, matrix)


def draw(**values: object) -> Entry:
    return Entry(FactKind.DRAW, P07, POST, read_values(values))


def n_facts(database: Database) -> int:
    with database.reading() as connection:
        return read_facts_head(connection).n


def test_every_participant_has_an_answer_to_every_field(database: Database) -> None:
    store(database, measured(age_y=36, height_cm=161.5, weight_kg=57.3, edss=2))
    found = read(database)
    assert list(found) == [(P07, BASELINE), (P07, POST), (P08, BASELINE), (P08, POST)]
    assert all(list(one.answers) == list(MEASURED_BY_NAME) for one in found.values())
    hers = found[P07, BASELINE].answers
    assert (hers["edss"], hers["dmt"]) == (Answer(2.0), NOT_RECORDED)
    assert hers["bmi"] == Answer(21.97, is_derived=True)
    assert set(found[P08, POST].answers.values()) == {NOT_RECORDED}


def test_the_same_again_adds_nothing_and_a_difference_needs_a_reason(database: Database) -> None:
    first = measured(weight_kg=57.3, edss=2)
    assert [one.result for one in store(database, first).outcomes] == [Result.NEW]
    assert [one.result for one in store(database, first).outcomes] == [Result.KNOWN]
    other = measured(weight_kg=58.3, edss=2, age_y=36)
    with pytest.raises(AnswersRefusedError, match="weight_kg: .*a correction needs a reason"):
        store(database, other)
    assert n_facts(database) == 1
    done = store(database, replace(other, reason=" the scale was off "))
    assert [(one.number, one.corrected) for one in done.outcomes] == [(2, ("weight_kg",))]
    assert read(database)[P07, BASELINE].answers["weight_kg"] == Answer(58.3)
    with database.reading() as connection:
        facts = read_facts(connection)
    assert [(f.number, f.corrects, f.reason, sorted(f.answers)) for f in facts] == [
        (1, False, None, ["edss", "weight_kg"]),
        (2, True, "the scale was off", ["age_y", "weight_kg"]),
    ]
    assert (facts[0].recorded_by, facts[0].recorded_at) == ("ana", "2026-11-27T12:00:00.000Z")


def test_to_say_why_a_value_is_missing_is_a_correction_too(database: Database) -> None:
    store(database, measured(edss=2))
    gone = measured(edss=MissingReason.UNUSABLE)
    with pytest.raises(AnswersRefusedError):
        store(database, gone)
    store(database, replace(gone, reason="of another woman"))
    assert read(database)[P07, BASELINE].answers["edss"].missing is MissingReason.UNUSABLE


def test_all_or_nothing_with_everything_that_is_wrong(database: Database) -> None:
    fits = measured(edss=2)
    wrong = measured(P08, bmi=30, height_cm=160, weight_kg=57)
    nobody = measured(replace(fits).code, POST, edss=2)
    with pytest.raises(AnswersRefusedError) as error:
        store(database, fits, wrong, replace(nobody, code="P99"))  # type: ignore[arg-type]
    assert [one.field for one in error.value.troubles] == ["bmi", "participant"]
    assert n_facts(database) == 0


def test_what_is_stored_already_counts_in_what_can_be(database: Database) -> None:
    store(database, measured(height_cm=160, weight_kg=57))
    with pytest.raises(AnswersRefusedError, match="bmi: 30 doesn't fit"):
        store(database, measured(bmi=30))


def test_a_post_may_come_for_ever_and_its_id_is_its_own(database: Database) -> None:
    entry = replace(measured(edss=2), id=ID)
    for wanted in (Result.NEW, Result.KNOWN, Result.KNOWN):
        assert [(o.id, o.result) for o in store(database, entry).outcomes] == [(ID, wanted)]
    store(database, replace(measured(edss=3), reason="read wrongly"))
    assert [one.result for one in store(database, entry).outcomes] == [Result.KNOWN]
    assert read(database)[P07, BASELINE].answers["edss"] == Answer(3.0)  # not the old one again
    for other in (measured(edss=4), measured(P08, edss=2), draw(sleep_h=7)):
        with pytest.raises(ConflictError, match="this id is another entry's"):
            store(database, replace(other, id=ID))


def test_who_saw_less_than_there_is_is_told(database: Database) -> None:
    store(database, replace(measured(edss=2), seen=0))
    with pytest.raises(ConflictError, match="meanwhile"):
        store(database, replace(measured(age_y=36), seen=0))
    store(database, replace(measured(age_y=36), seen=1))


def test_a_concentration_with_its_draw(database: Database) -> None:
    store(
        database,
        draw(drawn_at="2026-11-27T08:15:00+03:30", fasting_h=12),
        sample(value=21.45, unit="ng/mL", plate="PL-03"),
        sample("gdnf", value=MissingReason.BELOW_LLOQ, unit="pg/mL", lloq=4),
    )
    bdnf, gdnf = found_in_blood(database)
    assert (bdnf.key.analyte, bdnf.value_pg_ml, bdnf.draw.hour_h) == ("bdnf", 21450.0, 8.25)
    assert bdnf.draw.answers["fasting_h"] == gdnf.draw.answers["fasting_h"] == Answer(12.0)
    assert (gdnf.value_pg_ml, gdnf.answers["value"].missing) == (None, MissingReason.BELOW_LLOQ)
    assert bdnf.answers["dilution"] == NOT_RECORDED


HEART: dict[str, Any] = {"hr_rest_bpm": 64, "hr_max_bpm": 178}
SOURCES: dict[str, Any] = {"hr_rest_source": "ecg", "hr_max_source": "exercise_test"}


def hearts(database: Database) -> dict[str, MeasuredHeart]:
    with database.reading() as connection:
        return read_measured_hearts(connection)


def test_heart_rates_at_baseline_lie_with_the_measured_hearts_and_only_there(
    database: Database,
) -> None:
    store(database, measured(**HEART, **SOURCES))
    assert hearts(database) == {P07: MeasuredHeart(64, Sex.FEMALE, max_bpm=178)}
    with database.reading() as connection:
        stored = connection.execute(select(STUDY_FACT_VALUES.c.value)).scalar_one()
    assert "64" not in stored
    answers = read(database)[P07, BASELINE].answers
    shown = {name: answers[name].value for name in (*HEART, "hr_max_source")}
    assert shown == HEART | {"hr_max_source": "exercise_test"}
    again = store(database, measured(**HEART, **SOURCES))
    assert [one.result for one in again.outcomes] == [Result.KNOWN]


def test_a_heart_that_is_corrected_for_the_dose_is_corrected_here(database: Database) -> None:
    store(database, measured(**HEART, **SOURCES))
    add_measured_heart(database, P07, MeasuredHeart(60, Sex.FEMALE, max_bpm=180), "bo", "a test")
    assert read(database)[P07, BASELINE].answers["hr_rest_bpm"].value == 60
    with pytest.raises(AnswersRefusedError, match="a correction needs a reason"):
        store(database, measured(hr_rest_bpm=64))
    store(database, replace(measured(hr_rest_bpm=62), reason="measured once more"))
    assert hearts(database)[P07] == MeasuredHeart(62, Sex.FEMALE, max_bpm=180)


def test_a_heart_of_which_only_the_dose_knows_is_not_shown_to_who_is_blinded(
    database: Database,
) -> None:
    """A heart is needed of who trains only: that one is known would tell."""
    add_measured_heart(database, P07, MeasuredHeart(60, Sex.FEMALE, max_bpm=180), "bo", None)
    assert read(database)[P07, BASELINE].answers["hr_rest_bpm"].value == 60
    blinded = read(database, with_unentered=False)
    assert blinded[P07, BASELINE].answers == blinded[P08, BASELINE].answers
    store(database, measured(hr_rest_bpm=60))  # the same, and now it is entered here
    assert read(database, with_unentered=False)[P07, BASELINE].answers["hr_rest_bpm"].value == 60


def test_half_a_heart_waits_and_a_wrong_one_is_refused(database: Database) -> None:
    store(database, measured(hr_rest_bpm=64, hr_rest_source="ecg"))
    assert hearts(database) == {}
    assert read(database)[P07, BASELINE].answers["hr_rest_bpm"] == Answer(64.0)
    with pytest.raises(AnswersRefusedError, match="hr_max_bpm: the maximum .* is not above"):
        store(database, measured(P08, hr_max_bpm=90, hr_rest_bpm=100, **SOURCES))
    with pytest.raises(AnswersRefusedError, match="the formula nes needs her age"):
        store(database, measured(hr_max_source="nes"))
    store(database, measured(age_y=36, hr_max_source="gulati"))
    assert hearts(database)[P07].formula == "gulati"
    store(database, measured(P07, POST, hr_rest_bpm=58, hr_max_bpm=181, **SOURCES))
    assert hearts(database)[P07].rest_bpm == 64  # the dose goes by what she came with


CHANGES = [
    update(STUDY_FACTS).values(about="P08/baseline"),
    update(STUDY_FACT_VALUES).values(value="{}"),
    delete(STUDY_FACTS),
    delete(STUDY_FACT_VALUES),
    delete(STUDY_FACT_ERASURES),
    update(STUDY_FACT_ERASURES).values(recorded_n=1),
]


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_the_database_itself_refuses_changes(database: Database, change: object) -> None:
    store(database, measured(edss=2), measured(P08, edss=3))
    with database.writing() as connection:
        erase_fact(connection, read_facts(connection)[0].id, "withdrew", make_recorder())
    with pytest.raises(DBAPIError), database.writing() as connection:
        connection.execute(change)  # type: ignore[call-overload]
    assert n_facts(database) == 3


def test_the_database_itself_refuses_a_branch_and_a_correction_without_a_reason(
    database: Database,
) -> None:
    store(database, measured(edss=2))
    with database.reading() as connection:
        row = dict(connection.execute(select(STUDY_FACTS)).mappings().one())
        value = dict(connection.execute(select(STUDY_FACT_VALUES)).mappings().one())
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(insert(STUDY_FACTS), [{**row, "n": 2, "id": "another"}])
    with database.writing() as connection:
        fact = {**row, "n": 2, "id": "another", "number": 2}
        connection.execute(insert(STUDY_FACTS), [fact])
    corrects = {**value, "n": 2, "corrects": True}
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(insert(STUDY_FACT_VALUES), [corrects])


def test_an_erasure_keeps_the_act_and_the_chain(database: Database) -> None:
    store(database, replace(measured(edss=2), id=ID))
    with database.writing() as connection:
        assert erase_fact(connection, ID, "she withdrew", make_recorder("dm")) == 1
    with database.reading() as connection:
        fact, decision = read_facts(connection)
        report = check_chain(read_audited_facts(connection), [])
    assert (fact.is_erased, fact.answers, fact.recorded_by) == (True, {}, "ana")
    assert (decision.kind, decision.about, decision.reason) == (
        FactKind.ERASED,
        ID,
        "she withdrew",
    )
    assert (report.findings, report.n_rows, len(report.erased)) == ([], 2, 1)
    assert read(database)[P07, BASELINE].answers["edss"] == NOT_RECORDED
    assert [one.result for one in store(database, replace(measured(edss=2), id=ID)).outcomes] == [
        Result.KNOWN  # it doesn't come back
    ]
    with database.writing() as connection:
        for wrong, error in ((ID, RuleError), ("nothing", NotFoundError)):
            with pytest.raises(error):
                erase_fact(connection, wrong, "again", make_recorder())
