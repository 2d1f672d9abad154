"""Carries the journal to the server: runs delivery.py's decisions against clock and network."""

import asyncio
import logging
import random
from collections.abc import Callable
from typing import Protocol, TypeVar

from gateway.clock import NS_PER_S, AlarmClock
from gateway.errors import JournalBusyError, JournalFullError, UplinkError
from gateway.journal.entries import Runs, first_number
from gateway.journal.store import Journal
from gateway.uplink import batching, delivery
from gateway.uplink.delivery_state import (
    Acknowledge,
    Action,
    Delivery,
    Hold,
    OpenEpoch,
    Outcome,
    PutBack,
    Quarantine,
    Sent,
    Wait,
)
from gateway.uplink.load import Load, read_load
from gateway.uplink.refusal import choose_control
from gateway.uplink.reports import UplinkCounts, UplinkReports
from gateway.waiting import wait_for, wait_until
from protocol.identifiers import Epoch, GatewayId
from protocol.messages.codec import encode_batch
from protocol.messages.uplink import BatchReceipt, GapDeclaration, RadioReport

logger = logging.getLogger(__name__)

T = TypeVar("T")

_JOURNAL_RETRY_NS = 1_000_000_000  # a full or busy journal: the same numbers are simply sent again


class JournalCalls(Protocol):
    """Whoever may touch the journal, in turn with the commits."""

    async def call(self, work: Callable[[Journal], T]) -> T:
        """Do something with the journal; raises what it raises."""


class BatchPost(Protocol):
    """The server's side of the conversation."""

    async def post_batch(self, body: bytes) -> BatchReceipt:
        """Send one batch. Raises UplinkError."""


