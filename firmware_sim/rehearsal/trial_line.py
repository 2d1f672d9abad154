"""From evenings as they were entered to the server's archive, each step beside the others."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Final

from firmware_sim.physiology.kinetics import HeartTraits
from firmware_sim.rehearsal.trial_evenings import PlayedEvening
from firmware_sim.trial.simulated_evening import SimulatedEvening, simulate_evening

WAITING: Final = 2  # simulated evenings, each of some ten MB

_Simulated = tuple[PlayedEvening, SimulatedEvening]
Post = Callable[[PlayedEvening, SimulatedEvening], Awaitable[None]]


class TrialLine:
    """While one evening is entered, the one before is simulated and the one before that posted."""

    def __init__(self, post: Post, hearts: Mapping[str, HeartTraits]) -> None:
        self._post, self._hearts = post, hearts
        self._played: asyncio.Queue[PlayedEvening | None] = asyncio.Queue()
        self._simulated: asyncio.Queue[_Simulated | None] = asyncio.Queue(WAITING)

    async def run(self, evenings: AsyncIterator[PlayedEvening]) -> None:
        """Returns once all of them are posted. Raises ProgramError."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._take(evenings))
                tasks.create_task(self._simulate())
                tasks.create_task(self._take_out())
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None

    async def _take(self, evenings: AsyncIterator[PlayedEvening]) -> None:
        async for evening in evenings:
            await self._played.put(evening)
        await self._played.put(None)

    async def _simulate(self) -> None:
        while (evening := await self._played.get()) is not None:
            what = (evening.entered, self._hearts, evening.plan)
            simulated = await asyncio.to_thread(simulate_evening, *what)
            await self._simulated.put((evening, simulated))
        await self._simulated.put(None)

    async def _take_out(self) -> None:
        while (one := await self._simulated.get()) is not None:
            await self._post(*one)
