from firmware_sim.evening.attendance import Comer
from firmware_sim.evening.floor import build_segments, compute_minutes, list_turns
from firmware_sim.evening.woman import make_woman
from tests.evening_bundle import make_evening_bundle

BUNDLE = make_evening_bundle()
PLANNED, ROTATION = BUNDLE["planned"], BUNDLE["rotation"]
COMERS = [Comer(make_woman(f"P{n:02d}", "Fig", None, 1), -5.0) for n in range(1, 16)]


def test_the_circuit_takes_what_the_plan_expects() -> None:
    assert abs(compute_minutes(build_segments(PLANNED)) - PLANNED["minutes"]["expected_main"]) < 1


def test_everybody_does_every_station_once_a_round() -> None:
    turns = [*list_turns(build_segments(PLANNED), COMERS, ROTATION, len(PLANNED["stations"]))]
    done = {(one.comer.woman.code, one.station, one.round) for one in turns}
    assert len(done) == len(turns) == 15 * 8 * PLANNED["rounds"]


def test_nobody_who_stays_away_has_a_turn() -> None:
    comers = [Comer(COMERS[0].woman, None), *COMERS[1:3]]
    turns = [*list_turns(build_segments(PLANNED), comers, ROTATION, 8)]
    assert {one.comer.woman.code for one in turns} == {"P02", "P03"}


def test_where_rests_are_between_rounds_only_changes_last_as_the_plan_says() -> None:
    planned = PLANNED | {"rest_scope": "between_rounds", "changeover_s": 7}
    pauses = [one for one in build_segments(planned) if one["kind"] != "work"]
    assert {(one["kind"], one["seconds"]) for one in pauses} == {("rest", 60), ("change", 7)}
    at_once = build_segments(planned | {"changeover_s": 0})
    assert [one["kind"] for one in at_once].count("change") == 0
    assert at_once[-1]["kind"] == "work"


def test_the_other_way_round() -> None:
    rotation = ROTATION | {"direction": -1, "start_station": {"P01": 0}}
    turns = [*list_turns(build_segments(PLANNED), COMERS[:1], rotation, 8)]
    assert [one.station for one in turns[:3]] == [0, 7, 6]
