"""The most straps that sent at one moment, over all runs: what a radio has been seen to carry.

A lower bound: no adapter tells how many places it has (decision 0023).
"""

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

from gateway.clock import AlarmClock
from gateway.durable import read_checked, write_checked
from gateway.straps.capacity import Radio
from gateway.waiting import wait_for

logger = logging.getLogger(__name__)

FILE_NAME = "most-streaming"
SAVE_AFTER_NS = 10_000_000_000  # fifteen straps that come one by one are not fifteen synced writes


def name_radio(backend: str, adapters: Sequence[Radio]) -> str:
    """What a count belongs to: with other adapters it begins anew."""
    return backend or ", ".join(f"{one.name} of {one.maker}" for one in adapters)


def load_most(file: Path, radio: str) -> int:
    """What an earlier run has seen with this radio; 0 if nothing can be trusted."""
    count, _, known = (read_checked(file) or "").partition(" ")
    return int(count) if count.isdecimal() and known == radio else 0


class MostStreaming:
    """Counts in memory; `run` keeps it, off the loop that stamps values."""

    def __init__(self, file: Path, radio: str, clock: AlarmClock) -> None:
        self._file, self._radio, self._clock = file, radio, clock
        self._changed = asyncio.Event()
        self.most = load_most(file, radio)

    def note(self, n_streaming: int) -> None:
        """So many straps send now, each heard within the last seconds."""
        if n_streaming > self.most:
            self.most = n_streaming
            self._changed.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self._changed.wait()
            await wait_for(self._clock, SAVE_AFTER_NS)
            await self.save()

    async def save(self) -> None:
        """A disk that doesn't take it costs a number, no data: it is tried with the next one."""
        if not self._changed.is_set():
            return
        self._changed.clear()
        try:
            await asyncio.to_thread(write_checked, self._file, f"{self.most} {self._radio}")
        except OSError as error:
            logger.warning("%s can't be kept: %s", self._file, error.strerror)
