"""What a scenario can do to a strap beyond its radio. Not part of the Strap seam."""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from firmware_sim.scenario.faults import STRAP_FAULTS, FaultKind

# A rebooting or sleeping strap concerns the radio and the firmware: tell both.
INJECTABLE_FAULTS = STRAP_FAULTS | {FaultKind.REBOOT, FaultKind.ASLEEP}


@runtime_checkable
class Injectable(Protocol):
    """A strap that can be troubled."""

    def inject(
        self, kind: FaultKind, now_ns: int, for_ns: int, options: Mapping[str, float]
    ) -> None:
        """Begin this trouble (one of INJECTABLE_FAULTS) now; it ends by itself after `for_ns`."""
