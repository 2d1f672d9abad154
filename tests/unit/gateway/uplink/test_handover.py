"""A damaged journal's entries reach the server under their old numbers, once (promise A8)."""

import asyncio
import random
from dataclasses import replace
from pathlib import Path

import pytest

from gateway.journal.entries import Observation
from gateway.journal.folder import create_file
from gateway.journal.inheritance import Inheritance, find_unclosed, read_inheritance
from gateway.journal.memory_journal import MemoryJournal
from gateway.journal.salvage import read_readable
from gateway.journal.sqlite_journal import SqliteJournal
from gateway.journal.store_mode import choose_store_mode
from gateway.uplink.handover import hand_over
from protocol.identifiers import BootId, Epoch, GatewayId, StrapId
from protocol.messages.uplink import GapReason, NotificationRecord
from protocol.moments import ReceivedAt
from tests.unit.gateway.hand_clock import HandClock
from tests.unit.gateway.uplink.server_model import ServerModel, Wire

STRAPS = [StrapId("51ADA001"), StrapId("51ADA002")]
N_ENTRIES = 40
N_ACKNOWLEDGED = 10


def at(ms: int) -> ReceivedAt:
    return ReceivedAt(BootId("boot"), ms * 10**6, ms * 10**6)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Forty entries of which the server has ten; the first page of the file is gone no more."""
    file = tmp_path / "journal-1.sqlite"
    create_file(file, Epoch("old"))
    journal = SqliteJournal(file, choose_store_mode(False, (3, 40, 1)))
    for n in range(1, N_ENTRIES + 1):
        payload = bytes([n]) * 240
        journal.append([Observation(STRAPS[n % 2], "2a37", at(1000 * n), payload)])
    journal.acknowledge(N_ACKNOWLEDGED, 1)
    journal.close()
    return file


def destroy(path: Path, *values: int) -> None:
    """Damage the payloads of these entries where they lie in the file."""
    content = path.read_bytes()
    for n in values:
        content = content.replace(bytes([n]) * 240, bytes([n]) * 239 + b"\xff")
    path.write_bytes(content)


class Notes:
    """A recorder that remembers the gaps, and whether they were written."""

    def __init__(self) -> None:
        self.gaps: list[tuple[StrapId, GapReason, int, int]] = []
        self.n_commits = 0

    def record(
        self, strap: StrapId, characteristic: str, received: ReceivedAt, payload: bytes
    ) -> None:
        pytest.fail("nothing of an old journal is recorded anew")

    def declare_gap(
        self,
        strap: StrapId,
        reason: GapReason,
        since: ReceivedAt,
        until: ReceivedAt,
        characteristic: str | None = None,
    ) -> None:
        assert characteristic is None
        self.gaps.append((strap, reason, since.wall_ns // 10**9, until.wall_ns // 10**9))

    async def commit(self) -> None:
        self.n_commits += 1


async def deliver(inheritance: Inheritance, server: ServerModel, plan: list[str]) -> Notes:
    notes, wire, clock = Notes(), Wire(server), HandClock()
    wire.plan = plan
    task = asyncio.create_task(
        hand_over(inheritance, wire, notes, clock, random.Random(1), lambda: GatewayId("gym"))
    )
    while not task.done():
        await clock.crank(60 * 10**9)
    task.result()
    return notes


def archive_with_the_first(n: int, path: Path) -> ServerModel:
    """A server that got more than the gateway knows: the receipts were lost."""
    server = ServerModel()
    inheritance = read_inheritance(path)
    assert inheritance is not None
    for number in range(1, N_ACKNOWLEDGED + 1):
        server.stored["old", number] = NotificationRecord(number, "x", "2a37", "b", 1, 1, b"kept")
    for entry in inheritance.owed:
        if isinstance(entry, NotificationRecord) and entry.seq <= n:
            server.stored["old", entry.seq] = entry
    return server


@pytest.mark.parametrize("plan", [[], ["request lost", "answer lost", "again", "busy"]])
async def test_a8_what_is_owed_arrives_under_its_old_numbers_and_only_once(
    path: Path, plan: list[str]
) -> None:
    """Goes red if the entries get new numbers: those that had arrived would be there twice."""
    server = archive_with_the_first(15, path)
    destroy(path, 20, 21, 33)
    inheritance = read_inheritance(path)
    assert inheritance is not None
    notes = await deliver(inheritance, server, plan)
    assert {epoch for epoch, _ in server.stored} == {"old"}
    missing = {n for n in range(1, N_ENTRIES + 1) if ("old", n) not in server.stored}
    assert missing == {20, 21, 33}
    assert notes.gaps == [
        (strap, GapReason.JOURNAL_DAMAGED, since, until)
        for since, until in [(19, 22), (32, 34)]
        for strap in STRAPS
    ]
    assert notes.n_commits == 1


async def test_a8_a_handover_is_done_once(path: Path) -> None:
    inheritance = read_inheritance(path)
    assert inheritance is not None
    content = path.read_bytes()
    await deliver(inheritance, archive_with_the_first(0, path), [])
    assert read_inheritance(path) is None
    assert path.read_bytes() == content


async def test_a8_a_handover_cut_off_is_begun_again_and_changes_nothing(path: Path) -> None:
    server = archive_with_the_first(0, path)
    inheritance = read_inheritance(path)
    assert inheritance is not None
    await deliver(inheritance, server, [])
    stored = dict(server.stored)
    await deliver(inheritance, server, ["answer lost"])
    assert server.stored == stored


def flip_counters(path: Path) -> None:
    """One bit of the only row of the counters is no longer what was written."""
    content = path.read_bytes()
    path.write_bytes(content.replace(b"old", b"odd", 1))


async def test_a8_a_flipped_bit_in_the_counters_costs_nothing(path: Path) -> None:
    """Goes red if the epoch is known to the counters' row alone."""
    server = archive_with_the_first(15, path)
    flip_counters(path)
    inheritance = read_inheritance(path)
    assert inheritance is not None
    for entry in inheritance.owed[:N_ACKNOWLEDGED]:
        assert isinstance(entry, NotificationRecord)
        server.stored["old", entry.seq] = entry
    await deliver(inheritance, server, ["answer lost"])
    assert set(server.stored) == {("old", n) for n in range(1, N_ENTRIES + 1)}


