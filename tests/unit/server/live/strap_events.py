"""Events and states for tests of the live view; times are seconds of one gateway's boot."""

from protocol.identifiers import BootId
from protocol.moments import ReceivedAt
from server.live.events import (
    ActivitySeen,
    BatterySeen,
    DataSeen,
    HeartRateSeen,
    LinkSeen,
    StrapEvent,
)
from server.live.tile import TileState, fold_event

S = 1_000_000_000


def at(seconds: float, boot: str = "boot-1") -> ReceivedAt:
    return ReceivedAt(BootId(boot), round(seconds * S), round((1_700_000_000 + seconds) * S))


def heart(
    seconds: float,
    bpm: int = 100,
    contact: bool | None = True,
    rr: tuple[int, ...] = (),
    boot: str = "boot-1",
) -> HeartRateSeen:
    return HeartRateSeen(at(seconds, boot), bpm, contact, rr)


def data(seconds: float) -> DataSeen:
    return DataSeen(at(seconds))


def battery(seconds: float, percent: int) -> BatterySeen:
    return BatterySeen(at(seconds), percent)


def moving(seconds: float, mad_mg: float) -> ActivitySeen:
    return ActivitySeen(at(seconds), mad_mg)


def link(
    seconds: float, phase: str, rssi_dbm: int | None = None, *, in_conflict: bool = False
) -> LinkSeen:
    return LinkSeen(at(seconds), phase, rssi_dbm, in_conflict)


def beating(until_s: int, from_s: int = 0) -> list[StrapEvent]:
    """A plausible heart once a second: bpm and intervals wander."""
    return [heart(s, 100 + s % 3, rr=(600 + 7 * (s % 5),)) for s in range(from_s, until_s + 1)]


def fold(*events: StrapEvent) -> TileState:
    state: TileState | None = None
    for event in events:
        state = fold_event(state, event)
    assert state is not None
    return state
