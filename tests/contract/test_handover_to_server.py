"""A damaged journal handed over to the real server: all of it arrives, and what is bad is told."""

import csv
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from gateway.clock import SystemClock
from gateway.journal.entries import Observation
from gateway.journal.folder import JournalFolder, create_file
from gateway.journal.group_commit import GroupCommit
from gateway.journal.inheritance import is_handed_over
from gateway.journal.keeping import Keeping
from gateway.journal.room import Ballast, DiskRoom
from gateway.journal.sqlite_journal import SqliteJournal
from gateway.journal.store_mode import choose_store_mode
from gateway.uplink.batching import BACKLOG_EVERY_NS
from gateway.uplink.handover import Handover
from gateway.uplink.http_client import ServerClient
from gateway.uplink.offering import Offering
from gateway.uplink.uploader import Uploader
from protocol.identifiers import BootId, Epoch, GatewayId, StrapId
from protocol.moments import ReceivedAt
from tests.server_process import ServerProcess, enrol, run_command
from tests.studies import Study, make_study

MODE = choose_store_mode(False, (3, 40, 1))
GYM = GatewayId("gym")
STRAP = StrapId("51ADA001")
N_ENTRIES = 540
LOST = {300, 499, 502}
# The server takes none of these: a name with a space, a boot that is none, a clock before 1970.
BAD = {
    500: Observation(STRAP, "no name", ReceivedAt(BootId("boot"), 500, 500), b"bad"),
    501: Observation(StrapId("no strap!"), "2a37", ReceivedAt(BootId("b!"), -1, 501), b"bad"),
    503: Observation(STRAP, "2a37", ReceivedAt(BootId("b!"), 1, 503), b"bad"),
    515: Observation(STRAP, "2a37", ReceivedAt(BootId("boot"), 1, -5), b"bad"),
}


class HastyClock(SystemClock):
    """Retries and pauses are short, but the server's twenty uploads a second are kept to."""

    def call_at(self, monotonic_ns: int, callback: Callable[[], None]) -> Callable[[], None]:
        soon_ns = self.now().monotonic_ns + BACKLOG_EVERY_NS
        return super().call_at(min(monotonic_ns, soon_ns), callback)


def value(n: int) -> Observation:
    at = ReceivedAt(BootId("boot"), n * 10**6, n * 10**6)
    return BAD.get(n) or Observation(STRAP, "2a37", at, n.to_bytes(2) * 120)


def write_wreck(path: Path) -> None:
    create_file(path, Epoch("old"))
    journal = SqliteJournal(path, MODE)
    journal.append([value(n) for n in range(1, N_ENTRIES + 1)])
    journal.close()
    content = path.read_bytes()
    for n in LOST:
        payload = value(n).payload
        content = content.replace(payload, payload[:-1] + b"\xee")
    path.write_bytes(content)


def export(study: Study, out: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    done = run_command(
        "export", "--profile", "archive", "--internal", "--out", str(out), *study.arguments
    )
    assert done.returncode == 0, done.stderr
    tables = []
    for name in ("notifications.csv", "gaps.csv"):
        with (out / name).open(newline="", encoding="utf-8") as file:
            tables.append(list(csv.DictReader(file)))
    return tables[0], tables[1]


async def hand_over_and_upload(wreck: Path, client: ServerClient) -> None:
    """The gateway's own parts, without straps."""
    with JournalFolder(wreck.parent) as folder, ThreadPoolExecutor(1) as executor:
        create_file(folder.path / "journal-2.sqlite", Epoch("new"))
        journal, _ = folder.open_journal(MODE, Epoch("unused"))
        room = DiskRoom(1 << 40, used_fraction=0.1)
        keeping = Keeping(journal, Ballast(folder.path / "ballast", 4096), lambda: room)
        clock, chance = HastyClock(), random.Random(1)
        commits = GroupCommit(keeping, clock, executor)
        offering = Offering(client, clock, chance, lambda: GYM)
        with ThreadPoolExecutor(1) as reader:
            await Handover(commits, offering, clock, reader).run(wreck)
        uploader = Uploader(commits, client, clock, chance, lambda: Epoch("never"))
        await uploader.drain(GYM)
        journal.close()


async def test_a8_the_server_gets_all_that_is_readable_and_a_word_on_the_rest(
    tmp_path: Path,
) -> None:
    """Goes red if a bad record, or the gap in its place, holds up the line."""
    study = make_study(tmp_path / "study")
    token = tmp_path / "gym.token"
    enrol(study, GYM)
    wreck = tmp_path / "journal" / "journal-1.sqlite"
    wreck.parent.mkdir()
    write_wreck(wreck)
    with ServerProcess(study) as server:
        async with ServerClient(server.url, token) as client:
            await hand_over_and_upload(wreck, client)
        assert is_handed_over(wreck)
        server.stop()
    records, gaps = export(study, tmp_path / "out")
    numbers = [int(row["seq"]) for row in records if row["epoch"] == "old"]
    assert sorted(numbers) == sorted(set(range(1, N_ENTRIES + 1)) - LOST - set(BAD))
    assert all(row["payload_hex"] == value(int(row["seq"])).payload.hex() for row in records)
    told = {(row["epoch"], row["reason"], int(row["first_seq"])) for row in gaps}
    assert {(epoch, reason) for epoch, reason, _ in told} == {
        ("old", "quarantined"), ("new", "journal_damaged"),
    }  # fmt: skip
    assert {first for _, reason, first in told if reason == "quarantined"} == set(BAD)
