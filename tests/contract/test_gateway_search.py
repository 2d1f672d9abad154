"""The search of a damaged journal as a part of the running gateway."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import gateway.parts
from gateway.app import supervise
from gateway.errors import JournalBusyError
from gateway.journal.entries import Observation
from gateway.journal.folder import JournalFolder, journal_files
from gateway.journal.heard import Streams
from gateway.journal.store_mode import choose_store_mode
from gateway.parts import Gateway
from gateway.settings import Settings
from gateway.uplink.handover import Handover
from protocol.ble import uuids
from protocol.identifiers import BootId, Epoch, StrapId
from protocol.moments import ReceivedAt
from tests.unit.gateway.straps.fake_air import FakeAir

A = StrapId("51ADA001")
HR = uuids.HEART_RATE_MEASUREMENT
ENDED = ReceivedAt(BootId("before"), 10**9, 10**9)
MODE = choose_store_mode(False, (3, 40, 1))


def leave_damage(folder: Path) -> None:
    """A killed gateway's journal that tells its end only to a search."""
    with JournalFolder(folder) as opened:
        journal, _ = opened.open_journal(MODE, Epoch("old"))
        journal.append([Observation(A, HR, ENDED, b"\x00\x48")])
        journal.close()
    (file,) = journal_files(folder)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE meta SET digest = x'00'")
        connection.commit()
    file.with_name(file.name + "-journal").write_bytes(bytes(512))  # half a commit


async def test_a12_a_search_whose_end_was_disturbed_tells_it_in_the_same_run_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Goes red if the part forgets whom to tell as it is started again, or tells it twice."""
    leave_damage(tmp_path / "journal")
    token = tmp_path / "token"
    token.write_text("x" * 40)
    troubles = [JournalBusyError("held")]
    told: list[Streams] = []

    async def resume_late(left: Streams, *_: object) -> None:
        if troubles:
            raise troubles.pop()
        told.append(left)

    async def deliver(*_: object) -> None:
        """No server is here to take what is owed beside that."""

    monkeypatch.setattr(gateway.parts, "resume_late", resume_late)
    monkeypatch.setattr(Handover, "_deliver", deliver)
    with JournalFolder(tmp_path / "journal") as folder:
        journal, damaged = folder.open_journal(MODE, Epoch("new"))
        settings = Settings(server="http://127.0.0.1:9", token_file=token, journal=folder.path)
        running = Gateway(settings, folder, journal, FakeAir().backend, damaged)
        for _ in range(2):
            async with asyncio.timeout(30):
                await supervise("handover", running.hand_over_damaged, 0)
        await running.client.close()
        journal.close()
    assert (told, troubles) == ([{(A, HR): ENDED}], [])
