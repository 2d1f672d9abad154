from firmware_sim.evening.attendance import Comer
from firmware_sim.evening.floor import build_segments, compute_minutes, list_turns
from firmware_sim.evening.woman import make_woman
from tests.evening_bundle import make_evening_bundle

PLANNED = make_evening_bundle()["planned"]
COMERS = [Comer(make_woman(f"P{n:02d}", "Fig", None, 1), -5.0) for n in range(1, 16)]


def test_the_circuit_takes_what_the_plan_expects() -> None:
    assert abs(compute_minutes(build_segments(PLANNED)) - PLANNED["minutes"]["expected_main"]) < 1


def test_everybody_does_every_station_once_a_round() -> None:
    turns = [*list_turns(build_segments(PLANNED), COMERS, len(PLANNED["stations"]))]
    done = {(one.comer.woman.code, one.station, one.round) for one in turns}
    assert len(done) == len(turns) == 15 * 8 * PLANNED["rounds"]


def test_nobody_who_stays_away_has_a_turn() -> None:
    comers = [Comer(COMERS[0].woman, None), *COMERS[1:3]]
    turns = [*list_turns(build_segments(PLANNED), comers, 8)]
    assert {one.comer.woman.code for one in turns} == {"P02", "P03"}
