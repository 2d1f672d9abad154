"""Table `sessions`: every session that was planned, held or not."""

from collections.abc import Iterator
from typing import Final

from server.export.dataset.column import Cell, Column, Guard, Kind
from server.export.dataset.quantities import tell_or
from server.export.dataset.sources.keys import SESSION, STUDY_DAY
from server.export.dataset.study_view import HeldSession, StudyView
from server.export.dataset.table import Row, Table

TABLE: Final = Table(
    "sessions",
    "Sessions: a row each",
    (
        SESSION,
        Column("course_session", Kind.INTEGER, "number in the plan", may_be_absent=True),
        Column("week", Kind.INTEGER, "week of the plan", may_be_absent=True),
        Column("study_day", Kind.INTEGER, STUDY_DAY, "d"),
        Column(
            "planned_on",
            Kind.DATE,
            "date it was planned for, in the study's time zone",
            guard=Guard.DATE,
        ),
        Column("plan", Kind.STRING, "training plan in force", may_be_absent=True),
        Column(
            "state",
            Kind.STRING,
            "what became of it",
            values={"planned": "not held", "running": "not closed yet", "closed": "closed"},
        ),
        Column("n_planned", Kind.INTEGER, "participants planned", may_be_absent=True),
        Column("room_start_c", Kind.NUMBER, "room at the start", "Cel", may_be_absent=True),
        Column("room_end_c", Kind.NUMBER, "room at the end", "Cel", may_be_absent=True),
    ),
    key=("session_number",),
    refers_to={},
)


def read(view: StudyView) -> Iterator[Row]:
    """All of them, by when they were planned."""
    held = {one.number: one for one in view.iterate_held()}
    for number, line in enumerate(view.lines, start=1):
        people = line["participants"]
        yield {
            "session_number": number,
            "course_session": tell_or(line["ordinal"], "not_applicable"),
            "week": tell_or(line["week"], "not_applicable"),
            "study_day": view.count_day(line),
            "planned_on": view.read_day(line).isoformat(),
            "plan": tell_or(line["plan"], "not_applicable"),
            "state": str(line["state"]),
            "n_planned": tell_or(None if people is None else len(people), "not_recorded"),
            **_tell_room(held.get(number)),
        }


def _tell_room(held: HeldSession | None) -> dict[str, Cell]:
    climate = {} if held is None else held.evening.state["room"]["climate"]
    return {
        f"room_{when}_c": tell_or(climate.get(when, {}).get("temperature_c"), "not_recorded")
        for when in ("start", "end")
    }
