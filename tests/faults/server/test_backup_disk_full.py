"""The backup's disk is full: one sentence, nothing half, and the next one when there is room."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.backup import periodic, rhythm
from server.backup.periodic import back_up_regularly
from server.backup.taking import BackupSource
from tests.faults.small_disk import SmallDisk, mounted_disk
from tests.server_process import run_command
from tests.studies import Study, make_study

pytestmark = pytest.mark.faults
ROOM_FOR_ONE = 4 * 1024 * 1024


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with mounted_disk(tmp_path / "disk", ROOM_FOR_ONE) as mounted:
        if mounted is None:
            pytest.skip("NO MOUNTING HERE: run as root to fill a real disk")
        yield mounted


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = make_study(tmp_path / "study")
    with made.open():
        pass  # the first start makes the vault
    return made


def files(disk: SmallDisk) -> list[Path]:
    film = "somebody else's film"
    return [path for path in disk.folder.rglob("*") if path.is_file() and path.name != film]


@pytest.mark.parametrize("left_bytes", [0, 100 * 1024])
def test_a_backup_that_does_not_fit_leaves_nothing(
    study: Study, disk: SmallDisk, left_bytes: int
) -> None:
    disk.fill(left_bytes)
    shown = run_command("backup", *study.arguments, "--to", str(disk.folder / "place"))
    assert (shown.returncode, shown.stdout) == (2, "")
    assert "Traceback" not in shown.stderr
    assert len(shown.stderr.splitlines()) == 1
    assert files(disk) == []


def test_a_restore_that_does_not_fit_leaves_nothing_and_may_be_repeated(
    study: Study, disk: SmallDisk, tmp_path: Path
) -> None:
    told = run_command("backup", *study.arguments, "--to", str(tmp_path / "place")).stdout
    backup, again = told.splitlines()[0], str(disk.folder / "again")
    disk.fill(100 * 1024)
    shown = run_command("restore", backup, "--data", again)
    assert (shown.returncode, "Traceback" in shown.stderr) == (2, False)
    assert "can't restore" in shown.stderr
    assert files(disk) == []
    disk.release()
    assert run_command("restore", backup, "--data", again).returncode == 0


async def test_g5_the_server_tries_again_until_there_is_room(
    study: Study, disk: SmallDisk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(periodic, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(rhythm, "EVERY_S", 0.05)
    disk.fill()
    place = disk.folder / "place"
    with study.open() as storage:
        source = BackupSource(storage.directory, storage.database, None)
        working = asyncio.create_task(back_up_regularly(source, place))
        await asyncio.sleep(0.5)
        assert not working.done()
        assert caplog.text.count("no backup in") == 1
        assert files(disk) == []
        disk.release()
        for _ in range(100):
            if storage.backups.read() is not None:
                break
            await asyncio.sleep(0.05)
        working.cancel()
    assert os.listdir(place) != []  # noqa: PTH208 (names are enough)
