"""The dose matrix from metrics, marks and the list of sessions. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from server.dose.vector import Metric
from server.projection.marks import Marks
from server.web.catalogue.spoken import t
from server.web.dose_cell import Found, Scale, find_scale, view_cell
from server.web.dose_context import ColumnHead, Row, WeekHead
from server.web.dose_shown import Shown
from server.web.dose_words import tell_utc
from server.web.shown_day import name_month, split_day

_NOBODY: Final = Marks()

Key = tuple[str, str]  # session, participant
SessionLine = Mapping[str, Any]  # as server.sessions.domain.listing tells it


@dataclass(frozen=True, slots=True)
class Study:
    """What the matrix is made of: by (session, participant), or by code.

    `lines` is the list of all sessions; `signs` are of everybody in the study; `built` are the
    sessions of which something was derived; `now` is a UTC text.
    """

    lines: Sequence[SessionLine]
    signs: Mapping[str, str]
    metrics: Mapping[Key, Metric]
    now: str
    shares: Mapping[Key, Metric] = field(default_factory=dict)
    attendance: Mapping[Key, Metric] = field(default_factory=dict)
    marks: Mapping[Key, Marks] = field(default_factory=dict)
    built: frozenset[str] = frozenset()
    chosen: Key | None = None

    def list_columns(self) -> list[SessionLine]:
        """By their planned start; what nobody planned comes last."""
        return sorted(self.lines, key=_place)

    def list_people(self) -> list[str]:
        """Everybody who was planned in a session, or of whom something was derived."""
        planned = {code for line in self.lines for code in line["participants"] or ()}
        derived = {code for _, code in (*self.marks, *self.metrics)}
        return sorted(planned | derived, key=lambda code: (len(code), code))

    def find(self, line: SessionLine, code: str) -> Found:
        """All that is known of one person in one session."""
        key = (line["id"], code)
        return Found(
            line=line,
            participant=code,
            metric=self.metrics.get(key),
            share=self.shares.get(key),
            attendance=self.attendance.get(key),
            marks=self.marks.get(key, _NOBODY),
            is_planned=code in (line["participants"] or ()),
            is_built=line["id"] in self.built,
            is_known=key in self.marks,
            is_chosen=key == self.chosen,
        )


def view_rows(study: Study, shown: Shown) -> tuple[list[Row], Scale]:
    """A row for each participant, a cell for each session, and what a full cell stands for."""
    columns = study.list_columns()
    scale = find_scale(study.metrics)
    rows = [
        Row(
            code,
            study.signs.get(code, ""),
            [view_cell(study.find(line, code), shown, scale, study.now) for line in columns],
        )
        for code in study.list_people()
    ]
    return rows, scale


def view_columns(study: Study) -> list[ColumnHead]:
    """A head for each session."""
    lines = study.list_columns()
    before: list[SessionLine | None] = [None, *lines]
    return [
        ColumnHead(
            number=name_session(line),
            day=_tell_day(line["planned_start"], None if last is None else last["planned_start"]),
            words=describe_session(line, study.now),
            state=line["state"],
            begins_week=last is not None and last["week"] != line["week"],
        )
        for last, line in zip(before, lines, strict=False)
    ]


def view_weeks(study: Study) -> list[WeekHead]:
    """Weeks over the columns, in their order."""
    return list(_group_weeks(study.list_columns()))


def name_session(line: SessionLine) -> str:
    """Its number in the plan; a make-up has none."""
    return "+" if line["ordinal"] is None else str(line["ordinal"])


def describe_session(line: SessionLine, now: str) -> str:
    """Which one, when, and how far it is."""
    number = (
        t("Make-up session")
        if line["ordinal"] is None
        else t("Session {n}, week {week}", n=line["ordinal"], week=line["week"])
    )
    if line["planned_start"] is None:
        number = t("Session that nobody planned")
    when = "" if line["planned_start"] is None else ", " + tell_utc(line["planned_start"])
    return f"{number}{when}: {_tell_state(line, now)}"


def _tell_state(line: SessionLine, now: str) -> str:
    if line["state"] == "running":
        return t("runs now, numbers so far")
    if line["state"] == "closed":
        return t("closed")
    is_due = (line["planned_start"] or "") > now
    return t("planned, not held yet") if is_due else t("was planned, and nobody began it")


def _place(line: SessionLine) -> tuple[bool, str, str]:
    return line["planned_start"] is None, line["planned_start"] or "", line["id"]


def _tell_day(planned_start: str | None, before: str | None) -> str:
    """The day of the month, with the month where the column before has another one."""
    if planned_start is None:
        return ""
    year, month, day = split_day(planned_start[:10])
    if before is not None and split_day(before[:10])[:2] == (year, month):
        return str(day)
    return f"{day} {name_month(month)}"


def _group_weeks(columns: Sequence[SessionLine]) -> Iterator[WeekHead]:
    for week, group in groupby(columns, key=lambda line: line["week"]):
        label = "" if week is None else t("Week {n}", n=week)
        yield WeekHead(label, len(list(group)))
