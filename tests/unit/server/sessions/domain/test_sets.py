"""Evidence: assumed is worked out and only for who was at it all the time (decision 0012)."""

from typing import Any

from protocol.ledger.event import LedgerEvent
from server.sessions.domain.fold import fold_session
from tests.ledger_entries import (
    Tablet,
    adverse,
    amount,
    attending,
    held,
    logged,
    minute,
    prescription,
    started,
)

STATIONS = ["sit-to-stand", "tandem-stance"]
FALL = "01999999-0000-7000-8000-0000000000f1"


class _Evening:
    """P01 present; the clock starts at minute 10: work 10-11 (sit-to-stand), 12-13 (tandem)."""

    def __init__(self) -> None:
        self.tablet = Tablet()
        self.events: list[LedgerEvent] = []
        self.add("attendance", "P01", attending(), 1)
        value = started(minute(10), STATIONS, {"P01": 0}, rounds=1)
        self.add("clock_started", "clock", value, 10)

    def add(self, kind: str, about: str, value: dict[str, Any], at: float) -> LedgerEvent:
        self.events.append(self.tablet.write(kind, about, value, minute(at)))
        return self.events[-1]

    def sets(self, at: float) -> dict[str, tuple[str | None, str | None]]:
        """(evidence, missing) by name."""
        found = fold_session(self.events, minute(at))["people"]["P01"]["sets"]
        return {name: (one["evidence"], one["missing"]) for name, one in found.items()}


ASSUMED = ("assumed", None)


def test_a_set_is_assumed_when_its_segment_has_ended_and_not_before() -> None:
    evening = _Evening()
    assert evening.sets(10.99) == {}
    assert evening.sets(11) == {"sit-to-stand/1": ASSUMED}
    assert evening.sets(30) == {"sit-to-stand/1": ASSUMED, "tandem-stance/1": ASSUMED}


def test_a_logged_set_takes_the_place_of_the_assumed_one_and_a_void_gives_it_back() -> None:
    evening = _Evening()
    seen = evening.add("set", "P01/sit-to-stand/1", logged("sit-to-stand", 8), 11)
    assert evening.sets(11)["sit-to-stand/1"] == ("observed", None)
    evening.events.append(evening.tablet.correct(seen, None, minute(12)))
    assert evening.sets(12)["sit-to-stand/1"] == ASSUMED


def test_an_assumed_set_says_what_was_prescribed_and_never_what_was_performed() -> None:
    evening = _Evening()
    evening.add("prescription", "P01", prescription(sit_to_stand=10), 5)
    found = fold_session(evening.events, minute(30))["people"]["P01"]["sets"]
    assert found["sit-to-stand/1"]["prescribed"] == amount(10)
    assert found["tandem-stance/1"]["prescribed"] is None
    assert [one["performed"] for one in found.values()] == [None, None]
    assert [one["event"] for one in found.values()] == [None, None]


def test_what_is_assumed_at_a_locked_station_is_what_stands_in_for_it() -> None:
    """Nobody is assumed to have jumped who wasn't allowed to."""
    evening = _Evening()
    value = prescription(instead="static-lunge", tandem_stance=8)
    evening.add("prescription", "P01", value, 5)
    found = fold_session(evening.events, minute(30))["people"]["P01"]["sets"]["tandem-stance/1"]
    told = (found["exercise"], found["substituted_for"], found["evidence"])
    assert told == ("static-lunge", "tandem-stance", "assumed")


def test_assumed_and_logged_sets_have_the_same_keys() -> None:
    evening = _Evening()
    evening.add("set", "P01/sit-to-stand/1", logged("sit-to-stand", 8), 11)
    found = fold_session(evening.events, minute(30))["people"]["P01"]["sets"]
    assert found["sit-to-stand/1"].keys() == found["tandem-stance/1"].keys()


def test_who_was_away_for_a_moment_of_it_is_not_assumed_to_have_done_it() -> None:
    evening = _Evening()
    evening.add("attendance", "P01", attending("away"), 10.9)
    evening.add("attendance", "P01", attending("back"), 12)
    assert evening.sets(30) == {"sit-to-stand/1": (None, "away"), "tandem-stance/1": ASSUMED}


