"""A process that journals like the gateway and tells on standard output what it was promised.

Usage: python journal_driver.py FOLDER N_VALUES. Prints `offered N` before a value goes to the
recorder and `committed N` once the journal says that everything up to number N is safe.
"""

import asyncio
import os
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from gateway import app
from gateway.clock import SystemClock
from gateway.journal.folder import JournalFolder
from gateway.journal.group_commit import GroupCommit
from gateway.journal.keeping import Keeping
from gateway.journal.room import Ballast, DiskRoom
from gateway.journal.store_mode import choose_store_mode
from protocol.identifiers import Epoch, StrapId

VALUE_EVERY_S = 0.005  # as forty straps send it


def tell(line: str) -> None:
    """Unbuffered: it must be out before the next system call can kill us."""
    os.write(1, f"{line}\n".encode())


async def drive(folder: JournalFolder, n_values: int) -> None:
    mode = choose_store_mode(False, sqlite3.sqlite_version_info)
    journal, _ = folder.open_journal(mode, Epoch("e1"))
    ballast = Ballast(folder.path / "ballast", 4096)
    keeping = Keeping(journal, ballast, lambda: DiskRoom(1 << 40, used_fraction=0.1))
    clock = SystemClock()
    commits = GroupCommit(keeping, clock, ThreadPoolExecutor(1))
    supervised = asyncio.create_task(app.supervise("journal", commits.run))
    told = journal.next_seq - 1
    tell("started")
    for n in range(n_values):
        tell(f"offered {n}")
        commits.record(StrapId("51ADA001"), "2a37", clock.now(), n.to_bytes(4))
        await asyncio.sleep(VALUE_EVERY_S)
        if journal.next_seq - 1 > told:
            told = journal.next_seq - 1
            tell(f"committed {told}")
    await commits.stop_cleanly()
    tell(f"committed {journal.next_seq - 1}")
    supervised.cancel()


if __name__ == "__main__":
    with JournalFolder(Path(sys.argv[1])) as opened:
        asyncio.run(drive(opened, int(sys.argv[2])))
