"""What a rehearsal sees while it waits: the straps' account as it grows, the page, the dead."""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from firmware_sim.errors import ProgramError
from firmware_sim.rehearsal.chain import Chain
from firmware_sim.rehearsal.chain_faults import ChainTrouble
from firmware_sim.rehearsal.live_watch import LiveWatch
from firmware_sim.rehearsal.newest_heart_rates import NewestHeartRates
from firmware_sim.rehearsal.processes import POLL_S
from firmware_sim.rehearsal.truth_file import TruthLog
from firmware_sim.rehearsal.verdict.evidence import RehearsedStrap
from firmware_sim.rehearsal.verdict.streams import expected_characteristics

Say = Callable[[str], None]  # one line of progress

LOOK_EVERY_S = 0.2
STREAMING_PATIENCE_S = 60.0  # for the first strap …
STREAMING_PATIENCE_PER_STRAP_S = 2.0  # … and for each: they connect one after the other
CAUGHT_UP_WITHIN_S = 3.0  # less than the verdict grants a value to reach the page


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a rehearsal waits for its end, in seconds."""

    drain_s: float = 120.0  # for a backlog of the longest time that a scenario's server is away
    # For straps and a server that were killed last to be back on the page; a strap that stays away
    # and whose last value died on the air costs all of it.
    catch_up_s: float = 40.0
    first_frame_s: float = 20.0
    last_frames_s: float = 2.5  # what came last is on the page one frame, at most two, later


class Lookout:
    """Looks every now and then; nothing of what it waits for is asked of a program twice."""

    def __init__(
        self, chain: Chain, trouble: ChainTrouble, log: TruthLog, watch: LiveWatch, say: Say
    ) -> None:
        self._chain, self._trouble, self._log, self._watch = chain, trouble, log, watch
        self._say = say
        self._newest = NewestHeartRates()

    def look(self) -> set[tuple[str, str]]:
        """Read on in the straps' account; the streams that sent something since the last look.

        Raises ProgramError where a program has ended by itself.
        """
        self._trouble.revive_gateway()
        self._chain.check()
        n_known = len(self._log.sent)
        self._log.read_on()
        return {(value.strap, value.characteristic) for value in self._log.sent[n_known:]}

    async def wait_until_all_stream(self, straps: Sequence[RehearsedStrap]) -> None:
        """All that were agreed to. Raises ProgramError with the straps that don't in time."""
        rostered = [strap for strap in straps if strap.streams is not None]
        wanted = {
            (strap.serial, characteristic)
            for strap in rostered
            for characteristic in expected_characteristics(strap)
        }
        patience_s = STREAMING_PATIENCE_S + STREAMING_PATIENCE_PER_STRAP_S * len(rostered)
        with suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                while wanted := wanted - self.look():
                    self._say(f"waiting for {len({s for s, _ in wanted})} straps to stream …")
                    await asyncio.sleep(LOOK_EVERY_S)
        if wanted:
            names = ", ".join(sorted({serial for serial, _ in wanted}))
            raise ProgramError(
                f"after {patience_s:.0f} s these straps do not stream yet: {names};"
                f" see {self._chain.places.folder / 'logs'}"
            )

    async def wait_until(self, is_so: Callable[[], bool], patience_s: float) -> None:
        """Or until it won't be so any more: what that means is for the verdict to say."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                self.look()
                while not is_so():
                    await asyncio.sleep(POLL_S)
                    self.look()

    def has_caught_up(self, within_s: float = CAUGHT_UP_WITHIN_S) -> bool:
        """Whether the page shows every strap's heart rates of up to so many seconds ago."""
        until_ns = time.monotonic_ns() - round(within_s * 1e9)
        return self._watch.shows(self._newest.find(self._log.sent, until_ns))
