"""A damaged journal's entries reach the server under their old numbers, once (promise A8)."""

import asyncio
import random
from pathlib import Path

import pytest

from gateway.journal.entries import Observation, first_number
from gateway.journal.folder import create_file
from gateway.journal.heard import Streams
from gateway.journal.inheritance import is_handed_over, read_progress
from gateway.journal.row_index import BUNDLE
from gateway.journal.sqlite_journal import SqliteJournal
from gateway.journal.store_mode import choose_store_mode
from gateway.journal.wreck import Wreck
from gateway.uplink.handover import Handover
from gateway.uplink.offering import Offering
from protocol.identifiers import BootId, Epoch, GatewayId, StrapId
from protocol.messages.codec import decode_batch
from protocol.messages.uplink import GapReason, NotificationRecord
from protocol.moments import ReceivedAt
from tests.unit.gateway.hand_clock import HandClock, InlineExecutor
from tests.unit.gateway.uplink.server_model import ServerModel, Wire

STRAPS = [StrapId("51ADA001"), StrapId("51ADA002")]
N_ENTRIES = 40
N_ACKNOWLEDGED = 10
MODE = choose_store_mode(False, (3, 40, 1))


def at(ms: int) -> ReceivedAt:
    return ReceivedAt(BootId("boot"), ms * 10**6, ms * 10**6)


def payload(n: int) -> bytes:
    return n.to_bytes(2) * 120