def test_a_stop_that_was_taken_back_is_no_absence_and_one_that_ended_is() -> None:
    """What a tablet enters for *Nothing happened*: a void while the work runs, else a resume."""
    evening = _Evening()
    slip = evening.add("person_held", "P01", held(minute(10.5)), 10.5)
    assert evening.sets(11) == {"sit-to-stand/1": (None, "held")}
    evening.events.append(evening.tablet.correct(slip, None, minute(10.6)))
    evening.add("person_held", "P01", held(minute(12.5)), 12.5)
    evening.add("person_resumed", "P01", held(minute(13.5)), 13.5)
    assert evening.sets(30) == {"sit-to-stand/1": ASSUMED, "tandem-stance/1": (None, "held")}


def test_away_until_the_work_begins_or_from_its_end_on_is_no_absence() -> None:
    evening = _Evening()
    evening.add("attendance", "P01", attending("away"), 5)
    evening.add("attendance", "P01", attending("back"), 10)
    evening.add("attendance", "P01", attending("left"), 13)
    assert evening.sets(30) == {"sit-to-stand/1": ASSUMED, "tandem-stance/1": ASSUMED}


def test_time_that_the_clock_was_held_is_not_time_away() -> None:
    evening = _Evening()
    evening.add("clock_held", "clock", held(minute(10.5)), 10.5)
    evening.add("attendance", "P01", attending("away"), 10.6)
    evening.add("attendance", "P01", attending("back"), 14)
    evening.add("clock_resumed", "clock", {"at": minute(15)}, 15)
    assert evening.sets(30) == {"sit-to-stand/1": ASSUMED, "tandem-stance/1": ASSUMED}


def test_held_stopped_and_not_today_are_reasons() -> None:
    evening = _Evening()
    evening.add("person_held", "P01", held(minute(10.5)), 10.5)
    assert evening.sets(30)["sit-to-stand/1"] == (None, "held")
    evening.add("adverse_event", FALL, adverse("P01"), 12.5)
    evening.add("person_resumed", "P01", held(minute(11.5)), 11.5)
    assert evening.sets(30)["tandem-stance/1"] == (None, "stopped")
    no = {"decision": "not_today", "reason_chip": None}
    evening.add("readiness_decision", "P01", no, 3)
    assert set(evening.sets(30).values()) == {(None, "not_today")}


def test_who_came_in_the_middle_of_it_was_only_expected() -> None:
    evening = _Evening()
    evening.events[0] = Tablet("b" * 16).write("attendance", "P01", attending("late"), minute(10.5))
    assert evening.sets(30) == {"sit-to-stand/1": (None, "expected"), "tandem-stance/1": ASSUMED}


def test_sets_of_a_round_that_was_cut_are_missing_for_that_reason() -> None:
    evening = _Evening()
    evening.events[1] = evening.tablet.write(
        "clock_started", "clock", started(minute(10), STATIONS, {"P01": 0}, rounds=2), minute(10)
    )
    evening.add("clock_cut", "clock", {"at": minute(13.5), "rounds": 1}, 13.5)
    assert evening.sets(30)["sit-to-stand/2"] == (None, "cut")


def test_nothing_is_assumed_after_the_session_was_closed() -> None:
    evening = _Evening()
    evening.add("session_closed", "session", {"summary": {}}, 12.5)
    assert evening.sets(90) == {"sit-to-stand/1": ASSUMED}


def test_a_substitute_stands_in_for_the_stations_exercise() -> None:
    evening = _Evening()
    value = logged("static-lunge", 6, substituted_for="sit-to-stand")
    evening.add("set", "P01/sit-to-stand/1", value, 11)
    state = fold_session(evening.events, minute(11))
    assert state["people"]["P01"]["sets"]["sit-to-stand/1"]["exercise"] == "static-lunge"
    assert state["counts"]["extra"] == 0