class Uploader:
    """One batch in flight at a time, from the first number that isn't acknowledged on."""

    def __init__(
        self,
        journal: JournalCalls,
        server: BatchPost,
        clock: AlarmClock,
        rng: random.Random,
        new_epoch: Callable[[], Epoch],
        reports: UplinkReports | None = None,
        state: Delivery | None = None,
        read_radio: Callable[[], RadioReport] | None = None,
    ) -> None:
        """`state`: where to begin; by default behind what the journal has acknowledged.

        `read_radio`: asked as each batch leaves; it goes up unless those before weren't taken.
        """
        self._journal = journal
        self._server = server
        self._clock = clock
        self._rng = rng
        self._new_epoch = new_epoch
        self._reports = reports or UplinkReports()
        self._state = state
        self._read_radio = read_radio
        self._last_sent_ns: int | None = None
        self._heard = asyncio.Event()

    @property
    def counts(self) -> UplinkCounts:
        """What went up, and what a person should know."""
        return self._reports.counts

    @property
    def delivery(self) -> Delivery | None:
        """Where the delivery stands; None before the first batch."""
        return self._state

    async def run(self, gateway: Callable[[], GatewayId | None]) -> None:
        """Send until cancelled; nothing is sent before the gateway has a name."""
        while True:
            started_ns = self._clock.now().monotonic_ns
            name = gateway()
            n_left = await self.send_once(name) if name is not None else 0
            due_ns = batching.next_send_ns(started_ns, n_left)
            if due_ns > self._clock.now().monotonic_ns:
                await wait_until(self._clock, due_ns)

    def hear(self) -> None:
        """The server answered somebody else here: no need to wait for it any longer."""
        self._heard.set()

    async def drain(self, gateway: GatewayId) -> None:
        """Send what waits, at least one batch; ends when the server doesn't take it."""
        n_left = await self.send_once(gateway)
        while n_left > 0 and self.counts.trouble is None:
            n_left = await self.send_once(gateway)

    async def send_once(self, gateway: GatewayId) -> int:
        """One batch and what its answer asks for; returns how many entries are left over."""
        state, load = await self._read()
        if state.needs_control:
            return await self._send_control(gateway, state, load)
        if load.entries and first_number(load.entries[0]) > state.cursor + 1:
            if not await self._declare_lost(state.cursor):
                return load.next_seq - 1 - state.cursor
            state = delivery.skip_hole(state, first_number(load.entries[0]))
        run = batching.without_holes(load.entries, state.cursor)
        now = self._clock.now()
        if not run and not batching.heartbeat_is_due(self._last_sent_ns, now.monotonic_ns):
            return 0
        self._last_sent_ns = now.monotonic_ns
        first = state.cursor + 1
        carries_gap = bool(run) and isinstance(run[0], GapDeclaration)
        sent = Sent(first, first + len(run) - 1, load.next_seq, carries_gap)
        radio = self._read_radio() if self._read_radio is not None else None
        told = None if state.is_in_doubt else radio
        batch = batching.compose_batch(gateway, load.epoch, first, run, now, told)
        answer = await self._post(encode_batch(batch), len(run))
        await self._settle(state, delivery.step(state, sent, answer, self._rng.random()))
        return load.next_seq - 1 - sent.last_seq

    async def _send_control(self, gateway: GatewayId, state: Delivery, load: Load) -> int:
        """Something else than the entry that was refused; what it moves at the server is known."""
        now = self._clock.now()
        self._last_sent_ns = now.monotonic_ns
        control = choose_control(load.before, load.entries[1:], state.controls_refused)
        run = [control] if control is not None else []
        first = control.seq if control is not None else state.cursor + 1
        sent = Sent(first, first + len(run) - 1, load.next_seq, is_control=True)
        body = encode_batch(batching.compose_batch(gateway, load.epoch, first, run, now))
        answer = await self._post(body, None)
        await self._settle(state, delivery.step(state, sent, answer, self._rng.random()))
        return load.next_seq - 1 - state.cursor

    async def _read(self) -> tuple[Delivery, Load]:
        """Where the delivery stands and what comes next; waits for a journal that is busy."""
        while True:
            try:
                return await self._journal.call(lambda journal: read_load(journal, self._state))
            except (JournalFullError, JournalBusyError) as error:
                logger.debug("upload: %s; trying again", error)
                await wait_for(self._clock, _JOURNAL_RETRY_NS)

    async def _declare_lost(self, known: int) -> bool:
        """Gaps for what was pruned above a number, on the disk before it is passed over (A12).

        False if the journal can't take them now; then nothing is passed over. Should this program
        end before the hole is behind it, the same gaps are declared once more.
        """
        try:
            n_declared = await self._journal.call(lambda journal: _declare_lost(journal, known))
        except (JournalFullError, JournalBusyError) as error:
            logger.debug("upload: %s; trying again", error)
            await wait_for(self._clock, _JOURNAL_RETRY_NS)
            return False
        self._reports.lost(n_declared)
        return True

    async def _post(self, body: bytes, n_entries: int | None) -> BatchReceipt | UplinkError:
        """`n_entries` None: a control, whose success is no progress."""
        try:
            receipt = await self._server.post_batch(body)
        except UplinkError as error:
            self._reports.failed(error, self._clock.now().monotonic_ns)
            return error
        if n_entries is not None:
            self._reports.taken(n_entries, len(body), self._clock.now().monotonic_ns)
        return receipt

    async def _settle(self, before: Delivery, outcome: Outcome) -> None:
        """Make the outcome true; a journal that can't be written now leaves all as it was.

        The state is there before any wait: a refused token shows red at once, not after it.
        """
        after, actions = outcome
        try:
            for action in actions:
                if not isinstance(action, Wait):
                    await self._perform(action)
        except (JournalFullError, JournalBusyError) as error:
            logger.warning("an answer of the server can't be noted now: %s", error)
            self._state = before  # the same numbers go up again: the server knows them
            await wait_for(self._clock, _JOURNAL_RETRY_NS)
        else:
            self._state = after
            for action in actions:
                if isinstance(action, Wait):
                    await self._wait(action)

    async def _wait(self, wait: Wait) -> None:
        """Send nothing for that long."""
        self._heard.clear()
        sooner = self._heard if wait.for_server else None
        await wait_for(self._clock, round(wait.seconds * NS_PER_S), sooner)

    async def _perform(self, action: Action) -> None:
        wall_ns = self._clock.now().wall_ns
        match action:
            case Acknowledge(watermark):
                await self._journal.call(lambda journal: journal.acknowledge(watermark, wall_ns))
            case Quarantine(seq):
                await self._journal.call(lambda journal: journal.quarantine(seq))
                self._reports.set_aside(seq)
            case PutBack(seq):
                await self._journal.call(lambda journal: journal.put_back(seq))
            case Hold():
                self._reports.held()
            case OpenEpoch(after, known, reason):
                epoch = self._new_epoch()
                n_moved = await self._journal.call(
                    lambda journal: _open_epoch(journal, after, known, epoch, wall_ns)
                )
                self._reports.moved(n_moved, reason)


def _declare_lost(journal: Journal, known: int) -> int:
    """Returns how many gaps were written."""
    gaps = journal.pruned_after(known)
    if gaps:
        journal.append(gaps)
    return len(gaps)


def _open_epoch(journal: Journal, after: int, known: Runs, epoch: Epoch, wall_ns: int) -> int:
    """Begin a new numbering; returns how many entries moved there."""
    journal.open_epoch(after, known, epoch, wall_ns)
    return journal.next_seq - 1
