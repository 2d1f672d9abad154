from protocol.training.building import build, list_fields
from protocol.training.exercises import Exercise
from protocol.training.frame import PrintedText, Safety, UnitTimes
from protocol.training.plan import TrainingPlan
from protocol.training.vocabulary import Axis


def test_every_fault_of_a_table_is_told_at_once() -> None:
    wrong: list[str] = []
    table = {
        "id": "Up Per",
        "category": 5,
        "unit": "rep",
        "sides": True,
        "needs": "bar",
        "rows": [{"weeks": [1], "sets": True, "amount": [1, "a"], "step": 3}, 7],
        "harde": "x",
    }
    assert build(Exercise, table, "exercises.x", wrong) is None
    assert wrong == [
        "exercises.x.harde: there is no such key; did you mean 'harder'?",
        "exercises.x.id: expected small letters, digits, - and _",
        "exercises.x.category: expected text, got a whole number",
        "exercises.x.unit: there is no 'rep'; choose from: reps, seconds, metres, laps",
        "exercises.x.sides: expected text, got true or false; choose from: both, each_side, shared",
        "exercises.x.needs: expected a list, got text",
        "exercises.x.rows[1].step: there is no such key; did you mean 'steps'?",
        "exercises.x.rows[1].weeks: expected a list of length 2, got 1",
        "exercises.x.rows[1].sets: expected a whole number, got true or false",
        "exercises.x.rows[1].amount[2]: expected a whole number, got text",
        "exercises.x.rows[1].steps: missing",
        "exercises.x.rows[2]: expected a table, got 7",
        "exercises.x.printed_name: missing",
        "exercises.x.name: missing",
        "exercises.x.cue: missing",
        "exercises.x.movements: missing",
        "exercises.x.support: missing",
    ]


def test_numbers_that_are_no_numbers_are_refused() -> None:
    wrong: list[str] = []
    table = {"reps": float("nan"), "laps": float("inf"), "metres": -1}
    assert build(UnitTimes, table, "session.unit_s", wrong) is None
    assert len(wrong) == 3
    assert build(Safety, {"hr_ceiling_bpm": 10**40}, "safety", wrong) is None
    assert wrong[-1] == "safety.hr_ceiling_bpm: expected a whole number <= 250"


def test_a_wrong_word_in_a_list_names_its_place_and_the_right_ones() -> None:
    wrong: list[str] = []
    assert build(PrintedText, {"overload": ["band", "weight"]}, "text", wrong) is None
    told = "text.overload[2]: there is no 'weight'; choose from: "
    assert wrong == [told + "repetitions, duration, band, type"]


def test_a_right_table_is_a_value() -> None:
    wrong: list[str] = []
    text = build(PrintedText, {"overload": ["band"], "amount": [8, 15]}, "text", wrong)
    assert text == PrintedText(amount=(8, 15), overload=(Axis.BAND,))
    assert wrong == []


def test_tables_of_a_plan_and_their_keys() -> None:
    keys = list_fields(TrainingPlan)
    assert keys["course"] == {"weeks", "sessions_per_week"}
    assert "tandem" not in keys
    assert {"bands", "exercises", "notes", "text"} <= set(keys)
    assert "title" not in keys
