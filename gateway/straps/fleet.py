"""All straps of one gateway: the roster in, one supervisor a strap, their states out."""

import asyncio
import random
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self

from bleak.backends.device import BLEDevice

from gateway.clock import AlarmClock
from gateway.journal.late_ends import FirstRoster
from gateway.straps.absent import close_account
from gateway.straps.backend import Backend
from gateway.straps.first_uses import FirstUses
from gateway.straps.patience import Adapter
from gateway.straps.phases import Phase
from gateway.straps.recorder import Recorder
from gateway.straps.rostered import by_serial, expect_streams
from gateway.straps.scanner import Scanner
from gateway.straps.site import Site
from gateway.straps.strap_status import StrapStatus, describe_status
from gateway.straps.supervisor import StrapSupervisor
from protocol.identifiers import StrapId
from protocol.messages.roster import Roster, RosterStrap
from protocol.moments import ReceivedAt

STOP_S = 10.0  # a link's own deadlines for leaving add up to 9 s


class StrapFleet:
    """Everything between the radio and the recorder.

    `unclosed` holds the last notification journalled of each (strap, characteristic) before an
    unclean stop, and is empty after a clean one: from there a GATEWAY_DOWN gap runs to the first
    new notification, or to the first roster of this run where that one hasn't the strap any more.
    `first_uses` are those of all runs before.
    """

    def __init__(
        self,
        backend: Backend,
        recorder: Recorder,
        clock: AlarmClock,
        rng: random.Random,
        *,
        hash_address: Callable[[str], str],
        acc_rate_hz: int = 200,
        unclosed: Mapping[tuple[StrapId, str], ReceivedAt] | None = None,
        first_uses: FirstUses | None = None,
    ) -> None:
        self._site = Site(
            backend,
            recorder,
            clock,
            rng,
            Adapter(clock),
            hash_address,
            acc_rate_hz,
            first_uses or FirstUses(),
        )
        self._unclosed = dict(unclosed or {})
        self.first_roster: FirstRoster | None = None
        self._rostered = asyncio.Event()
        self._supervisors: dict[StrapId, StrapSupervisor] = {}
        self._tasks: dict[StrapSupervisor, asyncio.Task[None]] = {}
        self._scanner = Scanner(backend, clock, self._seen)
        self._running = False
        self._stopping = asyncio.Event()
        self._stopped = asyncio.Event()

    @property
    def radio_trouble(self) -> str | None:
        """Why no strap can be found at all, in one sentence; None while the radio scans."""
        return self._scanner.trouble

    @property
    def scans(self) -> bool | None:
        """Whether the radio scans, as its newest scan began; None before the first one."""
        return self._scanner.scans

    @property
    def phases(self) -> dict[StrapId, Phase]:
        """Where each rostered strap's link is."""
        return {strap: one.link.phase for strap, one in self._supervisors.items()}

    @property
    def awaits_roster(self) -> bool:
        """Whether gaps of a dead gateway wait for a roster to say whose straps they are of."""
        return bool(self._unclosed)

    def apply_roster(self, roster: Roster) -> None:
        """Follow this roster from now on: start, stop or restart links as it differs."""
        if self._stopping.is_set():
            return
        wanted = by_serial(roster)
        first = self.first_roster or FirstRoster(self._site.clock.now(), expect_streams(wanted))
        self.first_roster = first
        self._rostered.set()
        for strap in self._supervisors.keys() - wanted.keys():
            self._supervisors.pop(strap).dismiss()
        for strap, entry in wanted.items():
            if strap in self._supervisors:
                self._supervisors[strap].follow(entry)
            else:
                self._supervisors[strap] = self._admit(strap, entry)
        self._close_absent(first.came)

    async def wait_for_roster(self) -> FirstRoster:
        """This run's first one."""
        while self.first_roster is None:
            await self._rostered.wait()
        return self.first_roster

    def _admit(self, strap: StrapId, entry: RosterStrap) -> StrapSupervisor:
        supervisor = StrapSupervisor(entry, strap, self._site, self._take_unclosed(strap))
        if self._running:
            self._start(supervisor)
        return supervisor

    def resume(
        self, unclosed: Mapping[tuple[StrapId, str], ReceivedAt]
    ) -> dict[tuple[StrapId, str], ReceivedAt] | None:
        """`unclosed`, where it became known only after the straps had been started.

        Returns those that are open still: on the roster, or before there is one. None once it
        stops: nobody would end their gaps any more, the next run must ask again.
        """
        if self._stopping.is_set():
            return None
        self._unclosed |= unclosed
        if self.first_roster is None:
            return dict(unclosed)
        still_open: dict[tuple[StrapId, str], ReceivedAt] = {}
        for strap in self._supervisors.keys() & {owner for owner, _ in unclosed}:
            mine = self._supervisors[strap].resume(self._take_unclosed(strap))
            still_open |= {(strap, name): at for name, at in mine.items()}
        self._close_absent(self.first_roster.came)
        return still_open

    def _close_absent(self, until: ReceivedAt) -> None:
        """Of straps off the roster nothing is expected since the first one."""
        for strap in sorted({owner for owner, _ in self._unclosed}):
            close_account(strap, self._take_unclosed(strap), until, self._site)

    def _take_unclosed(self, strap: StrapId) -> dict[str, ReceivedAt]:
        mine = {key: at for key, at in self._unclosed.items() if key[0] == strap}
        self._unclosed = {key: at for key, at in self._unclosed.items() if key not in mine}
        return {name: at for (_, name), at in mine.items()}

    def _start(self, supervisor: StrapSupervisor) -> None:
        task = asyncio.create_task(supervisor.run(), name=f"strap {supervisor.strap}")
        self._tasks[supervisor] = task
        task.add_done_callback(lambda _: self._tasks.pop(supervisor, None))

    def _seen(self, serial: str, device: BLEDevice, rssi_dbm: int) -> None:
        """To whom the name belongs, and to whoever has a strap at that address."""
        address = self._site.hash_address(device.address)
        for strap, supervisor in self._supervisors.items():
            if strap == serial:
                supervisor.seen(address, device, rssi_dbm)
            else:
                supervisor.overheard(address)

    async def run(self) -> None:
        """Scan and keep every rostered strap's link until `stop` is called."""
        self._running = True
        self._stopped.clear()  # a run before this one may have crashed
        for supervisor in self._supervisors.values():
            self._start(supervisor)
        try:
            async with asyncio.TaskGroup() as group:
                scanning = group.create_task(self._scanner.run(), name="scanner")
                await self._stopping.wait()
                await self._leave_all()
                scanning.cancel()
        finally:
            self._running = False
            await self._give_up(list(self._tasks.values()))
            self._stopped.set()

    async def stop(self) -> None:
        """Stop the streams on the straps, disconnect and declare open gaps; within 10 s."""
        self._stopping.set()
        if self._running:
            await self._stopped.wait()
        for supervisor in self._supervisors.values():
            supervisor.settle()  # a crash may have left it without a task that does

    async def _leave_all(self) -> None:
        for supervisor in self._supervisors.values():
            supervisor.stop()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks.values(), timeout=STOP_S)
            await self._give_up(list(late))

    async def _give_up(self, tasks: list[asyncio.Task[None]]) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def states(self) -> tuple[StrapStatus, ...]:
        """One status a rostered strap, in the order of serials."""
        now_ns = self._site.clock.now().monotonic_ns
        straps = sorted(self._supervisors)
        return tuple(describe_status(self._supervisors[strap], now_ns) for strap in straps)

    def services(self, strap: StrapId) -> tuple[str, ...]:
        """Names of the services that a rostered strap's newest link showed; none without one."""
        return self._supervisors[strap].link.services

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()
