from msgspec.structs import replace

from protocol.training.shipped import read_shipped_plan
from protocol.training.week_view import show_plan
from server.commands.plan_table import write_overview, write_week

PLAN = read_shipped_plan("as_printed")


def _row(table: str, begin: str) -> list[str]:
    (line,) = [line for line in table.splitlines() if line.startswith(begin)]
    return line[len(begin) :].split()


def test_every_exercise_stands_against_every_week() -> None:
    table = write_overview(show_plan(PLAN))
    assert _row(table, "effort") == ["6-20", "9-10", "9-10", "11", "11", "11"] + ["12-13"] * 3
    assert _row(table, "band at most") == [
        "red", "red", "green", "green", "blue", "blue", "black", "black",
    ]  # fmt: skip
    assert _row(table, "stations ") == ["20", "20", "19", "19", "19", "24", "18", "10"]
    assert _row(table, "Heel-to-toe on foam, with support") == [
        "seconds", "·", "·", "8→12", "12→15", "·", "·", "·", "·",
    ]  # fmt: skip
    assert _row(table, "Hip flexion with band") == [
        "reps", "8", "10", "10", "12", "12", "15", "15", "15",
    ]  # fmt: skip


def test_columns_stand_under_each_other() -> None:
    lines = write_overview(show_plan(PLAN)).splitlines()
    head = next(line for line in lines if line.startswith("exercise"))
    row = next(line for line in lines if line.startswith("Pelvic tilt"))
    assert row.index("10") == head.index("week 3")
    assert all(line == line.rstrip() for line in lines)


def test_limits_are_told_as_they_are() -> None:
    assert "nobody signed any" in write_overview(show_plan(PLAN))
    safety = replace(PLAN.safety, rpe_hold=15, signed_by="Dr N.", signed_on="2026-11-02")
    told = write_overview(show_plan(replace(PLAN, safety=safety)))
    assert "signed by Dr N. on 2026-11-02: heart rate - bpm, effort alert -, effort hold 15" in told


def test_a_week_has_what_is_held_on_to_and_how_sides_count() -> None:
    table = write_week(show_plan(PLAN, 3))
    assert "week 3: effort 11 on 6-20 (low), 10-12 accepted; band green at most" in table
    row = _row(table, "Heel-to-toe on foam, with support")
    assert row == ["3", "8→12", "seconds", "each", "side", "holds", "on"]
    assert "session 9: 24 turns × 30 s + 23 rests × 60 s = 35.0 min" in table


def test_a_plan_without_notes_or_bands() -> None:
    plan = replace(PLAN, notes=(), bands=None)
    exercises = tuple(replace(one, band=False) for one in plan.exercises)
    plan = replace(plan, exercises=exercises)
    assert "contradicts" not in write_overview(show_plan(plan))
    assert _row(write_overview(show_plan(plan)), "band at most") == ["-"] * 8
    assert "band" not in write_week(show_plan(plan, 1)).splitlines()[5]
