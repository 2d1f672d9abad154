"""What is read of an evening's entries."""

from typing import Any

from firmware_sim.trial.entered import REPETITIONS, read_entered
from protocol.ledger.instants import parse_utc_ms
from tests.unit.firmware_sim.trial.trial_evening import enter

AT = "2026-11-30T17:00:00.000Z"
CLOCK = {
    "at": AT, "segments": [{"kind": "work", "round": 1, "slot": 1, "seconds": 30}],
    "stations": ["sit-to-stand", "hop-marks"], "start_station": {"P01": 1}, "direction": -1,
}  # fmt: skip


def _event(id_: str, kind: str, about: str, value: Any, supersedes: str | None = None) -> Any:
    return {"id": id_, "kind": kind, "about": about, "value": value, "occurred_at": AT,
            "supersedes": supersedes}  # fmt: skip


def _worn(strap: str, until: str | None) -> dict[str, Any]:
    return {"participant": "P01", "strap": strap, "from": AT, "until": until}


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    entered = read_entered([
        _event("1", "clock_started", "clock", CLOCK),
        _event("2", "wearing", "a", _worn("51ADA001", None)),
        _event("3", "wearing", "a", _worn("51ADA001", AT), "2"),
        _event("4", "wearing", "a", _worn("51ADA002", AT), "3"),
    ])  # fmt: skip
    assert [(one.strap, one.until_ms, one.id) for one in entered.worn] == [
        ("51ADA002", parse_utc_ms(AT), "4")
    ]


def test_who_came_what_she_did_and_how_hard_it_was() -> None:
    def count(unit: str) -> dict[str, Any]:
        return {"performed": {"unit": unit, "amount": 9}}

    entered = read_entered([
        _event("1", "clock_started", "clock", CLOCK),
        _event("2", "attendance", "P01", {"status": "late"}),
        _event("3", "attendance", "P02", {"status": "absent"}),
        _event("4", "prescription", "P01", {"exercises": {
            "sit-to-stand": {"exercise": "sit-to-stand"}, "hop-marks": {"exercise": "hop-marks"}}}),
        _event("5", "substitution", "P01/hop-marks", {"instead": {"exercise": "side-step-up"}}),
        _event("6", "set", "P01/hop-marks/2", count(REPETITIONS)),
        _event("7", "set", "P01/sit-to-stand/1", count("seconds")),
        _event("8", "rpe", "P01/2", {"rating": 13}),
        _event("9", "rpe", "P01/3", {"rating": None}),
        _event("10", "adverse_event", "x", {"participant": "P01"}),
        _event("11", "person_resumed", "P01", {"at": AT, "why": None}),
    ])  # fmt: skip
    assert entered.arrivals_ms == {"P01": parse_utc_ms(AT)}
    assert (set(entered.late), set(entered.absent)) == ({"P01"}, {"P02"})
    assert entered.does["P01", "hop-marks"] == "side-step-up"
    assert entered.counted == {("P01", "hop-marks", 2): 9}
    assert entered.ratings == {("P01", 2): 13}
    assert entered.stops_ms == {"P01": [(parse_utc_ms(AT), parse_utc_ms(AT))]}


def test_stations_are_walked_in_the_evenings_direction() -> None:
    clock = read_entered([_event("1", "clock_started", "clock", CLOCK)]).clock
    assert [clock.find_station("P01", slot) for slot in (1, 2, 3)] == [1, 0, 1]
    assert clock.end_ms == parse_utc_ms(AT) + 30_000


def test_a_simulated_evening_has_all_of_it() -> None:
    entered = enter()
    assert len(entered.arrivals_ms) + len(entered.absent) == 15
    assert {one.participant for one in entered.worn} == set(entered.arrivals_ms)
    assert entered.counted
    assert entered.ratings