def write_journal(file: Path, n_entries: int) -> Path:
    create_file(file, Epoch("old"))
    journal = SqliteJournal(file, MODE)
    numbers = range(1, n_entries + 1)
    journal.append([Observation(STRAPS[n % 2], "2a37", at(1000 * n), payload(n)) for n in numbers])
    journal.acknowledge(N_ACKNOWLEDGED, 1)
    journal.close()
    return file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Forty entries of which the server has ten."""
    return write_journal(tmp_path / "journal-1.sqlite", N_ENTRIES)


def destroy(path: Path, *values: int) -> None:
    """Damage the payloads of these entries where they lie in the file."""
    content = path.read_bytes()
    for n in values:
        content = content.replace(payload(n), payload(n)[:-1] + b"\xee")
    path.write_bytes(content)


class Notes:
    """A recorder that remembers the gaps, and what was noted as done when they were written."""

    def __init__(self, path: Path, n_busy: int = 0) -> None:
        self.gaps: list[tuple[StrapId, GapReason, int, int]] = []
        self.done_before: list[int] = []
        self._path = path
        self._n_busy = n_busy

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

    async def sync(self) -> None:
        pytest.fail("only straps wait for it")

    async def commit(self) -> bool:
        self._n_busy -= 1
        self.done_before.append(read_progress(self._path))
        return self._n_busy < 0


class Scene:
    """One start of a gateway beside a damaged journal; the server outlives it."""

    def __init__(self, path: Path, server: ServerModel, n_busy: int = 0) -> None:
        self.path, self.notes = path, Notes(path, n_busy)
        self.clock, self.wire = HandClock(), Wire(server)
        chance = random.Random(1)
        offering = Offering(self.wire, self.clock, chance, lambda: GatewayId("gym"))
        self.handover = Handover(self.notes, offering, self.clock, InlineExecutor())
        self.resumed: list[Streams] = []

    async def resume(self, left: Streams) -> None:
        self.resumed.append(left)

    async def run(self, *plan: str, late: bool = False) -> Notes:
        """To the end, through whatever the wire does first."""
        self.wire.plan = list(plan)
        resume = self.resume if late else None
        task = asyncio.create_task(self.handover.run(self.path, resume))
        while not task.done():
            await self.clock.crank(60 * 10**9)
        task.result()
        return self.notes

    async def run_until(self, n_posts: int) -> None:
        """Killed after so many posts."""
        task = asyncio.create_task(self.handover.run(self.path))
        while len(self.wire.server.bodies) < n_posts:
            await self.clock.crank(100_000_000)
        task.cancel()
        await asyncio.wait({task})


def archive_with_the_first(n: int, path: Path) -> ServerModel:
    """A server that got more than the gateway knows: the receipts were lost."""
    server = ServerModel()
    for number in range(1, N_ACKNOWLEDGED + 1):
        server.stored["old", number] = NotificationRecord(number, "x", "2a37", "b", 1, 1, b"kept")
    with Wreck(path) as wreck:
        for entry in wreck.read(N_ACKNOWLEDGED + 1, n):
            server.stored["old", first_number(entry)] = entry
    return server


@pytest.mark.parametrize("plan", [[], ["request lost", "answer lost", "again", "busy"]])
async def test_a8_what_is_owed_arrives_under_its_old_numbers_and_only_once(
    path: Path, plan: list[str]
) -> None:
    """Goes red if the entries get new numbers: those that had arrived would be there twice."""
    server = archive_with_the_first(15, path)
    destroy(path, 20, 21, 33)
    notes = await Scene(path, server).run(*plan)
    assert {epoch for epoch, _ in server.stored} == {"old"}
    missing = {n for n in range(1, N_ENTRIES + 1) if ("old", n) not in server.stored}
    assert missing == {20, 21, 33}
    assert notes.gaps == [
        (strap, GapReason.JOURNAL_DAMAGED, since, until)
        for since, until in [(19, 22), (32, 34)]
        for strap in STRAPS
    ]


async def test_a8_what_the_journal_ends_in_unreadable_is_declared_up_to_its_last_stamp(
    path: Path,
) -> None:
    """Goes red if holes are looked for between two readable entries alone."""
    content = path.read_bytes()
    destroy(path, 39, 40)
    notes = await Scene(path, archive_with_the_first(10, path)).run()
    assert content != path.read_bytes()
    assert [gap[1:] for gap in notes.gaps] == [(GapReason.JOURNAL_DAMAGED, 38, 38)] * 2


async def test_a8_a_handover_is_done_once(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    content = path.read_bytes()
    await Scene(path, archive_with_the_first(10, path)).run()
    assert is_handed_over(path)
    again = Scene(path, ServerModel())
    await again.run(late=True)
    assert len(again.resumed) == 1, "where its gaps begin is still worth knowing"
    assert path.read_bytes() == content
    path.unlink()
    await again.run()
    assert (again.wire.server.bodies, caplog.text) == ([], "")


async def test_a8_a_handover_of_many_bundles_goes_on_where_it_was_cut_off(tmp_path: Path) -> None:
    """And a gap is written before anything above where it begins is noted as done."""
    n_entries = 3 * BUNDLE + 500
    path = write_journal(tmp_path / "journal-1.sqlite", n_entries)
    lost = [100, BUNDLE, BUNDLE + 1, 2 * BUNDLE + 7]
    server = archive_with_the_first(10, path)
    destroy(path, *lost)
    first = Scene(path, server)
    await first.run_until(n_posts=11)
    n_before = len(server.bodies)
    second = Scene(path, server, n_busy=3)
    await second.run()
    assert {n for n in range(1, n_entries + 1) if ("old", n) not in server.stored} == set(lost)
    assert {epoch for epoch, _ in server.stored} == {"old"}
    again = [decode_batch(body).first_seq for body in server.bodies[n_before:]]
    assert min(again) > 2 * BUNDLE, "what was handed over before is not sent again"
    assert len(again) == len(set(again)), "nor anything twice because a number before it is gone"
    assert (first.notes.done_before, second.notes.done_before) == ([0, 0], [2 * BUNDLE] * 4)
    told = {gap[2:] for gap in first.notes.gaps + second.notes.gaps}
    assert told == {(n - 1, n + 1) for n in (100, 2 * BUNDLE + 7)} | {(BUNDLE - 1, BUNDLE + 2)}


async def test_a8_a_handover_cut_off_is_begun_again_and_changes_nothing(path: Path) -> None:
    server = archive_with_the_first(0, path)
    await Scene(path, server).run_until(n_posts=1)
    stored = dict(server.stored)
    assert not is_handed_over(path)
    await Scene(path, server).run("answer lost")
    assert server.stored == stored


async def test_a8_what_the_server_holds_otherwise_moves_once(tmp_path: Path) -> None:
    """Goes red if a second try uses another numbering, or a second bundle the same."""
    path = write_journal(tmp_path / "journal-1.sqlite", BUNDLE + 100)
    server = archive_with_the_first(10, path)
    for n in (12, BUNDLE + 50):
        server.stored["old", n] = NotificationRecord(n, "x", "2a37", "b", 1, 1, b"a twin's")
    await Scene(path, server).run_until(n_posts=5)
    await Scene(path, server).run("answer lost")
    ours = sorted(set(server.payloads()) - {b"kept", b"a twin's"})
    assert ours == [payload(n) for n in range(N_ACKNOWLEDGED + 1, BUNDLE + 101)]
    assert len(server.payloads()) == len(ours) + N_ACKNOWLEDGED + 2
    assert len({epoch for epoch, _ in server.stored}) == 3


def flip_counters(path: Path) -> None:
    """One bit of the only row of the counters is no longer what was written."""
    content = path.read_bytes()
    path.write_bytes(content.replace(b"old", b"odd", 1))


async def test_a8_a_flipped_bit_in_the_counters_costs_nothing(path: Path) -> None:
    """Goes red if the epoch is known to the counters' row alone."""
    server = ServerModel()
    with Wreck(path) as wreck:
        server.stored |= {("old", first_number(e)): e for e in wreck.read(1, 15)}
    flip_counters(path)
    notes = await Scene(path, server).run("answer lost")
    assert set(server.stored) == {("old", n) for n in range(1, N_ENTRIES + 1)}
    assert notes.gaps == []


