"""When a scenario's troubles of straps and radio begin and end. No clock: seconds come in."""

from collections.abc import Sequence
from dataclasses import dataclass

from firmware_sim.scenario.faults import CHAIN_FAULTS, Fault, FaultKind

# From power-on to the first advertisement. No vendor states it; a reconnection 1.7 s after a reboot
# was seen on the virtual radio with a strap that boots at once (virtual-radio.md).
BOOT_S = 1.0


@dataclass(frozen=True, slots=True)
class Step:
    """A fault begins, or one that lasts ends. `number` tells two equal faults apart."""

    at_s: float
    number: int
    fault: Fault
    begins: bool


def lasting_s(fault: Fault) -> float:
    """How long it is felt; 0 for what is over in an instant."""
    return BOOT_S if fault.kind is FaultKind.REBOOT else fault.for_s


class Timetable:
    """The steps of all faults that aren't the chain's, in order."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        steps: list[Step] = []
        for number, fault in enumerate(faults):
            if fault.kind in CHAIN_FAULTS:
                continue
            steps.append(Step(fault.at_s, number, fault, begins=True))
            if lasting_s(fault):
                ends_s = fault.at_s + lasting_s(fault)
                steps.append(Step(ends_s, number, fault, begins=False))
        self._steps = sorted(steps, key=lambda step: (step.at_s, step.begins, step.number))

    @property
    def next_s(self) -> float | None:
        """When the next step is due; None when all is over."""
        return self._steps[0].at_s if self._steps else None

    def skip_past(self, elapsed_s: float) -> None:
        """Leave out what was over before `elapsed_s`: another run of this program did it.

        A fault that still lasts begins again at once.
        """
        still_due = {
            step.number
            for step in self._steps
            if step.at_s > elapsed_s or (step.at_s == elapsed_s and step.begins)
        }
        self._steps = [step for step in self._steps if step.number in still_due]

    def take_due(self, elapsed_s: float) -> list[Step]:
        """Remove and give the steps due by now, in order."""
        n_due = sum(step.at_s <= elapsed_s for step in self._steps)
        due, self._steps = self._steps[:n_due], self._steps[n_due:]
        return due
