"""What `dose effort` tells of a file: a JSON document, or the same as a table. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from server.commands.session_rows import SessionRow
from server.dose.effort.course import CourseWeek, DatedLoad, find_monday, list_weeks
from server.dose.effort.session_load import (
    SRPE,
    VARIANTS,
    compute_srpe_load,
    compute_srpe_variants,
)
from server.dose.quantity import Quantity

_CONVENTIONS: Final = {
    "srpe_load": "rating on 0 to 10 times minutes of the whole session (Foster 2001)",
    "rest_day": "a day without a row has load 0",
    "sd": "of seven days, n - 1; with n in the fields that end in _n",
    "missing": "a session without rating or minutes leaves its week without a number",
}
_HEAD: Final = ["week", "from", "until", "sessions", "load AU", "monotony", "strain AU", "so far"]


def describe_effort(rows: Sequence[SessionRow], *, iso_weeks: bool) -> dict[str, Any]:
    """Every session and every week; null is not known, and `missing` says why."""
    first_day = find_monday(rows[0].day) if iso_weeks else rows[0].day
    loads = [compute_srpe_load(row.rating, row.duration_min) for row in rows]
    weeks = list_weeks(_date_loads(rows, loads), first_day)
    converted = any(row.rating is not None and row.rating.is_converted for row in rows)
    told: dict[str, Any] = {
        "conventions": {
            **_CONVENTIONS,
            "week": "ISO 8601, from Monday" if iso_weeks else f"seven days from {first_day}",
        },
        "versions": {"srpe_load": loads[0].version, "week": weeks[0].load.load_au.version},
        "converted": converted,
        "sessions": [_view_session(*one) for one in zip(rows, loads, strict=True)],
        "weeks": [_view_week(week) for week in weeks],
        "sessions_without_load": sum(one.value is None for one in loads),
        "total_load_au": weeks[-1].cumulative_au.value,
    }
    if converted:
        told["sensitivity"] = {name: _view_variant(rows, name, first_day) for name in VARIANTS}
    return told


def write_effort_table(effort: dict[str, Any]) -> str:
    """The weeks as a table, then how they were worked out."""
    rows = [_HEAD, *(_write_week(week) for week in effort["weeks"])]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEAD))]
    lines = ["  ".join(c.rjust(w) for c, w in zip(row, widths, strict=True)) for row in rows]
    if effort["sessions_without_load"]:
        n_unknown = effort["sessions_without_load"]
        lines.append(f"sessions without rating or minutes, whose weeks have no sum: {n_unknown}")
    lines += [f"{name}: {words}" for name, words in effort["conventions"].items()]
    if effort["converted"]:
        lines.append("converted: ratings on 6 to 20 by their anchors on 0 to 10; otherwise read:")
    lines += [_write_variant(name, one) for name, one in effort.get("sensitivity", {}).items()]
    return "\n".join(lines) + "\n"


def _date_loads(rows: Sequence[SessionRow], loads: Sequence[Quantity]) -> list[DatedLoad]:
    return [DatedLoad(row.day, load.value) for row, load in zip(rows, loads, strict=True)]


def _view_session(row: SessionRow, load: Quantity) -> dict[str, Any]:
    return {
        "date": row.day.isoformat(),
        "rpe_cr10": None if row.rating is None else row.rating.cr10,
        "dur_min": row.duration_min,
        SRPE: load.value,
        "missing": None if load.missing is None else load.missing.value,
    }


def _view_week(week: CourseWeek) -> dict[str, Any]:
    numbers = {
        "weekly_load_au": week.load.load_au,
        "monotony": week.load.monotony,
        "strain_au": week.load.strain_au,
        "monotony_n": week.load.monotony_n,
        "strain_n_au": week.load.strain_n_au,
        "cumulative_load_au": week.cumulative_au,
    }
    return {
        "week": week.number,
        "from": week.first_day.isoformat(),
        "until": week.last_day.isoformat(),
        "sessions": week.n_sessions,
        **{name: one.value for name, one in numbers.items()},
        "missing": {name: one.missing.value for name, one in numbers.items() if one.missing},
    }


def _view_variant(rows: Sequence[SessionRow], name: str, first_day: date) -> dict[str, Any]:
    loads = [compute_srpe_variants(row.rating, row.duration_min)[name] for row in rows]
    weeks = list_weeks(_date_loads(rows, loads), first_day)
    return {
        "unit": loads[0].unit,
        "weekly": [week.load.load_au.value for week in weeks],
        "total": weeks[-1].cumulative_au.value,
    }


def _write_week(week: dict[str, Any]) -> list[str]:
    numbers = [week["weekly_load_au"], week["monotony"], week["strain_au"]]
    numbers = [*numbers, week["cumulative_load_au"]]
    written = [_write_number(one, n) for one, n in zip(numbers, (1, 2, 1, 1), strict=True)]
    return [str(week["week"]), week["from"], week["until"], str(week["sessions"]), *written]


def _write_variant(name: str, variant: dict[str, Any]) -> str:
    weekly = ", ".join(_write_number(one, 1) for one in variant["weekly"])
    return f"  {name} ({variant['unit']}) by week: {weekly}"


def _write_number(number: float | None, places: int) -> str:
    return "-" if number is None else f"{number:.{places}f}"
