"""All straps of one simulation on one radio."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from firmware_sim.radio.addresses import strap_address
from firmware_sim.radio.peripheral import Peripheral
from firmware_sim.radio.virtual_radio import VirtualRadio
from firmware_sim.strap.strap import Strap
from firmware_sim.truth import Truth


@asynccontextmanager
async def on_air(
    straps: Sequence[Strap], radio: VirtualRadio, truth: Truth, seed: int
) -> AsyncIterator[list[Peripheral]]:
    """Power these straps on for the length of the block; yields them in the same order."""
    peripherals = [
        Peripheral(strap, strap_address(seed, strap.serial), radio, truth) for strap in straps
    ]
    try:
        for peripheral in peripherals:
            await peripheral.power_on()
        yield peripherals
    finally:
        for peripheral in peripherals:
            peripheral.power_off()
