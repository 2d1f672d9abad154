"""Lanes, axis and tables of an evening, on entries as tablets make them."""

from typing import Any

import pytest

from protocol.ledger.event import LedgerEvent
from protocol.ledger.instants import format_utc_ms, parse_utc_ms
from server.dose.written.evening import fold_evening
from server.sessions.domain.holding import hold_events
from server.web.review_axis import find_span, view_group
from server.web.review_context import Lane
from server.web.review_lanes import view_lane
from server.web.review_straps import DISPUTED, WORN, list_straps
from server.web.review_tables import view_group_rows, view_table
from server.web.review_told import Told, sort_codes
from tests.ledger_entries import (
    EVENING,
    Tablet,
    adverse,
    attending,
    effort,
    held,
    logged,
    minute,
    started,
    wearing,
)

STATIONS = ["sit-to-stand", "tandem-stance"]
CLOCK = started(minute(10), STATIONS, {"P01": 0, "P02": 1}, rounds=2, work_s=60)
STRAP = "8AA87D01"
WORN_A = "01999999-0000-7000-8000-0000000000a1"
WORN_B = "01999999-0000-7000-8000-0000000000a2"
EVENT = "01999999-0000-7000-8000-0000000000e1"


class Writing:
    """A trainer's tablet, and what is told of its entries."""

    def __init__(self) -> None:
        self.tablet = Tablet()
        self.events: list[LedgerEvent] = []

    def write(
        self, kind: str, about: str, value: dict[str, Any], at: float, **how: Any
    ) -> LedgerEvent:
        self.events.append(self.tablet.write(kind, about, value, minute(at), **how))
        return self.events[-1]

    def tell(self, now: float = 30) -> Told:
        return Told(
            evening=fold_evening(self.events, minute(now)),
            holdings=hold_events(self.events),
            signs={"P01": "Fig"},
            labels={STRAP: "07"},
            gaps={},
            traces={"P01": ["gaps", "heart_rate"]},
            ends_ms=parse_utc_ms(minute(now)),
        )

    def lane(self, code: str = "P01", now: float = 30) -> Lane:
        return view_lane(self.tell(now), code)


@pytest.fixture
def writing() -> Writing:
    made = Writing()
    for code in ("P01", "P02"):
        made.write("attendance", code, attending(), 1)
    made.write("clock_started", "clock", CLOCK, 10)
    return made


def test_a_set_is_observed_assumed_missing_or_still_open(writing: Writing) -> None:
    writing.write("set", "P01/sit-to-stand/1", logged("sit-to-stand", 8), 11)
    writing.write("attendance", "P01", attending("left", "tired"), 12.5)
    told = [(one.kind, one.begins, one.label) for one in writing.lane(now=13.5).sets]
    assert told == [("observed", minute(10), "1"), ("missing", minute(12), "2")]
    assert [one.kind for one in writing.lane("P02", now=12.5).sets] == ["assumed", "open"]
    first = writing.lane().sets[0]
    assert first.words == "Station 1, sit to stand: 8 repetitions of 10 prescribed, observed"
    assert (first.ends, first.evidence, first.performed and first.performed["amount"]) == (
        minute(11), "observed", 8,
    )  # fmt: skip


def test_what_a_sensor_counted_is_no_assumption(writing: Writing) -> None:
    value = logged("sit-to-stand", 9, evidence="sensor")
    writing.write("set", "P01/sit-to-stand/1", value, 11)
    one = writing.lane().sets[0]
    assert (one.kind, one.evidence) == ("observed", "sensor")
    assert "counted by a sensor" in one.words


def test_a_set_beside_the_circuit_lies_where_it_was_written_down(writing: Writing) -> None:
    writing.write("set", "P01/bird-dog/1", logged("bird-dog"), 20)
    one = writing.lane().sets[-1]
    assert (one.name, one.begins, one.ends) == ("bird-dog/1", minute(20), minute(20))


def test_a_round_that_was_left_out_has_no_time_and_comes_last_in_the_table(
    writing: Writing,
) -> None:
    writing.write("clock_cut", "clock", {"at": minute(11), "rounds": 1}, 11)
    cut = [one for one in writing.lane().sets if one.begins == ""]
    assert [one.missing for one in cut] == ["cut", "cut"]
    rows = view_table(writing.lane(), lambda *_: "").rows
    assert rows[-1].begins == ""
    assert "not done: the round was left out" in rows[-1].words


def test_an_effort_that_nobody_asked_for_is_a_dash_with_its_reason(writing: Writing) -> None:
    writing.write("rpe", "P01/1", effort(13, exercise="sit-to-stand"), 14)
    writing.write("rpe", "P01/2", effort(None), 18)
    value = effort(4, scale="cr10", minutes_after_end=20)
    del value["exercise"]
    writing.write("session_rpe", "P01", value, 25)
    told = [(one.at, one.kind, one.label, one.words) for one in writing.lane().ratings]
    assert told == [
        (minute(14), "round", "13", "Effort of round 1: 13 of 6 to 20, she said it"),
        (minute(18), "round", "–", "Effort of round 2: not asked"),
        (minute(25), "session", "4", "Effort of the whole session: 4 of 0 to 10, she said it"),
    ]