async def test_a8_without_any_epoch_nothing_is_sent_but_the_gaps_are_still_known(
    path: Path,
) -> None:
    flip_counters(path)
    path.with_suffix(".epoch").write_text("odd 00")
    scene = Scene(path, ServerModel())
    await scene.run(late=True)
    assert scene.resumed == [{(STRAPS[1], "2a37"): at(39_000), (STRAPS[0], "2a37"): at(40_000)}]
    assert scene.wire.server.bodies == []


async def test_a8_where_sqlite_reaches_nothing_the_pages_are_searched(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(bytes(4096) + content[4096:])
    scene = Scene(path, ServerModel())
    await scene.run(late=True)
    assert scene.resumed == [{(STRAPS[1], "2a37"): at(39_000), (STRAPS[0], "2a37"): at(40_000)}]
    server = scene.wire.server
    assert set(server.stored) == {("old", n) for n in range(1, N_ENTRIES + 1)}


async def test_a8_a_page_that_sqlite_refuses_costs_nothing_if_its_rows_are_intact(
    tmp_path: Path,
) -> None:
    path = write_journal(tmp_path / "journal-1.sqlite", 500)
    content = bytearray(path.read_bytes())
    assert content[20 * 4096] == 0x0D  # the kind of a table's leaf page
    content[20 * 4096] = 0xEE
    path.write_bytes(content)
    server = archive_with_the_first(10, path)
    notes = await Scene(path, server).run()
    assert set(server.stored) == {("old", n) for n in range(1, 501)}
    assert notes.gaps == []


async def test_a8_half_a_commit_is_undone_in_a_copy_that_doesn_t_stay(path: Path) -> None:
    path.with_name("journal-1.sqlite-journal").write_bytes(b"")
    (path.parent / "journal-1.reading").mkdir()  # as a kill leaves it
    content = path.read_bytes()
    server = archive_with_the_first(10, path)
    await Scene(path, server).run()
    assert set(server.stored) == {("old", n) for n in range(1, N_ENTRIES + 1)}
    assert path.read_bytes() == content
    assert not (path.parent / "journal-1.reading").exists()


async def test_a_file_that_can_t_be_opened_now_is_left_for_the_next_start(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Goes red if it ends the gateway, which has straps to record from."""
    path.with_name("journal-1.sqlite-journal").mkdir()  # stands for any failure of the copying
    await Scene(path, ServerModel()).run()
    assert not is_handed_over(path)
    assert "the next start tries again" in caplog.text
