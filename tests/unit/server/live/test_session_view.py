"""Of one session: its straps while they are worn in it, and nothing of anybody else."""

from server.live.frame import GapRow
from server.live.session_view import pick_gaps, pick_tiles
from tests.live_scene import circuit_tiles, good_tile

T1, T2, T3, T4 = (f"2026-11-30T17:0{minute}:00.000Z" for minute in range(1, 5))


def gap(strap: str, from_utc: str, to_utc: str) -> GapRow:
    return GapRow(strap, "07", "all", "link_lost", from_utc, to_utc)


def test_tiles_of_worn_straps_in_their_order() -> None:
    tiles = circuit_tiles()
    worn = {tiles[9].strap: T1, tiles[2].strap: T2, "51ADA0FF": T1}
    assert pick_tiles(tiles, worn) == [tiles[2], tiles[9]]
    assert pick_tiles(tiles, {}) == []


def test_gaps_while_a_strap_was_worn_and_no_longer_than_that() -> None:
    own = good_tile(7).strap
    before, over, within = gap(own, T1, T2), gap(own, T1, T3), gap(own, T3, T4)
    assert pick_gaps([before, over, within, gap("51ADA0FF", T3, T4)], {own: T2}) == [
        gap(own, T2, T3),
        within,
    ]
