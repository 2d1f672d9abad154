"""The card of a cell: formula, version, unit, planned, delivered, coverage, evidence, hash."""

from typing import Any

from server.dose.quantity import Missing, Quantity
from server.dose.vector import Metric
from server.projection.marks import Marks
from server.projection.person_dose import PersonDose
from server.web.dose_card import CellDose, view_ahead, view_card, view_json
from server.web.dose_shown import SETS, TENSION, TRIMP

NOW = "2026-11-27T18:00:00.000Z"
WALL_NS = 1_795_802_700_000_000_000  # 2026-11-27 18:05 UTC
HASH = "c0ffee" * 10
NO_PLAN = Quantity.missing_for(Missing.NOT_APPLICABLE, "1", 1)


def make_cell(*metrics: Metric, state: str = "closed", marks: Marks | None = None) -> CellDose:
    line = {"id": "a", "ordinal": 14, "week": 5, "state": state, "participants": ["P03"],
            "planned_start": "2026-11-20T17:00:00.000Z"}  # fmt: skip
    person = PersonDose("P03", metrics, marks or Marks("late", lighter=True, n_events=1))
    return CellDose(line, "Sea", person, WALL_NS, NOW)


def sets(planned: float, delivered: float, category: str | None = None) -> Metric:
    told = Quantity(planned, "sets", 1)
    done = Quantity(delivered, "sets", 3, flags=("sets_without_amount",))
    return Metric("sets_as_logged", told, done, HASH, category)


def told(cell: CellDose, shown: Any = SETS) -> dict[str, str]:
    return {line.label: line.text for line in view_card(cell, shown).lines}


def test_everything_that_a_reader_needs_to_trust_a_number() -> None:
    share = Metric("sets_observed_share", NO_PLAN, Quantity(0.7, "1", 1), HASH)
    seen = Metric("sets_observed", NO_PLAN, Quantity(14.0, "sets", 1), HASH)
    card = view_card(make_cell(sets(24, 20), share, seen), SETS)
    assert card.title == "P03 Sea · Sets"
    assert card.lead == "Session 14, week 5, 2026-11-20 17:00 UTC: closed"
    assert card.review == "/sessions/a/review?participant=P03"
    lines = {line.label: line.text for line in card.lines}
    assert lines == {
        "Planned": "24 sets",
        "Delivered": "20 sets",
        "Delivered / planned": "83.3 %",
        "Coverage": "doesn't apply",
        "Evidence": "70 % of it was observed",
        "Seen by somebody": "14 sets",
        "That day": "came late, lighter that day, adverse events: 1",
        "Formula": SETS.formula,
        "Note": "some sets have no amount",
        "Computed as": "sets_as_logged, version 3",
        "Unit": "sets",
        "Inputs, SHA-256": HASH,
        "Worked out": "2026-11-27 18:05 UTC",
    }


def test_a_running_session_is_not_final() -> None:
    cell = make_cell(sets(24, 20), state="running")
    assert told(cell)["Worked out"] == "2026-11-27 18:05 UTC, not final"
    assert view_json(cell, {})["is_final"] is False


def test_missing_says_why_and_has_no_ratio() -> None:
    heard = Quantity.missing_for(Missing.LOW_COVERAGE, "AU", 1, 0.4)
    lines = told(make_cell(Metric("trimp_banister_prorated_au", NO_PLAN, heard, HASH)), TRIMP)
    assert lines["Delivered"].startswith("Coverage too low")
    assert lines["Coverage"] == "40 %"
    assert lines["Planned"] == "no amount is planned"
    assert "Delivered / planned" not in lines


def test_what_this_study_never_worked_out_is_not_invented() -> None:
    lines = told(make_cell(sets(24, 20)), TENSION)
    assert lines["Delivered"] == "Not worked out yet"
    assert "Unit" not in lines


def test_categories_without_plan_and_work_are_left_out() -> None:
    amounts = {"core": (0, 0), "strength": (12, 9), "other": (0, 1), "balance": (3, 0)}
    cell = make_cell(sets(24, 20), *[sets(*one, name) for name, one in amounts.items()])
    parts = [(p.label, p.planned, p.delivered, p.ratio) for p in view_card(cell, SETS).parts]
    assert parts == [
        ("strength", "12", "9", "75 %"),
        ("other", "0", "1", ""),
        ("balance", "3", "0", "0 %"),
    ]


def test_json_has_every_metric_with_its_ratio() -> None:
    cell = make_cell(sets(24, 20), sets(12, 9, "strength"))
    content = view_json(cell, {"sets": view_card(cell, SETS)})
    (whole, part) = content["metrics"]
    assert (whole["planned"]["value"], whole["delivered"]["version"]) == (24, 3)
    assert whole["ratio"]["value"] == 20 / 24
    assert (part["category"], whole["inputs_sha256"]) == ("strength", HASH)
    assert content["marks"] == {"attendance": "late", "lighter": True, "n_events": 1}
    assert content["cards"]["sets"]["title"] == "P03 Sea · Sets"


def test_a_cell_of_which_nothing_was_derived_says_what_it_is() -> None:
    line = make_cell(state="planned").line
    card = view_ahead(line, "P03", "Planned, not held yet", NOW)
    assert card.lead.endswith("was planned, and nobody began it")
    assert [one.text for one in card.lines] == ["Planned, not held yet"]
