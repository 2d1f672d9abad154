"""The three programs of a rehearsal: how each is called, and the order in which they start."""

import asyncio
import json
import socket
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import httpx

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.lifeline import Lifeline
from firmware_sim.rehearsal.processes import POLL_S, Program, run_to_end
from firmware_sim.rehearsal.study import TOKEN, make_study
from firmware_sim.rehearsal.verdict.evidence import RehearsedStrap
from firmware_sim.rehearsal.verdict.streams import HEART_RATE, MOVEMENT

LOOPBACK = "127.0.0.1"
BACKEND = "firmware_sim.radio.bleak_backend:open_radio"
START_PATIENCE_S = 60.0  # a loaded two-core machine imports for several seconds
# -P: a folder named "server" where the user happens to stand is not our server.
PROGRAMS: Mapping[str, Sequence[str]] = {
    name: (sys.executable, "-P", "-m", module)
    for name, module in (("straps", "firmware_sim"), ("server", "server"), ("gateway", "gateway"))
}


@dataclass(frozen=True, slots=True)
class ChainPlan:
    """What is started. `programs` are the first words of each program's command."""

    n_straps: int
    model: str = "h10"
    seed: int = 1
    scenario: str | None = None
    replay: Path | None = None
    database: str | None = None
    port: int | None = None  # of the server; None takes a free one
    keeps_truth: bool = True  # a demo that runs for days must not
    n_strangers: int = 0  # of the straps, the last ones, which are not put on the roster
    heart_rate_only: frozenset[int] = frozenset()  # places of straps with no consent to movement
    programs: Mapping[str, Sequence[str]] = field(default_factory=lambda: PROGRAMS)


