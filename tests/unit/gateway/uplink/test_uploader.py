"""Uploads against a server's model: whatever gets lost on the way, it holds exactly the set."""

import asyncio
import random
from collections.abc import Iterator

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from gateway.errors import JournalBusyError, JournalFullError
from gateway.journal.entries import Entry, Observation, Silence
from gateway.journal.memory_journal import MemoryJournal
from gateway.uplink.uploader import Uploader
from protocol.identifiers import BootId, Epoch, GatewayId, StrapId
from protocol.messages.codec import decode_batch
from protocol.messages.uplink import GapDeclaration, GapReason, NotificationRecord
from protocol.moments import ReceivedAt
from tests.unit.gateway.hand_clock import HandClock, settle
from tests.unit.gateway.uplink.server_model import DirectCalls, ServerModel, Wire

GYM = GatewayId("gym")
GAP = Silence(
    StrapId("51ADA001"),
    GapReason.LINK_LOST,
    ReceivedAt(BootId("boot"), 1, 1),
    ReceivedAt(BootId("boot"), 2, 2),
)


def epochs() -> Iterator[Epoch]:
    number = 0
    while True:
        number += 1
        yield Epoch(f"e{number}")


class World:
    """A journal, a server and the uploader between them, all in one thread."""

    def __init__(self) -> None:
        self.names = epochs()
        self.clock = HandClock()
        self.server = ServerModel()
        self.wire = Wire(self.server)
        self.calls = DirectCalls(MemoryJournal(next(self.names)))
        self.payloads: list[bytes] = []
        self.start()

    @property
    def journal(self) -> MemoryJournal:
        return self.calls.journal

    def start(self) -> None:
        """As after a restart: only the journal remembers anything."""
        self.uploader = Uploader(
            self.calls, self.wire, self.clock, random.Random(7), lambda: next(self.names)
        )

    def record(self, n: int) -> None:
        for _ in range(n):
            payload = len(self.payloads).to_bytes(4)
            self.payloads.append(payload)
            at = ReceivedAt(BootId("boot"), len(self.payloads), len(self.payloads))
            self.journal.append([Observation(StrapId("51ADA001"), "2a37", at, payload)])

    async def send(self, n_batches: int) -> None:
        for _ in range(n_batches):
            sending = asyncio.create_task(self.uploader.send_once(GYM))
            await settle()
            while not sending.done():
                await self.clock.crank(30_000_000_000)
            sending.result()


@pytest.fixture
def world() -> World:
    return World()


async def test_a10_an_answer_that_is_lost_changes_nothing(world: World) -> None:
    """Goes red if the gateway counts a number as safe without the server's receipt."""
    world.record(3)
    world.wire.plan = ["answer lost"]
    await world.send(1)
    assert world.journal.acknowledged == 0
    await world.send(1)
    assert world.journal.acknowledged == 3
    assert world.server.payloads() == sorted(world.payloads)


async def test_a_refused_record_becomes_a_gap_and_the_others_arrive(world: World) -> None:
    world.record(20)
    world.server.poison = {world.payloads[13]}
    await world.send(40)
    assert world.server.payloads() == sorted(set(world.payloads) - world.server.poison)
    gaps = [e for e in world.server.stored.values() if isinstance(e, GapDeclaration)]
    assert [(gap.reason, gap.first_seq) for gap in gaps] == [("quarantined", 14)]
    assert world.journal.acknowledged == 20
    assert world.uploader.counts.n_quarantined == 1
    assert world.uploader.counts.n_entries == 20, "controls are no progress"


async def test_after_each_refusal_of_one_record_another_one_is_sent(world: World) -> None:
    world.record(3)
    world.server.poison = {world.payloads[0]}
    await world.send(9)
    assert world.wire.offered == [1, 1, 2, 1, 2, 1, 2, 1, 2]  # three, one, control, …, gap, rest


async def test_a_record_that_went_up_before_is_the_control_where_nothing_else_waits(
    world: World,
) -> None:
    world.record(3)
    await world.send(1)
    world.record(1)
    world.server.poison = set(world.payloads)
    await world.send(20)
    assert world.wire.offered[1:4] == [4, 3, 2]
    assert world.journal.quarantined == {}


