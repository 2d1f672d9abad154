"""A rehearsal from the first strap to the verdict: one folder, three programs, one clock."""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.archive_files import read_archive
from firmware_sim.rehearsal.chain import Chain
from firmware_sim.rehearsal.chain_faults import ChainTrouble, choose_chain_faults, list_ordered
from firmware_sim.rehearsal.chain_plan import ChainPlan
from firmware_sim.rehearsal.live_watch import LiveWatch
from firmware_sim.rehearsal.newest_heart_rates import NewestHeartRates
from firmware_sim.rehearsal.processes import POLL_S, STOP_PATIENCE_S
from firmware_sim.rehearsal.relay import CarelessRelay
from firmware_sim.rehearsal.trainer import read_trainer
from firmware_sim.rehearsal.truth_file import TruthLog, write_truth
from firmware_sim.rehearsal.verdict.check import Check
from firmware_sim.rehearsal.verdict.evidence import RehearsedStrap, Truth
from firmware_sim.rehearsal.verdict.streams import expected_characteristics
from firmware_sim.rehearsal.verdict.verdict import Verdict, judge
from firmware_sim.scenario.faults import Fault, FaultKind

Say = Callable[[str], None]  # one line of progress

LOOK_EVERY_S = 0.2
STREAMING_PATIENCE_S = 60.0  # for the first strap …
STREAMING_PATIENCE_PER_STRAP_S = 2.0  # … and for each: they connect one after the other
DRAIN_PATIENCE_S = 120.0  # for a backlog of the longest time that a scenario's server is away
# For straps and a server that were killed last to be back on the page; a strap that stays away and
# whose last value died on the air costs all of it.
CATCH_UP_PATIENCE_S = 40.0
CAUGHT_UP_WITHIN_S = 3.0  # less than the verdict grants a value to reach the page
FIRST_FRAME_PATIENCE_S = 20.0
LAST_FRAMES_S = 2.5  # what came last reaches the page one frame, at most two, later, if at all


class Rehearsal:
    """The whole chain on this machine, its evidence in one folder."""

    def __init__(
        self, plan: ChainPlan, faults: Sequence[Fault], seconds: float, folder: Path, say: Say
    ) -> None:
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
        self._newest = NewestHeartRates()
        self._watch = LiveWatch(self._chain.server_url)

    async def run(self) -> Verdict:
        """Rehearse and judge. Raises ProgramError where a program fails by itself."""
        try:
            await self._start()
            async with asyncio.TaskGroup() as tasks:
                watching = tasks.create_task(self._watch.run(read_trainer(self._folder)))
                await self._wait_until_all_stream()
                await self._wait_until(lambda: bool(self._watch.frames), FIRST_FRAME_PATIENCE_S)
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

    async def _wait_until_all_stream(self) -> None:
        rostered = [strap for strap in self._straps if strap.streams is not None]
        wanted = {
            (strap.serial, characteristic)
            for strap in rostered
            for characteristic in expected_characteristics(strap)
        }
        patience_s = STREAMING_PATIENCE_S + STREAMING_PATIENCE_PER_STRAP_S * len(rostered)
        with suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                while wanted := wanted - self._look():
                    self._say(f"waiting for {len({s for s, _ in wanted})} straps to stream …")
                    await asyncio.sleep(LOOK_EVERY_S)
        if wanted:
            names = ", ".join(sorted({serial for serial, _ in wanted}))
            raise ProgramError(
                f"after {patience_s:.0f} s these straps do not stream yet: {names};"
                f" see {self._folder / 'logs'}"
            )

    def _look(self) -> set[tuple[str, str]]:
        """Read on in the straps' account; the streams that have begun."""
        self._trouble.revive_gateway()
        self._chain.check()
        n_known = len(self._log.sent)
        self._log.read_on()
        return {(value.strap, value.characteristic) for value in self._log.sent[n_known:]}

    async def _let_it_run(self) -> float:
        """The rehearsed seconds, with their trouble; how long it really was."""
        began_s, began_ns = time.monotonic(), time.monotonic_ns()
        self._window_ns = (began_ns, began_ns)
        self._chain.begin_trouble(began_ns)
        trouble = asyncio.create_task(self._trouble.run(self._chain_faults, began_ns))
        try:
            while (elapsed_s := time.monotonic() - began_s) < self._seconds or not trouble.done():
                self._look()
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
        await self._wait_until(lambda: not self._trouble.may_find_no_radio, DRAIN_PATIENCE_S)
        try:
            async with asyncio.timeout(DRAIN_PATIENCE_S):
                await self._chain.wait_for_uploads()
        except TimeoutError:
            late = f"not within {DRAIN_PATIENCE_S:.0f} s: {self._chain.gateway.last_words()}"
            self._observed.append(Check("everything uploaded", passed=False, detail=late))
        await self._wait_until(self._has_caught_up, CATCH_UP_PATIENCE_S)
        self._window_ns = (self._window_ns[0], time.monotonic_ns())
        code = await self._chain.gateway.stop(STOP_PATIENCE_S)
        told = "was killed: it did not end" if code is None else f"ended with exit code {code}"
        self._observed.append(Check("the gateway stops when asked", code == 0, f"it {told}"))
        await self._wait_until(lambda: self._has_caught_up(0.0), LAST_FRAMES_S)

    def _has_caught_up(self, within_s: float = CAUGHT_UP_WITHIN_S) -> bool:
        """Whether the page shows every strap's heart rates of up to so many seconds ago."""
        until_ns = time.monotonic_ns() - round(within_s * 1e9)
        return self._watch.shows(self._newest.find(self._log.sent, until_ns))

    async def _wait_until(self, is_so: Callable[[], bool], patience_s: float) -> None:
        """Or until it won't be so any more: what that means is for the verdict to say."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                self._look()
                while not is_so():
                    await asyncio.sleep(POLL_S)
                    self._look()

    async def _judge(self, seconds: float) -> Verdict:
        self._say("exporting and comparing …")
        self._log.read_on()
        self._log.close_faults(time.monotonic_ns())
        truth = self._tell_truth()
        write_truth(self._folder / "truth.json", truth)
        export = self._folder / "export"
        await self._chain.run_server_command("export", "--profile", "archive", "--out", str(export))
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
