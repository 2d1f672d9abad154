"""What the page of a session's review may show around its lanes."""

from dataclasses import dataclass
from typing import ClassVar

from server.web.dispute_context import DisputeView
from server.web.review_assignment_context import Assignment


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of the tables: when, what it is, and what there is to say of it."""

    begins: str
    ends: str
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class LaneTable:
    """One participant's lane in words."""

    participant: str
    title: str
    lead: str
    rows: list[TableRow]


@dataclass(frozen=True, slots=True)
class StrapRow:
    """A strap and who is said to have worn it. `path` leads to its correction, if she may."""

    label: str
    participant: str
    begins: str
    ends: str
    note: str
    path: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One unbroken clock of a strap in words; only the strap and a note where there is none."""

    strap: str
    gateway: str
    begins: str
    ends: str
    samples: str
    rate: str
    slope: str
    residuals: str
    lost: str
    note: str


@dataclass(frozen=True, slots=True)
class SyncView:
    """One sync moment in a sentence, and each strap's part in it."""

    words: str
    straps: list[str]


@dataclass(frozen=True, slots=True)
class ReviewPageContext:
    """The page of one session. `said` is what was just done."""

    template: ClassVar[str] = "review.html"

    language: str
    name: str
    is_simulated: bool
    session: str
    title: str
    worked_out: str
    to_come: str
    said: str
    dose_path: str
    path: str
    earlier: str
    later: str
    may_correct: bool
    span: str
    group_rows: list[TableRow]
    tables: list[LaneTable]
    straps: list[StrapRow]
    straps_lead: str
    clocks: list[ClockRow]
    syncs: list[SyncView]
    assignment: Assignment | None
    sheet_path: str
    copy_path: str
    disputes: list[DisputeView]
    disputes_path: str
    may_decide: bool
    has_sensors: bool
