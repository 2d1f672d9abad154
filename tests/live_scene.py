"""Fifteen straps of one circuit session in every state: the scene of page tests and pictures."""

from typing import Any

import msgspec

from server.live.frame import Tile
from server.live.strap_state import SHAPES, State

GOOD_BPM = (111, 119, 133, 126, 108, 131, 105, 97, 96, 133, 113, 128, 104, 102, 109)
ACTIVITY_MG = (38, 212, 96, 14, 187, 141, 263, 22, 71, 305, 118, 9, 54, 167, 233)
BATTERY_PCT = (96, 82, 71, 100, 64, 88, 79, 93, 58, 85, 76, 67, 91, 73, 8)


def good_tile(number: int, **changes: Any) -> Tile:
    """Strap `number` from 1: everything well, unless changed."""
    place = (number - 1) % len(GOOD_BPM)
    tile = Tile(
        strap=f"8AA87D{number:02X}",
        label=f"{number:02d}",
        model="h10",
        simulated=False,
        state=State.GOOD,
        shape=SHAPES[State.GOOD],
        word="Good",
        act="",
        bpm_shown="fresh",
        bpm=GOOD_BPM[place],
        bpm_age_s=0.4,
        contact=True,
        battery_pct=BATTERY_PCT[place] if place != 14 else 77,
        activity_mg=float(ACTIVITY_MG[place]),
        activity_age_s=0.3,
        link="streaming",
    )
    return msgspec.structs.replace(tile, **changes)


def told_tile(number: int, state: State, word: str, act: str, **changes: Any) -> Tile:
    """Strap `number` in a state that says so."""
    return good_tile(number, state=state, shape=SHAPES[state], word=word, act=act, **changes)


def circuit_tiles(*, simulated: bool = False) -> list[Tile]:
    """Ten good straps and one in each other state."""
    dash = {"bpm": None, "bpm_shown": "none"}
    odd = {
        8: told_tile(8, State.WEAK, "Weak", "Turn towards the gateway.",
                     bpm_shown="stale", bpm_age_s=5.2),
        11: told_tile(11, State.UNKNOWN, "Unknown", "Wait 15 s."),
        12: told_tile(12, State.NO_CONTACT, "No contact?", "Wet and tighten.", **dash),
        13: told_tile(13, State.LOST, "Lost 0:24", "Come closer, or take a spare strap.",
                      activity_mg=None, bpm_age_s=24.0, **dash),
        15: told_tile(15, State.BATTERY, "Battery 8 %", "Change after the session.",
                      battery_pct=8),
    }  # fmt: skip
    tiles = [odd.get(number, good_tile(number)) for number in range(1, 16)]
    if not simulated:
        return tiles
    return [
        msgspec.structs.replace(tile, simulated=True, strap=f"51ADA{number:03X}")
        for number, tile in enumerate(tiles, 1)
    ]
