"""One per rostered strap, for as long as it is on the roster: runs the link machine."""

import asyncio
import logging
from collections.abc import Callable, Set

from bleak.backends.device import BLEDevice

from gateway.journal.heard import MEASURED
from gateway.straps.accounts import Gap
from gateway.straps.chronicle import Chronicle
from gateway.straps.connection import Connection
from gateway.straps.gaps import StrapGaps
from gateway.straps.intake import Intake
from gateway.straps.link import step
from gateway.straps.link_plan import plan_link
from gateway.straps.performer import Performer
from gateway.straps.phases import UP, LinkPlan, Phase, open_link
from gateway.straps.recorder import STREAM_OF
from gateway.straps.rostered import streams_of
from gateway.straps.sightings import Sightings
from gateway.straps.signals import Doubled, Event, Released, Seen, Stop, Tick
from gateway.straps.site import Site
from protocol.identifiers import StrapId
from protocol.messages.roster import RosterStrap
from protocol.messages.uplink import GapReason
from protocol.moments import ReceivedAt

log = logging.getLogger(__name__)

RESTART_NS = 1_000_000_000  # after a bug of ours: long enough not to spin, short enough to matter
ON_AIR = UP | {Phase.DRAINING}


class StrapSupervisor:
    """Everything about one strap. All methods but `run` return at once."""

    def __init__(
        self, entry: RosterStrap, strap: StrapId, site: Site, unclosed: dict[str, ReceivedAt]
    ) -> None:
        self.entry = entry
        self.strap = strap
        self._site = site
        self._inbox: asyncio.Queue[Event] = asyncio.Queue()
        self.intake = Intake(strap, site.recorder, self._settle, self._tell)
        self.sightings = Sightings()
        self._chronicle = Chronicle(strap, site)
        had = unclosed.keys() & MEASURED
        self._gaps = StrapGaps(had | streams_of(entry))
        self._gaps.resume(unclosed, site.clock.now())
        self.intake.allow(frozenset(entry.streams))
        self.link = open_link(self._plan(), site.first_uses.find(strap))
        self._follow_streams(had)
        self._performer = self._make_performer()
        self._leaving = False
        self._alarm_ns: int | None = None

    def seen(self, address: str, device: BLEDevice, rssi_dbm: int) -> None:
        """The scanner heard this strap's name, from this (hashed) address."""
        now_ns = self._site.clock.now().monotonic_ns
        is_new = self.sightings.add(address, device, rssi_dbm, now_ns)
        if self.link.phase in {Phase.WAITING, Phase.REFUSED}:
            self._tell(Seen(address))
        if is_new:
            self._chronicle.heard_anew(self.link, address, rssi_dbm)

    def overheard(self, address: str) -> None:
        """The scanner heard another strap's name from this (hashed) address."""
        if address == self.link.address:
            self._tell(Doubled(address))

    def find_trouble(self, now_ns: int) -> str | None:
        """What a person should know of this strap at this moment, in one sentence."""
        heard = self.sightings.heard_lately(now_ns)
        return self._chronicle.find_trouble(self.link, heard, now_ns)

    def resume(self, unclosed: dict[str, ReceivedAt]) -> dict[str, ReceivedAt]:
        """The run before this one ended uncleanly there, as is known only now.

        A stream that isn't agreed to any more was withdrawn a moment ago: its gap ends here.
        Returns those that are open still.
        """
        now = self._site.clock.now()
        withdrawn = sorted((unclosed.keys() & MEASURED) - streams_of(self.entry))
        down = GapReason.GATEWAY_DOWN
        self._declare([Gap(down, unclosed[name], now, name) for name in withdrawn])
        still_open = {name: at for name, at in unclosed.items() if name not in withdrawn}
        if withdrawn and not still_open.keys() & MEASURED:
            return {}  # what else came over its link says nothing any more
        self._declare(self._gaps.resume(still_open, now))
        self._tell(Tick())  # its alarm is due at another time now
        return still_open

    def follow(self, entry: RosterStrap) -> None:
        """The roster's entry changed; what isn't agreed to any more isn't kept from now on."""
        had = streams_of(self.entry)
        restart = streams_of(entry) != had or entry.model != self.entry.model
        self.entry = entry
        self.intake.allow(frozenset(entry.streams))
        self._follow_streams(had)
        if restart:
            self._tell(Stop())

    def _follow_streams(self, had: Set[str]) -> None:
        """Of a stream that isn't agreed to any more gaps end now; then the row that says so."""
        agreed = streams_of(self.entry)
        self._declare(self._gaps.follow(agreed, self._site.clock.now()))
        for stream, name in STREAM_OF.items():
            if name in had - agreed:
                self._chronicle.withdraw(self.link, stream)

    def dismiss(self) -> None:
        """Off the roster: nothing more is kept, the strap's streams are stopped."""
        self.intake.allow_nothing()
        now = self._site.clock.now()
        self._declare([*self._gaps.stop(now), *self._gaps.follow((), now)])
        self._chronicle.end()
        self.stop()

    def stop(self) -> None:
        """Leave the strap tidily; `run` then returns."""
        self._leaving = True
        self._tell(Stop())

    def settle(self) -> None:
        """Nothing comes any more: every gap that is still open, up to now."""
        self._declare(self._gaps.stop(self._site.clock.now()))

    async def run(self) -> None:
        """Keep the link until told to stop, whatever goes wrong."""
        while True:
            try:
                await self._live()
            except asyncio.CancelledError:
                self._cut_short()
                raise
            except Exception:
                log.exception("strap %s: its supervisor failed and is started again", self.strap)
                self._gaps.lost()
                await self._pause(RESTART_NS)
            else:
                if self._leaving:
                    return

    def _cut_short(self) -> None:
        """Cancelled in the middle: what came since the newest notification is lost."""
        self._gaps.lost()
        if self._leaving:
            self.settle()

    async def _live(self) -> None:
        """One link machine, from waiting to closed."""
        self.link = open_link(self._plan(), self.link.held, self.link.pulse)
        self._performer = self._make_performer()
        async with asyncio.TaskGroup() as group:
            performing = group.create_task(self._performer.run())
            self._tell(Stop() if self._leaving else Tick())
            while self.link.phase is not Phase.CLOSED:
                self._take(await self._inbox.get())
            performing.cancel()
        if self._leaving:
            self.settle()

    def _take(self, event: Event) -> None:
        now = self._site.clock.now()
        if isinstance(event, Tick):
            self._declare(self._gaps.tick(now))
        before = self.link
        self.link, actions = step(before, event, now.monotonic_ns, self._site.rng.random())
        left_tidily = isinstance(event, Released)
        if before.phase in ON_AIR and self.link.phase not in ON_AIR and not left_tidily:
            self._gaps.lost()
        self._performer.ask(actions)
        rssi_dbm = self.sightings.rssi_dbm(now.monotonic_ns)
        self._chronicle.follow(before, self.link, rssi_dbm, now.monotonic_ns)
        self._set_alarm()

    def _settle(self, characteristic: str, received: ReceivedAt) -> None:
        """The gaps that a value ends."""
        self._declare(self._gaps.heard(characteristic, received))

    def _declare(self, gaps: list[Gap]) -> None:
        declare = self._site.recorder.declare_gap
        for gap in gaps:
            declare(self.strap, gap.reason, gap.since, gap.until, gap.characteristic)

    def _set_alarm(self) -> None:
        """Have a Tick come at the earliest deadline; one that fires early sets the next."""
        dues = [self.link.deadline_ns, self._gaps.next_ns()]
        due_ns = min((due for due in dues if due is not None), default=None)
        if due_ns is None or (self._alarm_ns is not None and self._alarm_ns <= due_ns):
            return
        self._alarm_ns = due_ns
        self._site.clock.call_at(due_ns, self._on_alarm)

    def _on_alarm(self) -> None:
        self._alarm_ns = None
        self._tell(Tick())

    async def _pause(self, wait_ns: int) -> None:
        over = asyncio.Event()
        self._site.clock.call_at(self._site.clock.now().monotonic_ns + wait_ns, over.set)
        await over.wait()

    def _tell(self, event: Event) -> None:
        self._inbox.put_nowait(event)

    def _plan(self) -> LinkPlan:
        return plan_link(self.strap, self.entry, self._site.acc_rate_hz)

    def _make_performer(self) -> Performer:
        keep_read, sync = self.intake.take_read, self._site.recorder.sync
        return Performer(self.strap, self._make_connection, self._tell, keep_read, sync)

    def _make_connection(self, lost: Callable[[], None]) -> Connection | None:
        device, site = self.sightings.device_at(self.link.address), self._site
        if device is None:
            return None
        self.intake.begin_link()
        take = self.intake.take
        return Connection(site.backend, site.adapter, site.clock, self.strap, device, take, lost)
