"""One strap at a moment, as the lamp and the status page show it."""

from dataclasses import dataclass, field, replace

from gateway.clock import NS_PER_S
from gateway.straps.frame_watch import FrameCounts
from gateway.straps.supervisor import StrapSupervisor
from gateway.straps.tally import Tally
from protocol.identifiers import StrapId
from protocol.messages.roster import ConsentedStream


@dataclass(frozen=True, slots=True)
class StrapStatus:
    """One strap as the lamp and the status page show it."""

    strap: StrapId
    model: str
    label: str | None
    phase: str  # a phase of gateway.straps.link
    stale: bool  # fell silent on a link (5 s; 10 s for the first value), and silent ever since
    heart_rate_age_s: float | None
    battery_pct: int | None
    rssi_dbm: int | None
    last_error: str | None  # one sentence
    heart_rate_agreed: bool = True
    tally: Tally = field(default_factory=Tally)
    frames: FrameCounts = field(default_factory=FrameCounts)


def describe_status(supervisor: StrapSupervisor, now_ns: int) -> StrapStatus:
    """One supervisor's status at a moment."""
    intake, link = supervisor.intake, supervisor.link
    heard = intake.heart_rate_at
    return StrapStatus(
        strap=supervisor.strap,
        model=supervisor.entry.model,
        label=supervisor.entry.label,
        phase=link.phase,
        stale=link.pulse.stale,
        heart_rate_age_s=None if heard is None else (now_ns - heard.monotonic_ns) / NS_PER_S,
        battery_pct=intake.battery_pct,
        rssi_dbm=supervisor.sightings.rssi_dbm(now_ns),
        last_error=supervisor.find_trouble(now_ns),
        heart_rate_agreed=ConsentedStream.HEART_RATE in supervisor.entry.streams,
        tally=intake.tally.copy(),
        frames=replace(intake.frames.counts),
    )