def test_an_event_stops_her_until_somebody_says_that_she_goes_on(writing: Writing) -> None:
    writing.write("adverse_event", EVENT, adverse("P01", "dizzy"), 12)
    writing.write("person_resumed", "P01", {"at": minute(15), "why": None}, 15)
    lane = writing.lane()
    assert [(one.at, one.kind, one.words) for one in lane.events] == [
        (minute(12), "dizzy", "Dizzy or faint"),
    ]  # fmt: skip
    assert [(one.kind, one.begins, one.ends) for one in lane.stops] == [
        ("stopped", minute(12), minute(15)),
    ]  # fmt: skip
    other = writing.lane("P02")
    assert (other.events, other.stops) == ([], [])


def test_a_strap_that_two_people_had_at_once_is_disputed(writing: Writing) -> None:
    writing.write("wearing", WORN_A, wearing("P01", STRAP, minute(2)), 2)
    assert [(one.kind, one.label, one.ends) for one in writing.lane().wearing] == [
        (WORN, "strap 07", minute(30)),
    ]  # fmt: skip
    other = writing.write("wearing", WORN_B, wearing("P02", STRAP, minute(9), minute(11)), 9)
    assert [one.kind for one in list_straps(writing.tell())] == [DISPUTED, DISPUTED]
    assert "nobody's" in writing.lane("P02").wearing[0].words
    assert writing.lane("P02").wearing[0].entry == other.id
    assert writing.lane("P02").wearing[0].ends == minute(11)


def test_the_axis_is_as_long_as_the_evening_and_no_slip_stretches_it(writing: Writing) -> None:
    def span(now: float) -> tuple[str, str]:
        told = writing.tell(now)
        found = find_span(told.evening, told.holdings, parse_utc_ms(minute(now)))
        return format_utc_ms(found[0]), format_utc_ms(found[1])

    assert span(15) == (minute(1), minute(15))  # runs
    writing.write("session_closed", "session", {"summary": {}}, 40)
    assert span(600) == (minute(1), minute(40))
    writing.write("wearing", WORN_A, wearing("P01", STRAP, minute(-3000)), 2)
    writing.write("room_climate", "end", {"temperature_c": 20.5, "humidity_pct": None,
                                          "source": "typed"}, 3000)  # fmt: skip
    assert span(6000) == (minute(1), minute(40))


def test_an_evening_of_which_nothing_is_known_has_an_axis_too() -> None:
    told = Writing().tell()
    found = find_span(told.evening, told.holdings, parse_utc_ms(minute(30)))
    assert found[0] < found[1] == parse_utc_ms(minute(30))


def test_what_all_had_in_common(writing: Writing) -> None:
    for phase, at in (("warmup", 3), ("circuit", 10)):
        writing.write("phase_entered", "session", {"phase": phase}, at)
    writing.write("clock_held", "clock", held(minute(11.5)), 11.5)
    writing.write("clock_resumed", "clock", {"at": minute(13)}, 13)
    writing.write("note", "session", {"text": "the lift was out"}, 5)
    told = writing.tell()
    group = view_group(told.evening, told.holdings, told.ends_ms)
    assert [(one.kind, one.begins, one.ends) for one in group.phases] == [
        ("warmup", minute(3), minute(10)), ("circuit", minute(10), minute(30)),
    ]  # fmt: skip
    assert [(one.begins, one.ends) for one in group.holds] == [(minute(11.5), minute(13))]
    assert [one.label for one in group.segments[:3]] == ["1.1", "1.1", "1.2"]
    assert [one.words for one in group.moments] == ["the lift was out"]
    rows = view_group_rows(group)
    assert [row.begins for row in rows] == sorted(row.begins for row in rows)
    assert rows[0].words == "Warm-up"


def test_the_table_says_all_of_the_lane_by_time(writing: Writing) -> None:
    writing.write("wearing", WORN_A, wearing("P01", STRAP, minute(2)), 2)
    writing.write("rpe", "P01/1", effort(13, exercise="sit-to-stand"), 14)
    writing.write("note", "P01", {"text": "new shoes"}, 5)
    lane = writing.lane()
    table = view_table(lane, lambda code, begins, ends: f"{code} {begins[11:16]}-{ends[11:16]}")
    assert (table.title, table.lead) == ("P01 Fig", "present; strap 07")
    rows = [(row.begins, row.ends, row.what) for row in table.rows]
    start = EVENING[11:14]
    assert rows[:3] == [
        (f"{start}02:00", f"{start}30:00", "Strap"), (f"{start}05:00", "", "Note"),
        (f"{start}10:00", f"{start}11:00", "Set"),
    ]  # fmt: skip
    n_items = len(lane.sets) + len(lane.ratings) + len(lane.notes) + len(lane.wearing)
    assert len(rows) == n_items
    assert table.rows[2].words.endswith("; P01 17:10-17:11")


def test_codes_are_in_the_order_of_their_numbers() -> None:
    assert sort_codes(["P100", "P02", "P10", "P02"]) == ["P02", "P10", "P100"]
