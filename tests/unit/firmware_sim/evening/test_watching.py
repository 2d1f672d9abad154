from firmware_sim.evening.watching import WALKED, choose_walked
from tests.evening_bundle import make_evening_bundle


def test_she_walks_where_a_good_session_makes_most_steps() -> None:
    bundle = make_evening_bundle()
    planned, told = bundle["planned"], bundle["prescriptions"]
    wanted = planned["stations"][6]["exercise"]
    once_more = told["P03"] | {wanted: told["P03"][wanted] | {"rule": "once_more"}}
    for session in range(1, 25):
        walked = choose_walked(planned | {"session": session}, told | {"P03": once_more})
        assert len(walked) == WALKED
        assert 6 in walked


def test_without_a_mark_every_station_has_its_turn() -> None:
    bundle = make_evening_bundle()
    walks = [
        choose_walked(bundle["planned"] | {"session": n}, bundle["prescriptions"])
        for n in range(1, 9)
    ]
    assert [sum(station in walk for walk in walks) for station in range(8)] == [WALKED] * 8