async def test_a_server_that_refuses_everything_for_a_while_costs_no_record(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """Goes red if what was refused meanwhile counts against a record."""
    world.record(3)
    world.wire.plan = ["refused"] * 40
    await world.send(40)
    told = [r.message for r in caplog.records if "refuses everything" in r.message]
    assert len(told) == 1
    await world.send(8)
    assert world.server.payloads() == sorted(world.payloads)
    assert (world.journal.quarantined, world.uploader.counts.n_quarantined) == ({}, 0)


@pytest.mark.parametrize("fate", ["refused", "too large", "no token"])
@pytest.mark.parametrize("n_refused", [0, 1, 2, 3, 5, 8, 13, 21, 40])
@pytest.mark.parametrize("n_before", [0, 5])
async def test_a_bad_record_is_set_aside_and_no_other_however_long_all_were_refused_before(
    world: World, fate: str, n_refused: int, n_before: int
) -> None:
    """Goes red if a hold lasts for ever, or if any record falls victim to it."""
    world.record(n_before)
    await world.send(n_before)
    world.record(20)
    world.server.poison = {world.payloads[n] for n in (n_before, n_before + 1, n_before + 17)}
    world.wire.plan = [fate] * n_refused
    await world.send(n_refused + 80)
    assert world.server.payloads() == sorted(set(world.payloads) - world.server.poison)
    gaps = [e for e in world.server.stored.values() if isinstance(e, GapDeclaration)]
    assert sorted(gap.first_seq - n_before for gap in gaps) == [1, 2, 18]
    assert world.journal.acknowledged == world.journal.next_seq - 1
    assert world.uploader.counts.n_quarantined == 3


async def test_a_control_that_is_bad_as_well_doesn_t_hold_up_the_line(world: World) -> None:
    """A server that lately refuses what one strap sends, and took it before."""
    world.record(3)
    await world.send(1)
    world.record(9)
    world.server.poison = set(world.payloads[1:6])
    await world.send(200)
    assert world.server.payloads() == sorted(world.payloads[:3] + world.payloads[6:])
    assert sorted(seq for _, seq in world.journal.quarantined) == [4, 5, 6]


async def test_a_server_that_takes_gaps_and_no_record_costs_no_record(world: World) -> None:
    """Goes red if a gap, or an empty batch, is thought to show that records are taken."""
    world.record(4)
    await world.send(1)
    world.record(2)
    world.journal.append([GAP])
    world.server.poison = set(world.payloads)
    await world.send(60)
    assert world.journal.quarantined == {}
    world.server.poison = set()
    await world.send(5)
    assert world.server.payloads() == sorted(world.payloads)


async def test_a_journal_rolled_back_goes_on_in_a_new_epoch(world: World) -> None:
    world.record(5)
    await world.send(1)
    world.calls.journal = MemoryJournal(Epoch("e1"))  # an old image of the card
    world.payloads.clear()
    world.record(0)
    world.start()
    for n in range(3):
        world.journal.append(
            [Observation(StrapId("51ADA001"), "2a37", ReceivedAt(BootId("b"), n, n), b"new")]
        )
    await world.send(3)
    assert world.journal.epoch == "e2"
    assert world.server.payloads().count(b"new") == 3
    assert world.uploader.counts.n_epochs == 1
    assert world.uploader.counts.report is not None


async def test_a_restored_server_gets_everything_again(world: World) -> None:
    world.record(10)
    await world.send(1)
    for number in range(5, 11):
        del world.server.stored["e1", number]
    world.record(1)
    await world.send(3)
    assert world.server.payloads() == sorted(world.payloads)


async def test_a_restored_server_can_t_block_the_line_with_what_is_pruned(world: World) -> None:
    world.record(10)
    await world.send(1)
    world.journal.prune(None, 6)
    world.server.stored.clear()
    world.record(1)
    await world.send(4)
    assert world.server.payloads() == sorted(world.payloads[6:])
    assert world.journal.acknowledged == world.journal.next_seq - 1


async def test_the_server_hears_from_a_gateway_with_nothing_to_say(world: World) -> None:
    await world.send(1)
    assert [decode_batch(body).first_seq for body in world.server.bodies] == [1]
    await world.send(1)
    assert len(world.server.bodies) == 1, "but not at every turn"


async def test_a_full_disk_keeps_an_answer_from_being_noted_but_loses_nothing(
    world: World,
) -> None:
    class Stubborn(MemoryJournal):
        n_refusals = 2

        def acknowledge(self, watermark: int, wall_ns: int) -> None:
            if self.n_refusals > 0:
                self.n_refusals -= 1
                raise JournalFullError("even this needs room")
            super().acknowledge(watermark, wall_ns)

    world.calls.journal = Stubborn(Epoch("e1"))
    world.start()
    world.record(4)
    await world.send(4)
    assert world.journal.acknowledged == 4
    assert world.server.payloads() == sorted(world.payloads)


async def test_a_server_that_is_heard_of_is_sent_to_at_once(world: World) -> None:
    """Goes red if the upload sleeps on although the roster came from a server that is back."""
    world.record(1)
    world.wire.plan = ["request lost"] * 12
    await world.send(11)
    sending = asyncio.create_task(world.uploader.send_once(GYM))
    await settle()
    assert not sending.done()
    world.uploader.hear()
    await settle()
    assert sending.done()
    await world.send(1)
    assert world.journal.acknowledged == 1


async def test_a_journal_too_busy_to_be_read_is_read_a_little_later(world: World) -> None:
    class Held(MemoryJournal):
        n_refusals = 2

        def read_after(self, seq: int, max_entries: int, max_bytes: int) -> list[Entry]:
            if self.n_refusals > 0:
                self.n_refusals -= 1
                raise JournalBusyError("another program reads it")
            return super().read_after(seq, max_entries, max_bytes)

    world.calls.journal = Held(Epoch("e1"))
    world.start()
    world.record(4)
    await world.send(1)
    assert world.journal.acknowledged == 4


async def test_the_first_failure_is_told_and_the_recovery_too(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.record(1)
    world.wire.plan = ["request lost", "request lost"]
    caplog.set_level("INFO")
    await world.send(3)
    told = [record.levelname for record in caplog.records if "upload" in record.message]
    assert told == ["WARNING", "INFO"]
    assert world.uploader.counts.trouble is None


FATES = st.sampled_from(
    ["through", "request lost", "answer lost", "again", "old body again", "busy", "no token",
     "too large", "refused"]
)  # fmt: skip


class Uploads(RuleBasedStateMachine):
    """Promise A10: lost, repeated and late uploads, refusals and restarts in any order."""

    @initialize()
    def begin(self) -> None:
        self.world = World()

    @rule(n=st.integers(1, 30))
    def values_arrive(self, n: int) -> None:
        self.world.record(n)

    @rule()
    def a_bad_value_arrives(self) -> None:
        self.world.record(1)
        self.world.server.poison.add(self.world.payloads[-1])

    @rule(plan=st.lists(FATES, min_size=1, max_size=6))
    def upload(self, plan: list[str]) -> None:
        self.world.wire.plan = list(plan)
        asyncio.run(self.world.send(len(plan)))

    @rule()
    def restart(self) -> None:
        self.world.start()

    @rule(keep=st.integers(0, 50))
    def server_restored(self, keep: int) -> None:
        stored = self.world.server.stored
        epoch = self.world.journal.epoch
        for key in [key for key in stored if key[0] == epoch and key[1] > keep]:
            del stored[key]

    @invariant()
    def nothing_foreign_and_nothing_twice(self) -> None:
        stored = self.world.server.payloads()
        assert len(stored) == len(set(stored))
        assert set(stored) <= set(self.world.payloads)

    def teardown(self) -> None:
        """With a way that works again, the server ends up with exactly the set."""
        if not hasattr(self, "world"):
            return
        self.world.wire.plan = []
        self.world.record(1)
        n_slow = 250 + 12 * len(self.world.server.poison)  # one entry a batch, at the slowest
        asyncio.run(self.world.send(n_slow))
        stored = self.world.server.stored.values()
        set_aside = [e for e in stored if isinstance(e, GapDeclaration)]
        held = {
            e.payload
            for row in self.world.journal.quarantined.values()
            if isinstance(e := _decoded(row.body), NotificationRecord)
        }
        assert set(self.world.server.payloads()) | held == set(self.world.payloads)
        assert self.world.server.poison <= held
        assert len(set_aside) == len(self.world.journal.quarantined)


def _decoded(body: bytes) -> NotificationRecord:
    import msgspec

    return msgspec.msgpack.decode(body, type=NotificationRecord)


def test_a10_the_server_holds_exactly_the_set_whatever_happens_on_the_way() -> None:
    """Mutants that go red: acknowledging at sending, a new epoch that takes along everything,
    skipping a refused batch, a hold that lasts for ever."""
    limits = settings(max_examples=50, stateful_step_count=20, deadline=None)
    run_state_machine_as_test(Uploads, settings=limits)
