"""The three programs of a rehearsal on this machine: the order in which they start and stop."""

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.chain_commands import (
    LOOPBACK,
    Places,
    list_gateway_command,
    list_server_command,
    list_straps_command,
    list_study_command,
)
from firmware_sim.rehearsal.chain_plan import ChainPlan
from firmware_sim.rehearsal.chain_roster import list_roster_words, list_straps
from firmware_sim.rehearsal.course import make_course
from firmware_sim.rehearsal.lifeline import Lifeline
from firmware_sim.rehearsal.participants import make_participants
from firmware_sim.rehearsal.ports import find_free_port
from firmware_sim.rehearsal.processes import Program, run_to_end
from firmware_sim.rehearsal.readiness import wait_for_health, wait_for_line, wait_for_uploads
from firmware_sim.rehearsal.study import enrol_gateway, make_archive
from firmware_sim.rehearsal.trainer import make_trainer
from firmware_sim.rehearsal.verdict.evidence import RehearsedStrap


class Chain:
    """The programs, in one folder: `data`, `journal`, `logs`, the token and the straps' account."""

    def __init__(self, plan: ChainPlan, folder: Path) -> None:
        self.plan = plan
        ports = (plan.port or find_free_port(), find_free_port(), find_free_port())
        self.places = Places(folder, *ports)
        self._logs, self._lifeline = folder / "logs", Lifeline()
        self._logs.mkdir(parents=True, exist_ok=True)
        straps = list_straps_command(plan, self.places)
        self.straps = self._program("straps", straps, takes_a_line=plan.scenario is not None)
        self.server = self._program("server", list_server_command(plan, self.places))
        self.send_through(self.places.server_port)
        self._trouble_line: str | None = None

    @property
    def server_url(self) -> str:
        """Where the server listens."""
        return f"http://{LOOPBACK}:{self.places.server_port}"

    @property
    def gateway_url(self) -> str:
        """Where the gateway's own page is."""
        return f"http://{LOOPBACK}:{self.places.status_port}"

    def send_through(self, port: int) -> None:
        """Let the gateway reach the server through this port; before it starts."""
        command = list_gateway_command(self.plan, self.places, port)
        self.gateway = self._program("gateway", command)

    def _program(self, name: str, command: list[str], *, takes_a_line: bool = False) -> Program:
        return Program(
            name, command, self._logs, takes_a_line=takes_a_line, lifeline=self._lifeline
        )

    async def run_server_command(self, *words: str) -> str:
        """A command of the server that ends by itself; its standard output."""
        return await self._run_server_command(self.places.data, *words)

    async def _run_server_command(self, data: Path, *words: str) -> str:
        command = list_study_command(self.plan, data, *words)
        return await run_to_end(f"doseline-server {words[0]}", command)

    async def prepare(self) -> list[RehearsedStrap]:
        """Straps on the air, a study with them on its roster and a trainer, and the server up.

        The server starts while all of them are entered in its study, side by side: nobody waits
        twice.
        """
        self.straps.start()
        folder, run = self.places.folder, self._run_server_command
        is_new = await make_archive(folder, run)
        self.server.start()
        if not is_new:  # the study of an older doseline is brought up to date first
            await self.wait_for_server()
        straps = await self._fill_study(is_new=is_new)
        await self.wait_for_server()
        return straps

    async def _fill_study(self, *, is_new: bool) -> list[RehearsedStrap]:
        """Gateway, trainer and straps at the same time: hashing her secrets takes as long."""
        folder, run = self.places.folder, self._run_server_command
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(enrol_gateway(folder, run, is_new=is_new))
                tasks.create_task(make_trainer(folder, run))
                straps = await self.wait_for_straps()
                await self._enter_straps(straps)
        except* ProgramError as errors:
            raise errors.exceptions[0] from None
        return straps

    async def _enter_straps(self, straps: Sequence[RehearsedStrap]) -> None:
        folder, run = self.places.folder, self._run_server_command
        for words in list_roster_words(straps):
            await self.run_server_command(*words)
        if self.plan.has_participants:
            await make_participants(folder, straps, run)
            await make_course(folder, datetime.now(UTC), run)

    async def wait_for_straps(self) -> list[RehearsedStrap]:
        """The straps, once they are on the air."""
        ready: dict[str, Any] = json.loads(await wait_for_line(self.straps))
        return list_straps(self.plan, ready["straps"])

    async def wait_for_server(self) -> None:
        """Until the server can write."""
        await wait_for_health(self.server, self.server_url)

    async def wait_for_uploads(self) -> None:
        """Until the server has acknowledged all that the gateway's journal holds now."""
        await wait_for_uploads(self.gateway, self.gateway_url)

    def begin_trouble(self, start_monotonic_ns: int) -> None:
        """Tell the straps from which moment the scenario's seconds count."""
        self._trouble_line = json.dumps({"start_monotonic_ns": start_monotonic_ns})
        self.straps.say(self._trouble_line)

    async def restart_straps(self) -> None:
        """The same straps again; trouble that has passed is not made again."""
        self.straps.start()
        if self._trouble_line:
            self.straps.say(self._trouble_line)
        await self.wait_for_straps()

    def check(self) -> None:
        """Raises ProgramError if one of the programs ended by itself."""
        for program in (self.straps, self.server, self.gateway):
            program.check()

    async def stop(self) -> None:
        """Stop what still runs: gateway first, so that it can say good-bye to straps and server.

        Who is cancelled meanwhile leaves nothing behind either: the rest is killed.
        """
        programs = (self.gateway, self.server, self.straps)
        try:
            for program in programs:
                await program.stop()
        finally:
            for program in programs:
                program.kill()
            self._lifeline.close()
