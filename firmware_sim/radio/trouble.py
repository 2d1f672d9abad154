"""Carries out a scenario's troubles on straps and radio, and logs in truth when each was."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping, Sequence

from bumble import hci

from firmware_sim.radio.air_queue import Delay
from firmware_sim.radio.faults import Step, Timetable, lasting_s
from firmware_sim.radio.peripheral import Peripheral
from firmware_sim.radio.twin import FIRST_NUMBERS, make_twin
from firmware_sim.radio.virtual_radio import VirtualRadio
from firmware_sim.scenario.faults import Fault, FaultKind
from firmware_sim.strap.injectable import INJECTABLE_FAULTS, Injectable
from firmware_sim.truth import Truth

_NS_PER_S, _NS_PER_MS = 1_000_000_000, 1_000_000
_DROPPED = hci.HCI_ErrorCode.REMOTE_USER_TERMINATED_CONNECTION_ERROR
_WENT_OFF = hci.HCI_ErrorCode.REMOTE_DEVICE_TERMINATED_CONNECTION_DUE_TO_POWER_OFF_ERROR


class Trouble:
    """Each fault is in the truth log before it is felt, and ended there after it was."""

    def __init__(
        self, peripherals: Sequence[Peripheral], radio: VirtualRadio, truth: Truth, seed: int
    ) -> None:
        self._peripherals = peripherals
        self._radio = radio
        self._truth = truth
        self._seed = seed
        self._silences: Counter[str] = Counter()  # two faults may silence one strap
        self._open: dict[tuple[int, str], tuple[Fault, int]] = {}
        self._twins: dict[tuple[int, str], Peripheral] = {}

    async def run(self, faults: Sequence[Fault], start_ns: int, known_since_ns: int) -> None:
        """Carry out all; their seconds count from `start_ns` on the monotonic clock.

        What was over before `known_since_ns`, when this program began, isn't repeated.
        """
        timetable = Timetable(faults)
        timetable.skip_past((known_since_ns - start_ns) / _NS_PER_S)
        try:
            while (next_s := timetable.next_s) is not None:
                due_ns = start_ns + round(next_s * _NS_PER_S)
                await asyncio.sleep(max(0, due_ns - time.monotonic_ns()) / _NS_PER_S)
                elapsed_s = (time.monotonic_ns() - start_ns) / _NS_PER_S
                for step in timetable.take_due(elapsed_s):
                    await self.carry_out(step)
        finally:
            for (_, serial), (fault, from_ns) in self._open.items():
                self._truth.fault_ended(serial, fault.kind, from_ns, time.monotonic_ns())

    async def carry_out(self, step: Step) -> None:
        """Begin or end a fault now, on its strap or on all."""
        index = step.fault.strap_index
        chosen = self._peripherals if index is None else [self._peripherals[index]]
        for peripheral in chosen:
            if step.begins:
                await self._begin(step, peripheral)
            else:
                self._end(step, peripheral)

    async def _begin(self, step: Step, peripheral: Peripheral) -> None:
        fault, serial = step.fault, peripheral.strap.serial
        now_ns = time.monotonic_ns()
        self._truth.fault_begins(serial, fault.kind, now_ns)
        if fault.kind in FIRST_NUMBERS:
            self._twins[step.number, serial] = await self._power_on_twin(fault.kind, peripheral)
        else:
            self._disturb(fault, peripheral)
        if fault.kind in INJECTABLE_FAULTS and isinstance(peripheral.strap, Injectable):
            for_ns = round(fault.for_s * _NS_PER_S)
            peripheral.strap.inject(fault.kind, now_ns, for_ns, fault.options)
            peripheral.plan_tick()
        if lasting_s(fault):
            self._open[step.number, serial] = (fault, now_ns)
        else:
            self._truth.fault_ended(serial, fault.kind, now_ns, time.monotonic_ns())

    def _disturb(self, fault: Fault, peripheral: Peripheral) -> None:
        match fault.kind:
            case FaultKind.DROP:
                peripheral.chip.drop(_DROPPED)
            case FaultKind.OUT_OF_RANGE | FaultKind.FADE:
                self._silence(peripheral, +1)
            case FaultKind.DELAY:
                self._radio.set_delay(peripheral.chip, _read_delay(fault.options))
            case FaultKind.REBOOT:
                peripheral.chip.lose_power()
                self._silence(peripheral, +1)
            case FaultKind.REFUSED:
                peripheral.chip.refuses_connections = True
            case FaultKind.ASLEEP:
                peripheral.chip.drop(_WENT_OFF)

    def _end(self, step: Step, peripheral: Peripheral) -> None:
        fault, key = step.fault, (step.number, peripheral.strap.serial)
        match fault.kind:
            case FaultKind.OUT_OF_RANGE | FaultKind.FADE | FaultKind.REBOOT:
                self._silence(peripheral, -1)
            case FaultKind.DELAY:
                self._radio.set_delay(peripheral.chip, Delay())
            case FaultKind.REFUSED:
                peripheral.chip.refuses_connections = False
            case FaultKind.TWIN_NAME | FaultKind.TWIN_ADDRESS:
                self._twins.pop(key).power_off()
        _, from_ns = self._open.pop(key)
        self._truth.fault_ended(key[1], fault.kind, from_ns, time.monotonic_ns())

    def _silence(self, peripheral: Peripheral, change: int) -> None:
        serial = peripheral.strap.serial
        self._silences[serial] += change
        self._radio.set_silent(peripheral.chip, silent=self._silences[serial] > 0)

    async def _power_on_twin(self, kind: FaultKind, peripheral: Peripheral) -> Peripheral:
        place, now_ns = self._peripherals.index(peripheral), time.monotonic_ns()
        strap, address = make_twin(
            kind, peripheral.strap, peripheral.address, place, self._seed, now_ns
        )
        twin = Peripheral(strap, address, self._radio, self._truth)
        await twin.power_on()
        return twin


def _read_delay(options: Mapping[str, float]) -> Delay:
    fixed_ms, jitter_ms = options["delay_ms"], options["jitter_ms"]
    return Delay(round(fixed_ms * _NS_PER_MS), round(jitter_ms * _NS_PER_MS))
