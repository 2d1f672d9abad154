"""What would give an exact value beside others is withheld, and nothing else."""

import pytest

from server.dose.heart.hr_max import HrMaxSource
from server.dose.quantity import Missing
from server.dose.sensed.heart_metrics import list_heart_metrics
from server.dose.sensed.heart_profile import UNKNOWN_PROFILE
from server.export.dataset.absence import Absent
from server.export.dataset.column import Cell, Kind
from server.export.dataset.levels import Level, list_levels
from server.export.dataset.sources.measurements import TABLE as MEASUREMENTS
from server.export.dataset.sources.participants import SOURCE_WORDS
from server.export.dataset.study_view import StudyView
from server.export.dataset.table import Table
from server.export.dataset.tables import ALL, Source
from server.export.dataset.withholding import (
    COLUMNS,
    FLAGS,
    METRICS,
    NUMBERS,
    WITHHELD,
    Withheld,
    find_withheld,
    withhold,
)
from server.study.fields.measured import MAX_SOURCES

QUASI = {one.name: one for one in MEASUREMENTS.columns if one.is_quasi}
TABLES = {one.table.name: one.table for one in ALL}
NO_VIEW: StudyView = None  # type: ignore[assignment]  # rows here come from no study


def finest(*names: str) -> dict[str, Level]:
    return {name: list_levels(QUASI[name])[0] for name in names}


def read_one(name: str, withheld: Withheld, **cells: Cell) -> dict[str, Cell]:
    source = Source(TABLES[name], lambda _: iter([cells]))
    (row,) = withhold(source, withheld).read(NO_VIEW)
    return dict(row)


def test_every_metric_of_the_heart_is_judged() -> None:
    made = list_heart_metrics(Missing.NO_DATA, UNKNOWN_PROFILE, "00")
    assert {one.name for one in made} == METRICS.keys()


def test_needs_are_columns_that_may_tell_who_somebody_is() -> None:
    for needs in (*METRICS.values(), *FLAGS.values(), *COLUMNS.values()):
        assert needs <= QUASI.keys()
    for table, column in COLUMNS:
        (found,) = [one for one in TABLES[table].columns if one.name == column]
        assert found.may_be_absent


def test_all_numbers_of_a_metric_are_known_in_each_table_that_has_metrics() -> None:
    def list_numbers(table: Table) -> tuple[str, ...]:
        numbers = [one for one in table.columns if one.kind is Kind.NUMBER]
        return tuple(one.name for one in numbers if one.name != "coverage")

    with_metrics = [one for one in TABLES.values() if "metric" in one.key]
    assert {one.name: list_numbers(one) for one in with_metrics} == NUMBERS


def test_beats_go_with_no_band_of_a_maximum_and_banister_with_no_hidden_sex() -> None:
    in_bands = find_withheld(finest("hr_max_bpm", "sex"))
    assert {"mean_hr_bpm", "mean_share_of_hrmax", "trimp_edwards_au"} <= in_bands.metrics
    assert "minutes_hrmax_50_60" in in_bands.metrics
    assert {"mean_hrr", "trimp_banister_au", "minutes_hrr_50_60"}.isdisjoint(in_bands.metrics)
    without_sex = find_withheld(finest("hr_max_bpm"))
    assert without_sex.metrics - in_bands.metrics == {
        "trimp_banister_au", "trimp_banister_prorated_au", "trimp_banister_session_mean_au",
        "trimp_banister_session_mean_prorated_au",
    }  # fmt: skip


@pytest.mark.parametrize("told", [("sex",), ("menopause",), ()])
def test_a_day_of_the_cycle_needs_sex_and_menopause(told: tuple[str, ...]) -> None:
    assert ("samples", "cycle_day") in find_withheld(finest(*told)).columns
    withheld = find_withheld(finest(*told))
    for cell in (12.0, Absent("not_applicable")):  # that it can't be told tells as much
        assert read_one("samples", withheld, cycle_day=cell)["cycle_day"] == WITHHELD
    assert find_withheld(finest("sex", "menopause")).columns == frozenset()


def test_why_a_number_was_missing_stays_and_others_are_withheld() -> None:
    hidden = find_withheld({})
    missing: Cell = Absent("no_strap")
    row = read_one("dose", hidden, metric="mean_hr_bpm", planned=missing, delivered=120.5, flags="")
    assert (row["planned"], row["delivered"]) == (missing, WITHHELD)
    kept = read_one("dose", hidden, metric="sets", planned=9.0, delivered=8.0, flags="")
    assert (kept["planned"], kept["delivered"]) == (9.0, 8.0)


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        ("hr_max_estimated", Absent("not_applicable")),
        ("below_rest;hr_max_estimated", "below_rest"),
        ("below_rest", "below_rest"),
    ],
)
def test_a_flag_that_tells_the_source_of_a_maximum_goes_with_it(flags: str, told: Cell) -> None:
    cells: dict[str, Cell] = {
        "metric": "mean_hrr",
        "planned": Absent("not_applicable"),
        "delivered": 0.5,
    }
    assert read_one("dose", find_withheld({}), flags=flags, **cells)["flags"] == told
    open_source = find_withheld(finest("hr_max_source"))
    assert read_one("dose", open_source, flags=flags, **cells)["flags"] == flags


def test_a_maximum_comes_from_what_measurements_know() -> None:
    assert {*SOURCE_WORDS.values()} == MAX_SOURCES.keys()
    assert {*SOURCE_WORDS} == {*HrMaxSource} - {HrMaxSource.FOX}  # which nobody can choose


def test_a_column_has_one_vocabulary_in_every_table() -> None:
    """One level is chosen by name: words of one table have to be those of the other."""
    for name, one in QUASI.items():
        for table in TABLES.values():
            for other in table.columns:
                if other.name == name:
                    told = (other.is_quasi, other.kind, dict(other.values))
                    assert told == (True, one.kind, dict(one.values)), (table.name, name)
