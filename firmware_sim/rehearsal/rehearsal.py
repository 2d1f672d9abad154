"""A rehearsal from the first strap to the verdict: one folder, three programs, one clock."""

import asyncio
import json
import time
from collections.abc import Sequence
from pathlib import Path

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.archive_files import read_archive
from firmware_sim.rehearsal.chain import Chain
from firmware_sim.rehearsal.chain_faults import ChainTrouble, choose_chain_faults, list_ordered
from firmware_sim.rehearsal.chain_plan import ChainPlan
from firmware_sim.rehearsal.live_watch import LiveWatch
from firmware_sim.rehearsal.lookout import LOOK_EVERY_S, Lookout, Patience, Say
from firmware_sim.rehearsal.processes import STOP_PATIENCE_S
from firmware_sim.rehearsal.relay import CarelessRelay
from firmware_sim.rehearsal.trainer import read_trainer
from firmware_sim.rehearsal.truth_file import TruthLog, write_truth
from firmware_sim.rehearsal.verdict.check import Check
from firmware_sim.rehearsal.verdict.evidence import RehearsedStrap, Truth
from firmware_sim.rehearsal.verdict.verdict import Verdict, judge
from firmware_sim.scenario.faults import Fault, FaultKind


class Rehearsal:
    """The whole chain on this machine, its evidence in one folder."""

    def __init__(
        self,
        plan: ChainPlan,
        faults: Sequence[Fault],
        seconds: float,
        folder: Path,
        say: Say,
        patience: Patience = Patience(),  # noqa: B008 (frozen)
    ) -> None:
        self._patience = patience
        self._seconds, self._folder, self._say = seconds, folder, say
        self._faults = faults
        self._window_ns = (0, 0)
        self._chain_faults = choose_chain_faults(faults)
        self._chain = Chain(plan, folder)
        self._log = TruthLog(self._chain.places.truth_log)
        needs_relay = any(f.kind is FaultKind.DUPLICATE_BATCH for f in self._chain_faults)
        self._relay = CarelessRelay(self._chain.places.server_port) if needs_relay else None
        self._trouble = ChainTrouble(self._chain, self._relay)
        self._straps: list[RehearsedStrap] = []
        self._observed: list[Check] = []
        self._watch = LiveWatch(self._chain.server_url)
        self._lookout = Lookout(self._chain, self._trouble, self._log, self._watch, say)

    async def run(self) -> Verdict:
        """Rehearse and judge. Raises ProgramError where a program fails by itself."""
        try:
            await self._start()
            async with asyncio.TaskGroup() as tasks:
                watching = tasks.create_task(self._watch.run(read_trainer(self._folder)))
                await self._lookout.wait_until_all_stream(self._straps)
                await self._lookout.wait_until(
                    lambda: bool(self._watch.frames), self._patience.first_frame_s
                )
                seconds = await self._let_it_run()
                await self._stop_gateway()
                watching.cancel()
            return await self._judge(seconds)
        except* ProgramError as errors:
            raise errors.exceptions[0] from None
        finally:
            await self._chain.stop()
            if self._relay:
                await self._relay.close()

    async def _start(self) -> None:
        self._say("straps, study and server …")
        if self._relay:
            self._chain.send_through(await self._relay.open())
        self._straps = await self._chain.prepare()
        self._chain.gateway.start()

    async def _let_it_run(self) -> float:
        """The rehearsed seconds, with their trouble; how long it really was."""
        began_s, began_ns = time.monotonic(), time.monotonic_ns()
        self._window_ns = (began_ns, began_ns)
        self._chain.begin_trouble(began_ns)
        trouble = asyncio.create_task(self._trouble.run(self._chain_faults, began_ns))
        try:
            while (elapsed_s := time.monotonic() - began_s) < self._seconds or not trouble.done():
                self._lookout.look()
                n_sent = len(self._log.sent)
                self._say(f"{elapsed_s:.0f} of {self._seconds:.0f} s, {n_sent} values sent …")
                await asyncio.sleep(min(LOOK_EVERY_S, max(0.01, self._seconds - elapsed_s)))
            await trouble
        finally:
            trouble.cancel()
        return time.monotonic() - began_s

    async def _stop_gateway(self) -> None:
        """First all goes up and onto the page, then the streams end, then what came in between."""
        self._say("the gateway uploads what it holds and stops the streams …")
        drain_s = self._patience.drain_s
        await self._lookout.wait_until(lambda: not self._trouble.may_find_no_radio, drain_s)
        try:
            async with asyncio.timeout(drain_s):
                await self._chain.wait_for_uploads()
        except TimeoutError:
            late = f"not within {drain_s:.0f} s: {self._chain.gateway.last_words()}"
            self._observed.append(Check("everything uploaded", passed=False, detail=late))
        await self._lookout.wait_until(self._lookout.has_caught_up, self._patience.catch_up_s)
        self._window_ns = (self._window_ns[0], time.monotonic_ns())
        code = await self._chain.gateway.stop(STOP_PATIENCE_S)
        told = "was killed: it did not end" if code is None else f"ended with exit code {code}"
        self._observed.append(Check("the gateway stops when asked", code == 0, f"it {told}"))
        await self._lookout.wait_until(
            lambda: self._lookout.has_caught_up(0.0), self._patience.last_frames_s
        )

    async def _judge(self, seconds: float) -> Verdict:
        self._say("exporting and comparing …")
        self._log.read_on()
        self._log.close_faults(time.monotonic_ns())
        truth = self._tell_truth()
        write_truth(self._folder / "truth.json", truth)
        export = self._folder / "export"
        await self._chain.run_server_command(
            "export", "--profile", "archive", "--internal", "--out", str(export)
        )
        archive = read_archive(export, time.time_ns() - time.monotonic_ns())
        verdict = judge(truth, archive, self._watch.frames, seconds, self._observed)
        text = json.dumps(verdict.as_document(), indent=1, ensure_ascii=False) + "\n"
        (self._folder / "verdict.json").write_text(text, encoding="utf-8")
        return verdict

    def _tell_truth(self) -> Truth:
        return Truth(
            straps=self._straps,
            sent=self._log.sent,
            faults=[*self._log.faults, *self._trouble.done],
            ordered=list_ordered(self._faults, self._straps),
            overflowed=self._log.overflowed,
            answers=self._log.answers,
            links=self._log.links,
            window_ns=self._window_ns,
        )
