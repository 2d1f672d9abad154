import pytest

from protocol.ledger.event import LedgerEvent
from server.sessions.domain.holding import hold_events
from server.sessions.domain.standing import Standing, fold_standing
from tests.ledger_entries import Tablet, adverse, attending, held, minute

FALL = "01999999-0000-7000-8000-0000000000f1"


def _fold(*events: LedgerEvent) -> Standing:
    return fold_standing(hold_events(events), "P01")


def test_nobody_has_seen_her() -> None:
    assert (_fold().word, _fold().is_here) == ("expected", False)


@pytest.mark.parametrize(
    ("status", "word", "is_here"),
    [
        ("present", "present", True),
        ("late", "present", True),
        ("back", "present", True),
        ("away", "away", False),
        ("left", "left", False),
        ("absent", "absent", False),
    ],
)
def test_attendance_says_where_she_is(status: str, word: str, *, is_here: bool) -> None:
    standing = _fold(Tablet().write("attendance", "P01", attending(status, "bus"), minute(3)))
    assert (standing.word, standing.is_here) == (word, is_here)
    assert (standing.attendance, standing.attendance_why) == (status, "bus")


def test_the_last_word_counts_whatever_arrived_last() -> None:
    tablet = Tablet()
    late = tablet.write("attendance", "P01", attending("late"), minute(5))
    left = tablet.write("attendance", "P01", attending("left"), minute(50))
    other = tablet.write("attendance", "P02", attending("absent"), minute(55))
    assert _fold(left, other, late).word == "left"


def test_held_stopped_and_excused_are_told_apart() -> None:
    tablet = Tablet()
    here = tablet.write("attendance", "P01", attending(), minute(1))
    rest = tablet.write("person_held", "P01", held(minute(2)), minute(2))
    fall = tablet.write("adverse_event", FALL, adverse("P01"), minute(3))
    on = tablet.write("person_resumed", "P01", held(minute(4)), minute(4))
    no = tablet.write("readiness_decision", "P01", {"decision": "not_today", "reason_chip": None})
    assert _fold(here, rest).word == "held"
    assert (_fold(here, rest, fall).word, _fold(here, fall).stopped_by) == ("stopped", fall.id)
    assert (_fold(here, rest, fall, on).word, _fold(here, fall, on).stopped_by) == ("present", None)
    assert _fold(here, fall, no).word == "not_today"
    assert _fold(fall, no).word == "expected"


def test_an_event_that_was_none_after_all_stops_nobody() -> None:
    tablet = Tablet()
    here = tablet.write("attendance", "P01", attending(), minute(1))
    fall = tablet.write("adverse_event", FALL, adverse("P01"), minute(3))
    assert _fold(here, fall, tablet.correct(fall, None, minute(5))).word == "present"
