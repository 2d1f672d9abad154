"""Troubles of one strap that run out by themselves."""

from dataclasses import dataclass

NEVER_NS = -1


@dataclass(slots=True)
class Troubles:
    """Until when each trouble lasts, on the simulation's clock."""

    contact_lost_until_ns: int = NEVER_NS
    pod_off_from_ns: int = NEVER_NS
    pod_off_until_ns: int = NEVER_NS
    asleep_until_ns: int = NEVER_NS
    knocks_ns: tuple[int, ...] = ()  # moments of a finger's knocks on the sensor

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
