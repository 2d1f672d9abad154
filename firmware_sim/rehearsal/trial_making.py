"""A whole simulated trial: a study of its own, its evenings, and what its straps sent.

The study is made in a folder of its own and moves to its place when it is complete: what lies
there is a whole trial, or none.
"""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import httpx

from firmware_sim.rehearsal.chain_commands import Places, list_server_command, list_study_command
from firmware_sim.rehearsal.chain_plan import ChainPlan
from firmware_sim.rehearsal.chain_roster import list_roster_words
from firmware_sim.rehearsal.course import list_schedule_words
from firmware_sim.rehearsal.course_play import CoursePlayer, Say
from firmware_sim.rehearsal.course_rehearsal import list_worn_straps
from firmware_sim.rehearsal.heart_values import draw_hearts
from firmware_sim.rehearsal.lifeline import Lifeline
from firmware_sim.rehearsal.participants import make_participants
from firmware_sim.rehearsal.ports import find_free_port
from firmware_sim.rehearsal.processes import Program, run_to_end
from firmware_sim.rehearsal.readiness import wait_for_health
from firmware_sim.rehearsal.strap_uploads import FASTEST_EVERY_S, StrapUploads
from firmware_sim.rehearsal.study import enrol_gateway, make_archive
from firmware_sim.rehearsal.tablet_client import ANSWER_WITHIN_S, TabletClient
from firmware_sim.rehearsal.trainer import FILE as TRAINER_FILE
from firmware_sim.rehearsal.trainer import make_trainer, read_trainer
from firmware_sim.rehearsal.trial_evenings import PlayedEvening, TrialEvenings
from firmware_sim.rehearsal.trial_gateway import TrialGateway
from firmware_sim.rehearsal.trial_line import TrialLine
from firmware_sim.rehearsal.trial_shape import FIRST_SESSION, TrialShape
from firmware_sim.rehearsal.trial_tables import TrialTables, bring_file
from firmware_sim.rehearsal.trial_truth import describe_evening, describe_trial
from firmware_sim.trial.blood.model import make_model
from firmware_sim.trial.gateway_log import Numbering
from firmware_sim.trial.simulated_evening import SimulatedEvening

MAKING: Final = "simulation"  # what isn't the study: logs, lists, the gateway's token
TRUTH: Final = "truth.json"
EPOCH: Final = "simulated-trial"
# Each hears every other strap. More in one batch would leave much of a database's pages empty.
GATEWAYS: Final = ("gym-left", "gym-right")
DERIVED: Final = "derived.sqlite3"  # as the server calls what it works out again by itself


class TrialMaking:
    """One server, one simulated trainer, two gateways whose straps nobody hears on the air."""

    def __init__(self, folder: Path, shape: TrialShape) -> None:
        self._folder, self._shape = folder, shape
        self._plan = ChainPlan(n_straps=0, seed=shape.seed)
        self._hearts = draw_hearts(shape.codes, shape.seed)
        self._tables = TrialTables(shape.arm_of, self._hearts, shape.seed, FIRST_SESSION)
        making = folder / MAKING
        self._places = Places(making, find_free_port(), 0, 0)
        logs, self._lifeline = making / "logs", Lifeline()
        logs.mkdir(parents=True, exist_ok=True)
        command = list_server_command(self._plan, self._places)
        self._server = Program("server", command, logs, lifeline=self._lifeline)

    async def run(self, say: Say) -> dict[str, Any]:
        """Make it; the truth, which `truth.json` has as well. Raises ProgramError."""
        try:
            await self._prepare()
            evenings = await self._hold(say)
            model = make_model(self._shape.blood)
            blood = await self._tables.enter_after(self._bring, model, evenings)
        finally:
            await self._stop()
        truth = describe_trial(self._shape, self._hearts, evenings, blood)
        self._settle(truth)
        return truth

    async def _prepare(self) -> None:
        making, data, run = self._places.folder, self._places.data, self._run_server
        arms = self._shape.arms
        straps = list_worn_straps(arms.n_training)
        await make_archive(making, run)
        for words in list_roster_words(straps):
            await run(data, *words)
        await make_participants(making, straps, run, arms)
        await run(data, *list_schedule_words(self._shape.plan, FIRST_SESSION, arms.n_training))
        for name in GATEWAYS:
            await enrol_gateway(making, run, is_new=True, name=name, token_file=f"{name}.token")
        await make_trainer(making, run)
        self._server.start()
        await wait_for_health(self._server, self._url)

    async def _hold(self, say: Say) -> list[dict[str, Any]]:
        """The sessions, while somebody enters what was measured before them."""
        entering = asyncio.create_task(self._tables.enter_before(self._bring))
        try:
            evenings = await self._play(say)
            await entering
        finally:
            entering.cancel()
        return evenings

    async def _bring(self, words: Sequence[str], name: str, text: str) -> None:
        places = self._places
        await bring_file(words, name, text, places.folder, places.data, self._run_server)

    async def _play(self, say: Say) -> list[dict[str, Any]]:
        timeout = httpx.Timeout(ANSWER_WITHIN_S)
        async with httpx.AsyncClient(timeout=timeout, trust_env=False) as client:
            tablet = TabletClient(client, self._url)
            await tablet.sign_in(read_trainer(self._places.folder))
            lines = (await tablet.read_sessions())[: self._shape.n_sessions]
            evenings = TrialEvenings(CoursePlayer(tablet, self._shape.seed), self._shape)
            gateways = [self._open_gateway(client, place) for place in range(len(GATEWAYS))]
            truths = []

            async def post(played: PlayedEvening, simulated: SimulatedEvening) -> None:
                say(f"straps of session {played.plan.ordinal} …")
                sent = [gateway.send(simulated) for gateway in gateways]
                n_entries = sum(await asyncio.gather(*sent))
                truths.append(describe_evening(played, simulated, n_entries))

            await TrialLine(post, self._hearts).run(evenings.play(lines, say))
            return truths

    def _open_gateway(self, client: httpx.AsyncClient, place: int) -> TrialGateway:
        name, straps = GATEWAYS[place], list_worn_straps(self._shape.arms.n_training)
        token = self._places.folder / f"{name}.token"
        uploads = StrapUploads(client, self._url, token, FASTEST_EVERY_S)
        hears = frozenset(one.serial for one in straps[place :: len(GATEWAYS)])
        return TrialGateway(Numbering(name, EPOCH), uploads, hears)

    async def _run_server(self, data: Path, *words: str) -> str:
        command = list_study_command(self._plan, data, *words)
        return await run_to_end(f"doseline-server {words[0]}", command)

    @property
    def _url(self) -> str:
        return f"http://127.0.0.1:{self._places.server_port}"

    async def _stop(self) -> None:
        try:
            await self._server.stop()
        finally:
            self._server.kill()
            self._lifeline.close()

    def _settle(self, truth: dict[str, Any]) -> None:
        """The study into the folder itself, its truth and its trainer beside it."""
        text = json.dumps(truth, indent=1, ensure_ascii=False) + "\n"
        (self._folder / TRUTH).write_text(text, encoding="utf-8")
        for path in self._places.data.glob(f"{DERIVED}*"):
            path.unlink()
        trainer = self._places.folder / TRAINER_FILE
        for path in (trainer, *self._places.data.iterdir()):
            path.replace(self._folder / path.name)
        self._places.data.rmdir()
