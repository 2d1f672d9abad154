"""The demo: a study and a live session on this machine until someone has seen enough."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.chain import Chain
from firmware_sim.rehearsal.chain_plan import ChainPlan
from firmware_sim.rehearsal.course import list_past_unheld
from firmware_sim.rehearsal.course_play import CoursePlayer
from firmware_sim.rehearsal.demo_account import PLAYED, DemoAccount
from firmware_sim.rehearsal.live_watch import LiveWatch, read_boot_id
from firmware_sim.rehearsal.tablet_client import ANSWER_WITHIN_S, TabletClient
from firmware_sim.rehearsal.trainer import Trainer, read_trainer

LOOK_EVERY_S = 0.25
FIRST_TILE_PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class DemoFacts:
    """What there is to tell once the first heart rate is on the live page."""

    live_page: str
    tablet_page: str
    trainer: Trainer
    gateway_page: str
    folder: Path
    n_straps: int
    n_played: int  # sessions before tonight's that were entered just now
    started_after_s: float
    first_tile_after_s: float


class DemoSession:
    """Starts the three programs, and stops them whatever happens."""

    def __init__(self, plan: ChainPlan, folder: Path) -> None:
        self._chain = Chain(plan, folder)
        self._folder = folder
        self._account = DemoAccount(folder)

    async def run(self, seconds: float | None, tell: Callable[[DemoFacts], None]) -> None:
        """Run for so many seconds after telling, or until interrupted. Raises ProgramError."""
        began_s = time.monotonic()
        watch = LiveWatch(self._chain.server_url)
        tasks: list[asyncio.Task[Any]] = []
        try:
            await self._chain.prepare()
            self._chain.gateway.start()
            started_after_s = time.monotonic() - began_s
            watching = asyncio.create_task(watch.run(read_trainer(self._folder)))
            playing = asyncio.create_task(self._play_what_is_past())
            tasks = [watching, playing]
            await self._wait_for_first_tile(watch)
            first_tile_after_s = time.monotonic() - began_s
            watching.cancel()
            n_played = await playing  # a tablet that came sooner would get half a history
            tell(self._facts(n_played, started_after_s, first_tile_after_s))
            boot_id = read_boot_id(watch.newest)
            tasks.append(asyncio.create_task(self._send_what_is_past(boot_id)))
            await self._stay(seconds)
        finally:
            for task in tasks:
                task.cancel()
            await self._chain.stop()

    async def _play_what_is_past(self) -> int:
        """Sessions before today that nobody held: how many are made up now."""
        plan = self._chain.plan
        if not plan.has_participants:
            return 0
        timeout = httpx.Timeout(ANSWER_WITHIN_S)
        async with httpx.AsyncClient(timeout=timeout, trust_env=False) as client:
            tablet = TabletClient(client, self._chain.server_url)
            await tablet.sign_in(read_trainer(self._folder))
            past = list_past_unheld(await tablet.read_sessions(), datetime.now(UTC))
            player = CoursePlayer(tablet, plan.seed)
            for line in past:
                await player.play(line)
                self._account.note(PLAYED, line["id"])
            return len(past)

    async def _send_what_is_past(self, boot_id: str | None) -> None:
        """What was measured before those sessions, and what straps sent in them."""
        if not self._chain.plan.has_participants or boot_id is None:
            return
        from firmware_sim.rehearsal.past_straps import PastStraps  # numpy: not before first light

        past = PastStraps(self._folder, self._chain.server_url, self._chain.plan.seed)
        await self._try(past.enter_tables(self._chain.run_server_command))
        await self._try(past.send(boot_id))

    async def _try(self, step: Awaitable[None]) -> None:
        """The live session goes on without a past."""
        try:
            await step
        except ProgramError as error:
            with (self._folder / "logs" / "past.log").open("a", encoding="utf-8") as log:
                log.write(f"{error}\n")

    def _facts(self, n_played: int, started_after_s: float, first_tile_after_s: float) -> DemoFacts:
        return DemoFacts(
            live_page=f"{self._chain.server_url}/live",
            tablet_page=f"{self._chain.server_url}/tablet/",
            trainer=read_trainer(self._folder),
            gateway_page=f"{self._chain.gateway_url}/",
            folder=self._folder,
            n_straps=self._chain.plan.n_straps,
            n_played=n_played,
            started_after_s=started_after_s,
            first_tile_after_s=first_tile_after_s,
        )

    async def _wait_for_first_tile(self, watch: LiveWatch) -> None:
        try:
            async with asyncio.timeout(FIRST_TILE_PATIENCE_S):
                while watch.n_live_tiles == 0:
                    self._chain.check()
                    await asyncio.sleep(LOOK_EVERY_S)
        except TimeoutError:
            raise ProgramError(
                f"no heart rate reached the live page within {FIRST_TILE_PATIENCE_S:.0f} s;"
                f" the programs' logs are in {self._folder / 'logs'}"
            ) from None

    async def _stay(self, seconds: float | None) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while True:
                    self._chain.check()
                    await asyncio.sleep(LOOK_EVERY_S)
