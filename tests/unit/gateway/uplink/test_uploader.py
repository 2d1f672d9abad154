"""Uploads against a server's model: what gets lost on the way is sent again, nothing twice."""

import asyncio
from collections.abc import Sequence

import pytest

from gateway.errors import JournalBusyError, JournalFullError
from gateway.journal.entries import Entry, Observation, Unnumbered
from gateway.journal.memory_journal import MemoryJournal
from gateway.uplink.delivery_state import Delivery
from protocol.identifiers import BootId, Epoch, StrapId
from protocol.messages.codec import decode_batch
from protocol.messages.uplink import GapDeclaration, RadioReport
from protocol.moments import ReceivedAt
from tests.unit.gateway.hand_clock import settle
from tests.unit.gateway.uplink.upload_world import GYM, World


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


async def test_a_batch_says_what_the_radio_does_as_it_leaves(world: World) -> None:
    said = [
        RadioReport(scans=None, n_adapters=1, n_streaming=0, most_streaming=15, acc_rate_hz=50),
        RadioReport(scans=True, n_adapters=1, n_streaming=7, most_streaming=15, acc_rate_hz=50),
    ]
    for world.radio in said:
        world.record(1)
        await world.send(1)
    assert [decode_batch(body).radio for body in world.server.bodies] == said


@pytest.mark.parametrize("n_records", [1, 2, 40])
async def test_a1_a_server_that_takes_no_radio_report_gets_every_entry_and_blames_none(
    world: World, n_records: int
) -> None:
    world.server.takes_radio = False
    for _ in range(5):
        world.record(n_records)
        await world.send(8)
    assert world.server.payloads() == sorted(world.payloads)
    assert world.journal.acknowledged == 5 * n_records
    assert world.journal.state().n_quarantined == 0


async def test_a_server_that_takes_no_radio_report_hears_that_the_gateway_lives(
    world: World,
) -> None:
    """An empty batch is never halved nor counted as a refusal: only that it failed tells."""
    world.server.takes_radio = False
    await world.send(2)
    assert [decode_batch(body).radio for body in world.server.bodies] == [None]


async def test_the_radio_is_told_again_once_batches_are_taken_again(world: World) -> None:
    world.wire.plan = ["request lost", "refused"]
    world.record(4)
    await world.send(6)
    world.record(1)
    await world.send(1)
    told = [decode_batch(body).radio is not None for body in world.server.bodies]
    assert (told[0], told[-1]) == (False, True)


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


def lost_gaps(world: World) -> list[tuple[str, int, int]]:
    """(strap, from, to) of what the server was told is lost."""
    return [
        (entry.strap, entry.from_ns, entry.to_ns)
        for entry in world.server.stored.values()
        if isinstance(entry, GapDeclaration) and entry.reason == "server_lost"
    ]


async def test_a12_what_a_restored_server_lost_and_is_pruned_here_is_declared(
    world: World,
) -> None:
    """Goes red if the upload passes over the hole without a word, or says it at every turn."""
    world.record(10)
    await world.send(1)
    world.journal.prune(None, 6)
    for number in range(4, 11):
        del world.server.stored["e1", number]
    world.record(1)
    await world.send(6)
    assert world.server.payloads() == sorted(world.payloads[:3] + world.payloads[6:])
    assert lost_gaps(world) == [("51ADA001", 1, 6)]
    assert world.uploader.counts.n_lost == 1


async def test_a12_nothing_is_passed_over_while_the_journal_can_t_take_the_gap(
    world: World,
) -> None:
    class Stubborn(MemoryJournal):
        n_refusals = 0

        def append(self, entries: Sequence[Unnumbered]) -> int:
            if self.n_refusals > 0:
                self.n_refusals -= 1
                raise JournalFullError("no room")
            return super().append(entries)

    world.calls.journal = journal = Stubborn(Epoch("e1"))
    world.start()
    world.record(4)
    await world.send(1)
    journal.prune(None, 2)
    world.server.stored.clear()
    world.record(1)
    await world.send(1)
    journal.n_refusals = 2
    await world.send(2)
    assert (world.journal.epoch, lost_gaps(world)) == ("e1", [])
    await world.send(6)
    assert lost_gaps(world) == [("51ADA001", 1, 2)]
    assert world.server.payloads() == sorted(world.payloads[2:])


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


async def test_a_revoked_token_is_told_at_once_not_after_the_wait_for_the_next_try(
    world: World,
) -> None:
    world.record(1)
    world.wire.plan = ["no token"]
    sending = asyncio.create_task(world.uploader.send_once(GYM))
    await settle()
    assert not sending.done()
    assert world.uploader.delivery == Delivery(0, credential_refused=True, failures=1)
    await world.clock.crank(10_000_000_000)
    assert sending.done()


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
