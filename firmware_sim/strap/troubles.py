"""Troubles of one strap that run out by themselves."""

from collections.abc import Mapping
from dataclasses import dataclass

from firmware_sim.scenario.faults import FaultKind

NEVER_NS = -1
_N_KNOCKS = 3
_NS_PER_S = 1_000_000_000


@dataclass(slots=True)
class Troubles:
    """Until when each trouble lasts, on the simulation's clock."""

    contact_lost_until_ns: int = NEVER_NS
    pod_off_from_ns: int = NEVER_NS
    pod_off_until_ns: int = NEVER_NS
    asleep_until_ns: int = NEVER_NS
    knocks_ns: tuple[int, ...] = ()  # moments of a finger's knocks on the sensor

    def begin(
        self, kind: FaultKind, now_ns: int, for_ns: int, options: Mapping[str, float]
    ) -> None:
        """One of those that run out by themselves begins; any other kind is none of ours."""
        match kind:
            case FaultKind.CONTACT_LOSS:
                self.contact_lost_until_ns = now_ns + for_ns
            case FaultKind.POD_OFF:
                self.pod_off_from_ns, self.pod_off_until_ns = now_ns, now_ns + for_ns
            case FaultKind.ASLEEP:
                self.asleep_until_ns = now_ns + for_ns
            case FaultKind.KNOCKS:
                pause_ns = round(options["pause_s"] * _NS_PER_S)
                self.knocks_ns = tuple(now_ns + n * pause_ns for n in range(_N_KNOCKS))

    def pod_is_off(self, now_ns: int) -> bool:
        """True while the pod is unclipped from its belt."""
        return now_ns < self.pod_off_until_ns

    def pod_off_for_ns(self, now_ns: int) -> int:
        """How long the pod has been off; 0 while it is on."""
        return now_ns - self.pod_off_from_ns if self.pod_is_off(now_ns) else 0

    def feels_skin(self, now_ns: int) -> bool:
        """True while nothing parts the electrodes from the skin."""
        return now_ns >= self.contact_lost_until_ns and not self.pod_is_off(now_ns)

    def is_asleep(self, now_ns: int) -> bool:
        """True while it doesn't advertise for reasons of its own."""
        return now_ns < self.asleep_until_ns
