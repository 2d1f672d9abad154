"""One strap as one gateway hears it: a pure fold of events. No clock, no radio, no archive."""

from dataclasses import dataclass, replace

from protocol.moments import ReceivedAt
from server.live.events import (
    ActivitySeen,
    BatterySeen,
    ClockSeen,
    HeartRateSeen,
    KnocksSeen,
    LinkSeen,
    StrapEvent,
)
from server.live.evidence import BeatEvidence, start_evidence, weigh_heart_rate
from server.live.moment import NS_PER_S

LOST_AFTER_S = 10.0  # ux: "nothing for 10 s"
LOSS_WINDOW_S = 30.0  # ux: "in the last 30 s"
NOMINAL_SPACING_S = 1.0  # Heart Rate Measurements come about once a second
SILENCE_FROM_S = 2.0  # shorter than that is jitter of a notification a second

# Phases of gateway.straps.link in which the strap is not connected.
_DOWN = frozenset({"waiting", "connecting", "refused", "draining", "closed"})


@dataclass(frozen=True, slots=True)
class TileState:
    """What is known of a strap in one boot of its gateway; stamps are that boot's monotonic ns."""

    newest: ReceivedAt  # newest record of any kind
    data: ReceivedAt | None = None  # newest notification from the strap itself
    streaming_since_ns: int | None = None  # None: no data yet in this connection
    silences: tuple[tuple[int, int], ...] = ()  # (from, to) of the recent stretches without data
    heart: HeartRateSeen | None = None
    evidence: BeatEvidence | None = None
    activity: ActivitySeen | None = None
    knocks: KnocksSeen | None = None
    clock: ClockSeen | None = None
    battery: BatterySeen | None = None
    link: LinkSeen | None = None
    conflict: ReceivedAt | None = None  # newest word that two devices claim to be this strap


def fold_event(
    state: TileState | None, event: StrapEvent, live_boot: str | None = None
) -> TileState:
    """The tile's state after one event. A new boot of the gateway starts anew, battery kept.

    `live_boot` is the boot of the gateway's newest upload; None: not known. After a power cut a
    journal of the boot before drains beside what is live, and never replaces it.
    """
    if state is not None and is_live(state, live_boot) and event.received.boot_id != live_boot:
        return state
    state = _place_in_boot(state, event.received)
    match event:
        case BatterySeen():
            return replace(state, battery=event)
        case LinkSeen():
            return _fold_link(state, event)
        case ActivitySeen():
            return replace(state, activity=event)
        case KnocksSeen():
            return replace(state, knocks=event)
        case ClockSeen():
            return replace(state, clock=event)
        case HeartRateSeen():
            return _fold_heart_rate(_fold_data(state, event.received), event)
    return _fold_data(state, event.received)


def is_live(state: TileState, live_boot: str | None) -> bool:
    """Whether the strap was heard in the boot that its gateway is in now.

    By the boots' names alone: a clock that is wrong after a power cut decides nothing.
    """
    return state.newest.boot_id == live_boot


def _place_in_boot(state: TileState | None, received: ReceivedAt) -> TileState:
    if state is None:
        return TileState(newest=received)
    if state.newest.boot_id != received.boot_id:
        return TileState(newest=received, battery=state.battery)
    if received.monotonic_ns > state.newest.monotonic_ns:
        return replace(state, newest=received)
    return state


def _fold_data(state: TileState, received: ReceivedAt) -> TileState:
    """Note that the strap sent something, and how long it had been silent before."""
    now_ns = received.monotonic_ns
    if state.streaming_since_ns is None:
        state = replace(state, streaming_since_ns=now_ns)
    if state.data is None:
        return replace(state, data=received)
    silent_ns = now_ns - state.data.monotonic_ns
    if silent_ns <= 0:
        return state
    if silent_ns > SILENCE_FROM_S * NS_PER_S:
        state = _note_silence(state, state.data.monotonic_ns, now_ns)
    return replace(state, data=received)


def _note_silence(state: TileState, from_ns: int, to_ns: int) -> TileState:
    window_from_ns = to_ns - LOSS_WINDOW_S * NS_PER_S
    recent = tuple(silence for silence in state.silences if silence[1] > window_from_ns)
    state = replace(state, silences=(*recent, (from_ns, to_ns)))
    if to_ns - from_ns <= LOST_AFTER_S * NS_PER_S:
        return state
    # A strap that was lost is judged afresh.
    return replace(state, streaming_since_ns=to_ns, heart=None, evidence=None, activity=None)


def _fold_heart_rate(state: TileState, event: HeartRateSeen) -> TileState:
    if state.evidence is None:
        return replace(state, heart=event, evidence=start_evidence(event))
    if event.received.monotonic_ns < state.evidence.newest_ns:
        return state  # a straggler never replaces a newer value
    return replace(state, heart=event, evidence=weigh_heart_rate(state.evidence, event))


def _fold_link(state: TileState, event: LinkSeen) -> TileState:
    """Once a link is down the next data begins a new connection: old beats prove nothing."""
    if event.in_conflict:
        state = replace(state, conflict=event.received)
    if event.phase not in _DOWN:
        return replace(state, link=event)
    return replace(state, link=event, streaming_since_ns=None, evidence=None)


def compute_lost_share(state: TileState, now_ns: int) -> float:
    """Share of the last 30 s without the notification that was due, 0 to 1."""
    if state.data is None:
        return 0.0
    window_from_ns = now_ns - round(LOSS_WINDOW_S * NS_PER_S)
    spacing_ns = round(NOMINAL_SPACING_S * NS_PER_S)
    stretches = list(state.silences)
    if now_ns - state.data.monotonic_ns > SILENCE_FROM_S * NS_PER_S:
        stretches.append((state.data.monotonic_ns, now_ns))
    lost_ns = sum(max(0, to - max(start + spacing_ns, window_from_ns)) for start, to in stretches)
    return lost_ns / (LOSS_WINDOW_S * NS_PER_S)
