"""What of the live view belongs to one session: the straps worn in it at this moment. Pure."""

from collections.abc import Iterable, Mapping

import msgspec

from server.live.frame import GapRow, Tile


def pick_tiles(tiles: Iterable[Tile], since: Mapping[str, str]) -> list[Tile]:
    """Tiles of worn straps, in their order. `since`: strap -> UTC text since when it is worn."""
    return [tile for tile in tiles if tile.strap in since]


def pick_gaps(gaps: Iterable[GapRow], since: Mapping[str, str]) -> list[GapRow]:
    """Gaps while a strap was worn; one that began before begins with the wearing."""
    return [
        msgspec.structs.replace(gap, from_utc=max(gap.from_utc, since[gap.strap]))
        for gap in gaps
        if gap.strap in since and gap.to_utc > since[gap.strap]
    ]
