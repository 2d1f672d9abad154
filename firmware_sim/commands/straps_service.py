"""The straps' process while it runs: fleet, radio, HCI port and ordered trouble."""

import asyncio
import json
import random
import signal
import sys
import time
from collections.abc import Coroutine, Sequence
from contextlib import AsyncExitStack, closing, suppress

from firmware_sim.commands.start_line import wait_for_start
from firmware_sim.commands.straps import StrapsPlan
from firmware_sim.radio.endpoint import Endpoint
from firmware_sim.radio.fleet_on_air import on_air
from firmware_sim.radio.hci_server import serve_hci
from firmware_sim.radio.peripheral import Peripheral
from firmware_sim.radio.trouble import Trouble
from firmware_sim.radio.virtual_radio import VirtualRadio
from firmware_sim.scenario.faults import Fault
from firmware_sim.strap.fleet import build_straps
from firmware_sim.strap.recording import load_recording
from firmware_sim.strap.simulated_wearer import Session
from firmware_sim.strap.strap import Strap
from firmware_sim.truth import NoTruth, Truth, TruthLog


async def serve_straps(plan: StrapsPlan, began_ns: int) -> None:
    """Print the ready line and serve until SIGTERM or SIGINT.

    `began_ns` is when this program began: trouble that was over by then isn't made again.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    straps = _build(plan)
    radio = VirtualRadio(random.Random(f"{plan.fleet.seed}/radio"))
    async with AsyncExitStack() as stack:
        truth: Truth = NoTruth()
        if plan.truth is not None:
            truth = stack.enter_context(closing(TruthLog(plan.truth)))
        where = await stack.enter_async_context(serve_hci(radio, plan.listen))
        peripherals = await stack.enter_async_context(on_air(straps, radio, truth, plan.fleet.seed))
        _print_ready(where, peripherals)
        trouble = Trouble(peripherals, radio, truth, plan.fleet.seed)
        await _until(stop, _make_trouble(trouble, plan.scenario.faults, began_ns))


def _build(plan: StrapsPlan) -> Sequence[Strap]:
    scenario = plan.scenario
    return build_straps(
        plan.fleet.count,
        plan.fleet.model,
        plan.fleet.seed,
        start_ns=time.monotonic_ns(),
        session=Session(scenario.starts_at_min, scenario.time_factor),
        recording=load_recording(plan.replay) if plan.replay else None,
    )


def _print_ready(where: Endpoint, peripherals: Sequence[Peripheral]) -> None:
    straps = [
        {
            "name": each.strap.name,
            "address": each.address,
            "model": each.strap.model,
            "serial": each.strap.serial,
        }
        for each in peripherals
    ]
    sys.stdout.write(json.dumps({"ready": str(where), "straps": straps}) + "\n")
    sys.stdout.flush()


async def _make_trouble(trouble: Trouble, faults: Sequence[Fault], began_ns: int) -> None:
    if faults:
        await trouble.run(faults, await wait_for_start(), began_ns)


async def _until(stop: asyncio.Event, trouble: Coroutine[None, None, None]) -> None:
    """Wait for the stop, with the trouble going on beside; its failure ends the wait."""
    making = asyncio.ensure_future(trouble)
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({making, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if making.done():
        making.result()
        await stopping
    making.cancel()
    with suppress(asyncio.CancelledError):
        await making
