"""Reads a damaged journal beside a gateway that records: in slices, with pauses between them."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Executor
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from gateway.clock import AlarmClock
from gateway.errors import JournalError
from gateway.journal.entries import Entry
from gateway.journal.heard import Streams
from gateway.journal.wreck import Wreck
from gateway.journal.wreck_copy import copy_in_slices, must_be_copied
from gateway.waiting import wait_for

T = TypeVar("T")

PAUSE_NS = 50_000_000  # after a slice of about 100 ms: what is received now comes first


class WreckReader:
    """One open wreck; every call but `wreck`'s own counters waits for the executor."""

    def __init__(self, wreck: Wreck, clock: AlarmClock, executor: Executor) -> None:
        self.wreck = wreck
        self._clock = clock
        self._executor = executor

    async def read(self, first: int, last: int) -> tuple[Entry, ...]:
        """Every intact entry with these numbers; one missing has all pages searched, once."""
        entries = await _call(self._executor, self.wreck.read, first, last)
        if len(entries) <= last - first and not self.wreck.is_scanned:
            await self.scan()
            entries = await _call(self._executor, self.wreck.read, first, last)
        return entries

    async def peek(self, first: int, last: int) -> tuple[Entry, ...]:
        """The entries with these numbers that are there without a search."""
        return await _call(self._executor, self.wreck.read, first, last)

    async def read_stamps(self) -> Streams:
        """Newest stamp of each stream of the last run."""
        return await self._search_if_unknown(self.wreck.read_stamps)

    async def read_unclosed(self) -> Streams:
        """The same; nothing after a clean stop."""
        return await self._search_if_unknown(self.wreck.read_unclosed)

    async def _search_if_unknown(self, ask: Callable[[], Streams | None]) -> Streams:
        told = await _call(self._executor, ask)
        if told is None:
            await self.scan()
            told = await _call(self._executor, ask)
        return told or {}

    async def scan(self) -> None:
        """Search all pages, unless that was done."""
        if self.wreck.is_scanned:
            return
        await _slice_by_slice(self._clock, self._executor, self.wreck.scan())


@asynccontextmanager
async def open_reader(
    path: Path, clock: AlarmClock, executor: Executor
) -> AsyncIterator[WreckReader]:
    """A damaged file, or a copy of it where SQLite must write. Raises JournalError.

    A copy that a kill left behind is made anew, so there is never more than one.
    """
    aside = path.with_suffix(".reading")
    copy = aside / path.name if must_be_copied(path) else None
    opened: list[Wreck] = []
    try:
        if copy is not None:
            await _call(executor, _empty_folder, aside)
            await _slice_by_slice(clock, executor, copy_in_slices(path, aside))
        opened.append(await _call(executor, Wreck, path, copy))
        yield WreckReader(opened[0], clock, executor)
    finally:  # in turn with a read that a cancelled task left running
        executor.submit(_leave, opened, aside)


async def _call(executor: Executor, work: Callable[..., T], *values: object) -> T:
    return await asyncio.get_running_loop().run_in_executor(executor, partial(work, *values))


async def _slice_by_slice(clock: AlarmClock, executor: Executor, steps: Iterator[None]) -> None:
    while await _call(executor, _take_step, steps):
        await wait_for(clock, PAUSE_NS)


def _take_step(steps: Iterator[None]) -> bool:
    return next((True for _ in steps), False)


def _empty_folder(folder: Path) -> None:
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise JournalError(f"cannot make {folder}: {error.strerror}; make room there") from error


def _leave(opened: list[Wreck], aside: Path) -> None:
    for wreck in opened:
        wreck.close()
    with suppress(OSError):
        shutil.rmtree(aside)
