"""A whole course of eight weeks in a study of its own, and a verdict on its ledger."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from firmware_sim.rehearsal.chain_commands import Places, list_server_command, list_study_command
from firmware_sim.rehearsal.chain_plan import ChainPlan
from firmware_sim.rehearsal.chain_roster import list_roster_words
from firmware_sim.rehearsal.course import list_past_course_words
from firmware_sim.rehearsal.course_play import CoursePlayer, Say
from firmware_sim.rehearsal.lifeline import Lifeline
from firmware_sim.rehearsal.participants import SIGNS, make_participants
from firmware_sim.rehearsal.ports import find_free_port
from firmware_sim.rehearsal.processes import Program, run_to_end
from firmware_sim.rehearsal.readiness import wait_for_health
from firmware_sim.rehearsal.study import make_archive
from firmware_sim.rehearsal.tablet_client import ANSWER_WITHIN_S, TabletClient
from firmware_sim.rehearsal.trainer import make_trainer, read_trainer
from firmware_sim.rehearsal.verdict.check import Check
from firmware_sim.rehearsal.verdict.evidence import RehearsedStrap
from firmware_sim.rehearsal.verdict.ledger_checks import (
    HeldSession,
    check_ledger,
    describe_course,
)
from firmware_sim.rehearsal.verdict.streams import HEART_RATE, MOVEMENT
from firmware_sim.strap.serials import make_serial

RESULT = "course.json"


class CourseRehearsal:
    """One server, one simulated trainer, fifteen simulated women, all sessions of a plan."""

    def __init__(self, plan: ChainPlan, folder: Path, training_plan: str) -> None:
        self._plan, self._folder, self._training_plan = plan, folder, training_plan
        self._places = Places(folder, find_free_port(), 0, 0)
        logs, self._lifeline = folder / "logs", Lifeline()
        logs.mkdir(parents=True, exist_ok=True)
        command = list_server_command(plan, self._places)
        self._server = Program("server", command, logs, lifeline=self._lifeline)

    async def run(self, now: datetime, say: Say) -> dict[str, Any]:
        """Hold the course that ended before `now`; its verdict, which `course.json` has as well.

        Raises ProgramError.
        """
        try:
            await self._prepare(now)
            held, n_sessions = await self._play(say)
            checks = [*check_ledger(held, n_sessions), await self._check_audit()]
        finally:
            await self._stop()
        document = _describe(held, checks)
        text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
        (self._folder / RESULT).write_text(text, encoding="utf-8")
        return document

    async def _prepare(self, now: datetime) -> None:
        straps = list_worn_straps(len(SIGNS))
        await make_archive(self._folder, self._run_server)
        data = self._places.data
        for words in list_roster_words(straps):
            await self._run_server(data, *words)
        await make_participants(self._folder, straps, self._run_server)
        await self._run_server(data, *list_past_course_words(now, self._training_plan))
        await make_trainer(self._folder, self._run_server)
        self._server.start()
        await wait_for_health(self._server, self._url)

    async def _play(self, say: Say) -> tuple[list[HeldSession], int]:
        timeout = httpx.Timeout(ANSWER_WITHIN_S)
        async with httpx.AsyncClient(timeout=timeout, trust_env=False) as client:
            tablet = TabletClient(client, self._url)
            await tablet.sign_in(read_trainer(self._folder))
            lines = await tablet.read_sessions()
            return await CoursePlayer(tablet, self._plan.seed).hold(lines, say), len(lines)

    async def _check_audit(self) -> Check:
        """The server's own command, while it runs; it raises where the chain is broken."""
        told = await self._run_server(self._places.data, "verify-audit")
        return Check("the ledger's chain is whole", passed=True, detail=told.partition("\n")[0])

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


def list_worn_straps(n_straps: int) -> list[RehearsedStrap]:
    """Straps that nobody needs to hear: the ledger says who wore which."""
    streams = (HEART_RATE, MOVEMENT)
    return [
        RehearsedStrap(serial := make_serial(number), "h10", f"Polar H10 {serial}", streams)
        for number in range(1, n_straps + 1)
    ]


def _describe(held: Sequence[HeldSession], checks: Sequence[Check]) -> dict[str, Any]:
    return {
        "passed": all(check.passed for check in checks),
        "simulated": True,
        **describe_course(held),
        "checks": [asdict(check) for check in checks],
    }