async def test_a8_without_any_epoch_the_gaps_are_still_known(path: Path) -> None:
    flip_counters(path)
    path.with_suffix(".epoch").write_text("odd 00")
    inheritance = read_inheritance(path)
    assert inheritance is not None
    assert inheritance.epoch is None
    assert find_unclosed(MemoryJournal(Epoch("new")), [inheritance]) == {
        (STRAPS[1], "2a37"): at(39_000), (STRAPS[0], "2a37"): at(40_000),
    }  # fmt: skip
    server = ServerModel()
    await deliver(inheritance, server, [])
    assert (server.stored, server.bodies) == ({}, [])


def test_a8_a_journal_that_owes_nothing_still_says_where_its_gaps_begin(path: Path) -> None:
    """And what the server has isn't read again: only a few entries before what is owed."""
    journal = SqliteJournal(path, choose_store_mode(False, (3, 40, 1)))
    journal.acknowledge(N_ENTRIES, 1)
    journal.close()
    inheritance = read_inheritance(path)
    assert inheritance is not None
    assert inheritance.owed == ()
    assert inheritance.streams == {
        (STRAPS[1], "2a37"): at(39_000), (STRAPS[0], "2a37"): at(40_000),
    }  # fmt: skip
    assert len(read_readable(path, only_owed=True).entries) == 16


def test_the_gap_of_the_crash_begins_where_the_damaged_journal_ends(path: Path) -> None:
    destroy(path, 40)
    inheritance = read_inheritance(path)
    assert inheritance is not None
    fresh = MemoryJournal(Epoch("new"))
    unclosed = find_unclosed(fresh, [inheritance])
    assert unclosed == {(STRAPS[1], "2a37"): at(39_000), (STRAPS[0], "2a37"): at(38_000)}
    fresh.append([Observation(STRAPS[0], "2a37", at(50_000), b"")])
    assert find_unclosed(fresh, [replace(inheritance)]) == {}
