"""One shape, one word, one act for a strap: the trainer's view of a tile's state. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from server.live.evidence import gives_a_clue, is_doubtful
from server.live.moment import NS_PER_S
from server.live.tile import LOST_AFTER_S, TileState, compute_lost_share

FRESH_FOR_S = 3.0  # ux: a heart rate is black when younger, grey with its age when older
SETTLING_S = 15.0  # ux: "connected < 15 s"
LOST_SHARE_WEAK = 0.10  # ux: "> 10 % lost in the last 30 s"
RSSI_WEAK_DBM = -85  # 10 dB above what usual receivers can just hear (-95 dBm)
RSSI_STRONG_DBM = -70  # 15 dB above that: a body between strap and gateway takes about as much
RSSI_VALID_FOR_S = 60.0  # it is measured when the link changes; people walk about
BATTERY_LOW_PCT = 15  # ux: "< 15 %"


class State(StrEnum):
    """Stable names for programs; the words are for people."""

    GOOD = "good"
    WEAK = "weak"
    NO_CONTACT = "no_contact"
    UNKNOWN = "unknown"
    LOST = "lost"
    BATTERY = "battery"


class Signal(StrEnum):
    """How strongly a gateway hears a strap; stable names, as above."""

    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


SHAPES = {
    State.GOOD: "●",
    State.WEAK: "◐",
    State.NO_CONTACT: "○",
    State.UNKNOWN: "◌",
    State.LOST: "✕",
    State.BATTERY: "▭",
}

# What to do about a lost strap, by the phase in which its gateway sees the link.
_LOST_ACTS = {
    "refused": "Another phone may hold it. Close the app there.",
    "waiting": "Come closer, or take a spare strap.",
}
_LOST_ACT = "Come closer, or take a spare strap."
_GATEWAY_SILENT_ACT = "The gateway is silent. It keeps its own copy."


@dataclass(frozen=True, slots=True)
class Verdict:
    """`act` is empty when there is nothing to do."""

    state: State
    word: str
    act: str = ""


NOT_HEARD = Verdict(State.LOST, "Not heard", "Wet it, put it on, come closer.")


def judge(
    state: TileState,
    now_ns: int,
    *,
    gateway_silent: bool = False,
    heart_rate_agreed: bool = True,
) -> Verdict:
    """The strap's state at `now_ns` on its gateway's monotonic clock.

    Where its wearer agreed to movement alone no heart rate comes, and that is no fault.
    """
    if state.data is None:
        return _judge_unheard(state)
    silent_s = (now_ns - state.data.monotonic_ns) / NS_PER_S
    if silent_s >= LOST_AFTER_S:
        return Verdict(
            State.LOST, f"Lost {format_minutes(silent_s)}", _lost_act(state, gateway_silent)
        )
    return (
        (_judge_contact(state, now_ns) if heart_rate_agreed else None)
        or _judge_signal(state, now_ns, silent_s)
        or _judge_battery(state)
        or Verdict(State.GOOD, "Good")
    )


def format_minutes(seconds: float) -> str:
    """m:ss, whole seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _judge_unheard(state: TileState) -> Verdict:
    if state.link is not None and state.link.phase == "refused":
        return Verdict(State.LOST, "Refused", _LOST_ACTS["refused"])
    return NOT_HEARD


def _lost_act(state: TileState, gateway_silent: bool) -> str:
    if gateway_silent:
        return _GATEWAY_SILENT_ACT
    phase = state.link.phase if state.link is not None else ""
    return _LOST_ACTS.get(phase, _LOST_ACT)


def _judge_contact(state: TileState, now_ns: int) -> Verdict | None:
    """No contact, or too early to tell; None when beats are plausible."""
    if state.streaming_since_ns is None:  # the link is down, and beats say nothing about it
        return None
    settling = now_ns - state.streaming_since_ns < SETTLING_S * NS_PER_S
    evidence = state.evidence
    if evidence is None:
        act = "Wait 15 s." if settling else "No heart rate comes. Check the strap."
        return Verdict(State.UNKNOWN, "Unknown", act)
    activity_mg = state.activity.activity_mg if state.activity is not None else None
    data_goes_on = state.data is not None and (
        state.data.monotonic_ns - evidence.newest_ns > FRESH_FOR_S * NS_PER_S
    )
    if evidence.contact is False or (
        not settling and (data_goes_on or is_doubtful(evidence, activity_mg))
    ):
        return Verdict(State.NO_CONTACT, "No contact?", "Wet and tighten.")
    if settling:
        return Verdict(State.UNKNOWN, "Unknown", "Wait 15 s.")
    if not gives_a_clue(evidence):
        return Verdict(State.UNKNOWN, "Unknown", "This model can't tell. Feel the strap.")
    return None


def _judge_signal(state: TileState, now_ns: int, silent_s: float) -> Verdict | None:
    if (
        silent_s >= FRESH_FOR_S
        or state.streaming_since_ns is None
        or compute_lost_share(state, now_ns) > LOST_SHARE_WEAK
        or read_signal(state, now_ns) is Signal.WEAK
    ):
        return Verdict(State.WEAK, "Weak", "Turn towards the gateway.")
    return None


def read_signal(state: TileState, now_ns: int) -> Signal | None:
    """How its gateway last heard the strap; None once that is too old to tell."""
    link = state.link
    if link is None or link.rssi_dbm is None:
        return None
    age_s = (now_ns - link.received.monotonic_ns) / NS_PER_S
    return name_signal(link.rssi_dbm) if age_s < RSSI_VALID_FOR_S else None


def name_signal(rssi_dbm: int) -> Signal:
    """The word for a signal strength in dBm."""
    if rssi_dbm <= RSSI_WEAK_DBM:
        return Signal.WEAK
    return Signal.FAIR if rssi_dbm < RSSI_STRONG_DBM else Signal.STRONG


def _judge_battery(state: TileState) -> Verdict | None:
    if state.battery is None or state.battery.battery_pct >= BATTERY_LOW_PCT:
        return None
    word = f"Battery {state.battery.battery_pct} %"
    return Verdict(State.BATTERY, word, "Change after the session.")
