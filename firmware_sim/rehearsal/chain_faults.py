"""Trouble of the chain behind the radio, ordered by a scenario: programs die, go away, repeat."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence

from firmware_sim.rehearsal.chain import Chain
from firmware_sim.rehearsal.relay import CarelessRelay
from firmware_sim.rehearsal.verdict.evidence import InjectedFault, OrderedFault, RehearsedStrap
from firmware_sim.scenario.faults import CHAIN_FAULTS, Fault, FaultKind

START_TAKES_AT_MOST_S = 10.0  # from a gateway's start to its first word with the radio, loaded


class ChainTrouble:
    """Carries out a scenario's chain faults; `done` says when each really was."""

    def __init__(self, chain: Chain, relay: CarelessRelay | None) -> None:
        self._chain, self._relay = chain, relay
        self._no_radio_until_s = 0.0  # on the monotonic clock
        self._busy = asyncio.Lock()  # one trouble at a time: a program that is dead can't be killed
        self.done: list[InjectedFault] = []
        self._acts: Mapping[FaultKind, Callable[[Fault], Awaitable[None]]] = {
            FaultKind.KILL_GATEWAY: self._kill_gateway,
            FaultKind.KILL_SERVER: self._kill_server,
            FaultKind.KILL_STRAPS: self._kill_straps,
            FaultKind.SERVER_AWAY: self._take_server_away,
            FaultKind.DUPLICATE_BATCH: self._duplicate,
        }

    async def run(self, faults: Sequence[Fault], start_monotonic_ns: int) -> None:
        """Carry out all of them, in order; their seconds count from this moment."""
        for fault in sorted(faults, key=lambda each: each.at_s):
            due_ns = start_monotonic_ns + round(fault.at_s * 1e9)
            await asyncio.sleep(max(0.0, (due_ns - time.monotonic_ns()) / 1e9))
            await self.inject(fault)

    async def inject(self, fault: Fault) -> None:
        """Carry out one now; returns when what it broke runs again."""
        async with self._busy:
            began_ns = time.monotonic_ns()
            await self._acts[fault.kind](fault)
            ended_ns = time.monotonic_ns()
        self.done.append(InjectedFault(fault.kind, None, began_ns, ended_ns))

    @property
    def may_find_no_radio(self) -> bool:
        """Whether a gateway that started a moment ago may have met straps that were away."""
        return time.monotonic() < self._no_radio_until_s

    def revive_gateway(self) -> None:
        """Start a gateway again that found no radio as it started, as a service manager would."""
        if self.may_find_no_radio and self._chain.gateway.has_ended:
            self._chain.gateway.start()

    async def _kill_gateway(self, fault: Fault) -> None:
        self._chain.gateway.kill()
        await asyncio.sleep(fault.options["restart_after_s"])
        self._chain.gateway.start()

    async def _kill_server(self, fault: Fault) -> None:
        self._chain.server.kill()
        await asyncio.sleep(fault.options["restart_after_s"])
        self._chain.server.start()
        await self._chain.wait_for_server()

    async def _kill_straps(self, fault: Fault) -> None:
        self._no_radio_until_s = math.inf
        self._chain.straps.kill()
        await asyncio.sleep(fault.options["restart_after_s"])
        await self._chain.restart_straps()
        self._no_radio_until_s = time.monotonic() + START_TAKES_AT_MOST_S

    async def _take_server_away(self, fault: Fault) -> None:
        await self._chain.server.stop()
        await asyncio.sleep(fault.for_s)
        self._chain.server.start()
        await self._chain.wait_for_server()

    async def _duplicate(self, fault: Fault) -> None:
        if self._relay:
            self._relay.copies_due += int(fault.options["copies"])
            self._relay.answers_to_lose += 1


def choose_chain_faults(faults: Sequence[Fault]) -> list[Fault]:
    """Those of a scenario's faults that the rehearsal itself carries out."""
    return [fault for fault in faults if fault.kind in CHAIN_FAULTS]


def list_ordered(faults: Sequence[Fault], straps: Sequence[RehearsedStrap]) -> list[OrderedFault]:
    """A scenario's faults as these straps should feel them: one for each strap concerned."""
    ordered = []
    for fault in faults:
        delay_ms = fault.options.get("delay_ms", 0.0) + fault.options.get("jitter_ms", 0.0)
        serials: Sequence[str | None] = [strap.serial for strap in straps]
        if fault.kind in CHAIN_FAULTS:
            serials = [None]
        elif fault.strap_index is not None:
            serials = [straps[fault.strap_index].serial]
        ordered += [OrderedFault(fault.kind.value, serial, delay_ms) for serial in serials]
    return ordered
