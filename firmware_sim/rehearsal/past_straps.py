"""What straps sent in the sessions that a demo made up: posted beside its live session.

Each session is a journal of its own, from its first number on, so that one which was interrupted
is sent again as it was. It comes from the gateway that is on the air, as an old journal would.
"""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, Final

import httpx

from firmware_sim.rehearsal.demo_account import MEASURED, PLAYED, SENT, DemoAccount
from firmware_sim.rehearsal.heart_values import draw_hearts
from firmware_sim.rehearsal.participants import SIGNS
from firmware_sim.rehearsal.strap_uploads import StrapUploads
from firmware_sim.rehearsal.study import GATEWAY_NAME, TOKEN
from firmware_sim.rehearsal.tablet_client import ANSWER_WITHIN_S, TabletClient
from firmware_sim.rehearsal.trainer import read_trainer
from firmware_sim.rehearsal.trial_evenings import PlayedEvening
from firmware_sim.rehearsal.trial_line import TrialLine
from firmware_sim.rehearsal.trial_tables import TrialTables
from firmware_sim.trial.blood.model import TRAINING
from firmware_sim.trial.entered import read_entered
from firmware_sim.trial.evening_plan import EveningPlan
from firmware_sim.trial.gateway_log import Numbering
from firmware_sim.trial.simulated_evening import SimulatedEvening
from firmware_sim.trial.troubles import draw_losses
from protocol.ledger.instants import parse_utc_ms
from protocol.messages.uplink import SentAt

POST_EVERY_S: Final = 0.15  # the live session goes first: it needs two batches a second
ACCELERATION_ON: Final = 7  # session whose movement is there too

RunCommand = Callable[..., Awaitable[str]]


class PastStraps:
    """Sends what the account says was made up and not sent yet."""

    def __init__(self, folder: Path, url: str, seed: int) -> None:
        self._folder, self._url, self._seed = folder, url, seed
        self._account = DemoAccount(folder)
        codes = [f"P{number:02d}" for number in range(1, len(SIGNS) + 1)]
        self._hearts = draw_hearts(codes, seed)

    async def enter_tables(self, run_command: RunCommand) -> None:
        """What was measured and drawn before the first session, once. Raises ProgramError."""
        async with self._sign_in() as (_, tablet):
            lines = await tablet.read_sessions()
        first = min(line["planned_start"] for line in lines if line["planned_start"])
        begins = datetime.fromtimestamp(parse_utc_ms(first) / 1000, UTC)
        tables = TrialTables(
            dict.fromkeys(self._hearts, TRAINING), self._hearts, self._seed, begins
        )

        async def bring(words: Sequence[str], name: str, text: str) -> None:
            if name in self._account.read(MEASURED):
                return
            path = self._folder / name
            path.write_text(text, encoding="utf-8")
            await run_command(*words, str(path))  # the same file again changes nothing
            self._account.note(MEASURED, name)

        await tables.enter_before(bring)
        await tables.enter_first_blood(bring)

    async def send(self, boot_id: str) -> None:
        """All that wasn't sent yet, the newest session first. `boot_id` is this machine's, as its
        gateway tells it. Raises ProgramError.
        """
        async with self._sign_in() as (client, tablet):
            await self._send(client, tablet, boot_id)

    @asynccontextmanager
    async def _sign_in(self) -> AsyncIterator[tuple[httpx.AsyncClient, TabletClient]]:
        timeout = httpx.Timeout(ANSWER_WITHIN_S)
        async with httpx.AsyncClient(timeout=timeout, trust_env=False) as client:
            tablet = TabletClient(client, self._url)
            await tablet.sign_in(read_trainer(self._folder))
            yield client, tablet

    async def _send(self, client: httpx.AsyncClient, tablet: TabletClient, boot_id: str) -> None:
        wanted = set(self._account.read(PLAYED)) - set(self._account.read(SENT))
        lines = [line for line in await tablet.read_sessions() if line["id"] in wanted]
        uploads = StrapUploads(client, self._url, self._folder / TOKEN, POST_EVERY_S)

        def now() -> SentAt:
            return SentAt(boot_id, time.monotonic_ns(), time.time_ns())

        async def post(played: PlayedEvening, simulated: SimulatedEvening) -> None:
            numbering = Numbering(GATEWAY_NAME, f"simulated-{played.session}")
            await uploads.send(numbering.make_batches(simulated.log.rows, simulated.boot, now))
            self._account.note(SENT, played.session)

        await TrialLine(post, self._hearts).run(self._read(tablet, lines[::-1]))

    async def _read(
        self, tablet: TabletClient, lines: Sequence[dict[str, Any]]
    ) -> AsyncIterator[PlayedEvening]:
        for line in lines:
            entered = read_entered(await tablet.read_events(line["id"]))
            ordinal: int = line["ordinal"]
            chance = Random(f"{self._seed} troubles {ordinal}")
            losses = draw_losses(entered, entered.worn, chance)
            plan = EveningPlan(self._seed, ordinal, losses, ordinal == ACCELERATION_ON)
            yield PlayedEvening(line["id"], entered, plan)