class Chain:
    """The programs, in one folder: `data`, `journal`, `logs`, the token and the straps' account."""

    def __init__(self, plan: ChainPlan, folder: Path) -> None:
        self.plan, self.folder = plan, folder
        self.truth_log = folder / "truth.jsonl"
        self.server_port = plan.port or find_free_port()
        self.status_port = find_free_port()
        self._radio_port = find_free_port()
        self._data = ("--data", str(folder / "data"))
        self._database = ("--database", plan.database) if plan.database else ()
        logs = folder / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        self._logs, self._lifeline = logs, Lifeline()
        has_trouble = plan.scenario is not None
        self.straps = self._program("straps", self._straps_command(), takes_a_line=has_trouble)
        self.server = self._program("server", self._server_command())
        self.gateway = self._program("gateway", self.gateway_command(self.server_port))
        self._trouble_line: str | None = None

    @property
    def server_url(self) -> str:
        """Where the server listens."""
        return f"http://{LOOPBACK}:{self.server_port}"

    def send_through(self, relay_port: int) -> None:
        """Let the gateway reach the server through this port; before it starts."""
        self.gateway = self._program("gateway", self.gateway_command(relay_port))

    def _program(self, name: str, command: list[str], *, takes_a_line: bool = False) -> Program:
        return Program(
            name, command, self._logs, takes_a_line=takes_a_line, lifeline=self._lifeline
        )

    def _straps_command(self) -> list[str]:
        plan = self.plan
        more = ["--truth", str(self.truth_log)] if plan.keeps_truth else []
        more += ["--scenario", plan.scenario] if plan.scenario else []
        more += ["--replay", str(plan.replay)] if plan.replay else []
        return [
            *(*plan.programs["straps"], "straps", "--count", str(plan.n_straps)),
            *("--model", plan.model, "--seed", str(plan.seed)),
            *("--listen", f"{LOOPBACK}:{self._radio_port}", *more),
        ]

    def _server_command(self) -> list[str]:
        port = str(self.server_port)
        words = ("serve", *self._data, "--host", LOOPBACK, "--port", port, *self._database)
        return [*self.plan.programs["server"], *words]

    def gateway_command(self, port: int) -> list[str]:
        """How the gateway is called when its server listens on this port."""
        return [
            *(*self.plan.programs["gateway"], "run", "--server", f"http://{LOOPBACK}:{port}"),
            *("--token-file", str(self.folder / TOKEN)),
            *("--journal", str(self.folder / "journal"), "--backend", BACKEND),
            *("--radio", f"{LOOPBACK}:{self._radio_port}", "--status", str(self.status_port)),
        ]

    async def run_server_command(self, *words: str) -> str:
        """A command of the server that ends by itself; its standard output."""
        return await self._run_server_command(self.folder / "data", *words)

    async def _run_server_command(self, data: Path, *words: str) -> str:
        where = ("--data", str(data), *self._database)
        command = [*self.plan.programs["server"], *words, *where]
        return await run_to_end(f"doseline-server {words[0]}", command)

    async def prepare(self) -> list[RehearsedStrap]:
        """Straps on the air, a study with them on its roster, and the server up."""
        self.straps.start()
        await make_study(self.folder, self._run_server_command)
        straps = await self.wait_for_straps()
        await self._put_on_roster(straps)
        self.server.start()
        await self.wait_for_server()
        return straps

    async def wait_for_straps(self) -> list[RehearsedStrap]:
        """The straps, once they are on the air."""
        async with _patience(self.straps):
            while not (line := self.straps.output.partition("\n")[0]):
                self.straps.check()
                await asyncio.sleep(POLL_S)
        ready: dict[str, Any] = json.loads(line)
        return [self._describe(place, strap) for place, strap in enumerate(ready["straps"])]

    def _describe(self, place: int, strap: Mapping[str, str]) -> RehearsedStrap:
        streams: tuple[str, ...] | None = (HEART_RATE, MOVEMENT)
        if place in self.plan.heart_rate_only:
            streams = (HEART_RATE,)
        if place >= self.plan.n_straps - self.plan.n_strangers:
            streams = None
        return RehearsedStrap(strap["serial"], strap["model"], strap["name"], streams)

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

    async def _put_on_roster(self, straps: Sequence[RehearsedStrap]) -> None:
        """One command for neighbours that agree in model and streams; labels count the places."""
        numbered = enumerate(straps, start=1)
        for (model, streams), group in groupby(
            numbered, lambda each: (each[1].model, each[1].streams)
        ):
            if streams is None:
                continue
            places, members = zip(*group, strict=True)
            await self.run_server_command(
                *("straps", "add", *(strap.serial for strap in members), "--model", model),
                *("--label", f"{places[0]:02d}", "--streams", ",".join(streams)),
            )

    async def wait_for_server(self) -> None:
        """Until `/health` says that it can write."""
        async with _patience(self.server), httpx.AsyncClient(trust_env=False) as client:
            while True:
                self.server.check()
                with suppress(httpx.HTTPError):  # not listening yet
                    if (await client.get(f"{self.server_url}/health")).is_success:
                        return
                await asyncio.sleep(POLL_S)

    async def wait_for_uploads(self) -> None:
        """Until the server has acknowledged all that the gateway's journal holds now."""
        target, epoch = 0, None
        async with httpx.AsyncClient(trust_env=False) as client:
            while True:
                self.gateway.check()
                with suppress(httpx.HTTPError):  # started again a moment ago: no page yet
                    journal = await self._read_journal_status(client)
                    if journal["epoch"] != epoch:
                        target, epoch = journal["next_seq"] - 1, journal["epoch"]
                    if journal["acknowledged"] >= target:
                        return
                await asyncio.sleep(POLL_S)

    async def _read_journal_status(self, client: httpx.AsyncClient) -> dict[str, Any]:
        answer = await client.get(f"http://{LOOPBACK}:{self.status_port}/status.json")
        status: dict[str, dict[str, Any]] = answer.raise_for_status().json()
        return status["journal"]

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


@asynccontextmanager
async def _patience(program: Program) -> AsyncIterator[None]:
    """Turns a wait that takes too long into a sentence with the program's last words."""
    try:
        async with asyncio.timeout(START_PATIENCE_S):
            yield
    except TimeoutError:
        raise ProgramError(
            f"the {program.name} did not start within {START_PATIENCE_S:.0f} s;"
            f" its last words:\n{program.last_words()}"
        ) from None


def find_free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
