"""What one tile shows of a strap's state, aged at one moment. Pure."""

from dataclasses import dataclass

import msgspec

from protocol.identifiers import is_simulated_strap
from protocol.messages.roster import ConsentedStream
from server.ingest.feed import GatewayContact
from server.live.frame import Stamp, Tile
from server.live.moment import NS_PER_S, SHOWN_FOR_S, ServerNow, compute_age_ns
from server.live.strap_state import (
    FRESH_FOR_S,
    NOT_HEARD,
    SHAPES,
    State,
    Verdict,
    judge,
    read_signal,
)
from server.live.tile import TileState

CONFLICT_SHOWN_FOR_S = 300.0  # a round of stations: she comes past within that time
GATEWAY_SILENT_AFTER_S = 10.0  # it uploads twice a second; twenty misses are no jitter
CLOCK_SHOWN_FOR_S = 45.0  # the movement's clock is judged every 15 s


@dataclass(frozen=True, slots=True)
class StrapCard:
    """What the study says about a strap; of one that isn't in it, nothing but its serial.

    `streams` is what its wearer agrees to: nothing, once she withdrew.
    """

    serial: str
    model: str | None = None
    label: str | None = None
    streams: frozenset[ConsentedStream] = frozenset(ConsentedStream)


def show_strap(
    card: StrapCard, state: TileState, contact: GatewayContact | None, now: ServerNow
) -> Tile:
    """The tile of a strap that a gateway has heard; of what isn't agreed to, nothing is shown."""
    gateway_now_ns = state.newest.monotonic_ns + compute_age_ns(state.newest, contact, now)
    silent = contact is not None and compute_silence_s(contact, now) > GATEWAY_SILENT_AFTER_S
    heart_agreed = ConsentedStream.HEART_RATE in card.streams
    verdict = judge(state, gateway_now_ns, gateway_silent=silent, heart_rate_agreed=heart_agreed)
    tile = _show_verdict(card, verdict)
    if heart_agreed:
        tile = _show_heart_rate(tile, state, gateway_now_ns, verdict.state)
    if ConsentedStream.MOVEMENT in card.streams:
        tile = _show_activity(tile, state, gateway_now_ns)
        tile = _show_knocks(tile, state, gateway_now_ns)
        tile = _show_clock(tile, state, gateway_now_ns)
    return msgspec.structs.replace(
        tile,
        battery_pct=state.battery.battery_pct if state.battery else None,
        link=state.link.phase if state.link else None,
        conflict=_in_conflict(state, gateway_now_ns),
        signal=read_signal(state, gateway_now_ns),
    )


def show_unheard(card: StrapCard) -> Tile:
    """The tile of a strap on the roster that no gateway has heard yet."""
    return _show_verdict(card, NOT_HEARD)


def compute_silence_s(contact: GatewayContact, now: ServerNow) -> float:
    """Seconds since the gateway's newest upload."""
    return max(0, now.monotonic_ns - contact.heard_monotonic_ns) / NS_PER_S


def _show_verdict(card: StrapCard, verdict: Verdict) -> Tile:
    return Tile(
        strap=card.serial,
        label=card.label,
        model=card.model,
        simulated=is_simulated_strap(card.serial),
        state=verdict.state,
        shape=SHAPES[verdict.state],
        word=verdict.word,
        act=verdict.act,
    )


def _show_heart_rate(tile: Tile, state: TileState, gateway_now_ns: int, told: State) -> Tile:
    heart = state.heart
    if heart is None:
        return tile
    received = heart.received
    age_s = _compute_age_s(received.monotonic_ns, gateway_now_ns)
    shown = "fresh" if age_s < FRESH_FOR_S else "stale"
    if heart.bpm == 0 or told is State.NO_CONTACT or age_s >= SHOWN_FOR_S:
        shown = "none"
    return msgspec.structs.replace(
        tile,
        bpm=heart.bpm if shown != "none" else None,
        bpm_age_s=age_s,
        bpm_shown=shown,
        bpm_received=Stamp(received.boot_id, received.monotonic_ns, received.wall_ns),
        contact=heart.contact,
    )


def _show_activity(tile: Tile, state: TileState, gateway_now_ns: int) -> Tile:
    """Movement ages like a heart rate: an old bar would look like a moving body."""
    activity = state.activity
    if activity is None:
        return tile
    age_s = _compute_age_s(activity.received.monotonic_ns, gateway_now_ns)
    return msgspec.structs.replace(
        tile,
        activity_mg=round(activity.activity_mg, 1) if age_s < SHOWN_FOR_S else None,
        activity_age_s=age_s,
    )


def _show_clock(tile: Tile, state: TileState, gateway_now_ns: int) -> Tile:
    """A verdict is believed until two more should have come."""
    if state.clock is None or state.clock.warning is None:
        return tile
    age_s = _compute_age_s(state.clock.received.monotonic_ns, gateway_now_ns)
    warning = state.clock.warning.value if age_s < CLOCK_SHOWN_FOR_S else None
    return msgspec.structs.replace(tile, clock=warning)


def _show_knocks(tile: Tile, state: TileState, gateway_now_ns: int) -> Tile:
    """Knocks are shown for a while: the trainer looks up when she hears them."""
    if state.knocks is None:
        return tile
    stamp_ns = state.knocks.received.monotonic_ns - round(state.knocks.lag_s * NS_PER_S)
    age_s = _compute_age_s(stamp_ns, gateway_now_ns)
    return msgspec.structs.replace(tile, knocked_age_s=age_s if age_s < SHOWN_FOR_S else None)


def _in_conflict(state: TileState, gateway_now_ns: int) -> bool:
    """The gateway tells of it once; the page says so until somebody had time to look."""
    if state.conflict is None:
        return False
    return _compute_age_s(state.conflict.monotonic_ns, gateway_now_ns) < CONFLICT_SHOWN_FOR_S


def _compute_age_s(stamp_ns: int, gateway_now_ns: int) -> float:
    return round((gateway_now_ns - stamp_ns) / NS_PER_S, 1)
