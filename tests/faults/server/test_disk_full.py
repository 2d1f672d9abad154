"""A full disk: nothing is acknowledged, reading goes on, and it recovers by itself (promise A6)."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.faults.server.all_records import read_all
from tests.faults.server.syscalls import tracer
from tests.faults.small_disk import SmallDisk, mounted_disk
from tests.server_process import ServerProcess, Uploader, enrol
from tests.studies import Study, make_study
from tests.unit.server.batches import record

if TYPE_CHECKING:
    from protocol.messages.uplink import NotificationRecord

pytestmark = pytest.mark.faults

MIB = 1024 * 1024
LOOK_OFTEN = "import server.db.disk as disk; disk.LOOK_EVERY_S = 0.2"
WITHIN_S = 5.0  # promise A6


def test_a6_a_full_disk_acknowledges_nothing_and_recovers_by_itself(tmp_path: Path) -> None:
    study = make_study(tmp_path / "study")
    token = enrol(study)
    full = tracer(tmp_path / "trace", "-e", "inject=pwrite64:error=ENOSPC:when=60..75")
    statuses: list[int] = []
    seq = 1
    with ServerProcess(study, prefix=full) as server, Uploader(server.url, token) as gateway:
        while len(statuses) < 60:
            answer = gateway.send(record(seq))
            statuses.append(answer.status_code)
            if answer.status_code == 200:
                assert answer.json()["watermark"] == seq
                seq += 1
                continue
            assert (answer.status_code, answer.json()["code"]) == (503, "storage_unavailable")
            assert int(answer.headers["retry-after"]) >= 1
            assert gateway.http.get("/api/v1/gateways/self/roster").status_code == 200
            # What was refused is not counted as stored: an empty batch asks for the watermark.
            assert gateway.send().json().get("watermark", seq - 1) == seq - 1
            assert httpx.get(f"{server.url}/sign-in", trust_env=False).status_code == 200
            assert httpx.get(f"{server.url}/health", trust_env=False).status_code in {200, 503}
        assert httpx.get(f"{server.url}/health", trust_env=False).status_code == 200
        assert server.stop() == 0
    assert 503 in statuses
    assert statuses[-1] == 200
    with study.open() as storage:
        found = read_all(storage)
        assert found == [record(number) for number in range(1, seq)]


class Site:
    """A server whose study lies on a small disk, and a gateway that uploads to it."""

    def __init__(self, study: Study, server: ServerProcess, gateway: Uploader) -> None:
        self.study, self.server, self.gateway = study, server, gateway
        self.acknowledged: list[NotificationRecord] = []

    def upload(self, n_records: int = 400) -> int:
        """The status; what was acknowledged is remembered."""
        first = len(self.acknowledged) + 1
        sent = [record(seq, bytes(1800)) for seq in range(first, first + n_records)]
        answer = self.gateway.send(*sent)
        if answer.status_code == 200:
            self.acknowledged += sent
        else:
            assert (answer.status_code, answer.json()["code"]) == (503, "storage_unavailable")
            assert int(answer.headers["retry-after"]) >= 1
        return answer.status_code

    def upload_until_refused(self) -> None:
        """Three times in a row: what a checkpoint frees is used up, too."""
        statuses: list[int] = []
        while statuses[-3:] != [503] * 3:
            statuses.append(self.upload())
            assert len(statuses) < 400

    def read_health(self) -> httpx.Response:
        return httpx.get(f"{self.server.url}/health", trust_env=False)

    def wait_until(self, holds: Callable[[], bool]) -> float:
        """How long it took; more than A6 promises is a failure."""
        begun_s = time.monotonic()
        while not holds():
            assert time.monotonic() - begun_s < WITHIN_S
            time.sleep(0.1)
        return time.monotonic() - begun_s


@contextmanager
def serve_on(disk: SmallDisk) -> Iterator[Site]:
    study = make_study(disk.folder)
    token = enrol(study)
    with (
        ServerProcess(study, mutant=LOOK_OFTEN) as server,
        Uploader(server.url, token) as gateway,
    ):
        yield Site(study, server, gateway)


@contextmanager
def small_disk(folder: Path, size_bytes: int) -> Iterator[SmallDisk]:
    with mounted_disk(folder, size_bytes) as disk:
        if disk is None:
            pytest.skip("no right to mount a small disk here: run as root")
        yield disk


def test_a6_deleting_the_ballast_restores_writing_and_it_is_laid_again_when_there_is_room(
    tmp_path: Path,
) -> None:
    with small_disk(tmp_path / "disk", 160 * MIB) as disk, serve_on(disk) as site:
        ballast = site.study.path / "ballast"
        assert site.upload() == 200
        assert site.read_health().json().get("ballast") == "laid"

        disk.fill()
        site.upload_until_refused()
        assert site.read_health().status_code == 503
        assert site.gateway.http.get("/api/v1/gateways/self/roster").status_code == 200
        assert httpx.get(f"{site.server.url}/sign-in", trust_env=False).status_code == 200
        assert ballast.stat().st_size == 16 * MIB

        ballast.unlink()
        took_s = site.wait_until(lambda: site.upload() == 200)
        print(f"written again {took_s:.2f} s after the ballast was deleted")
        assert site.read_health().json().get("ballast") == "no room for it"
        site.wait_until(lambda: "no ballast is laid" in site.server.read_log())
        site.upload_until_refused()  # while the disk is full it isn't laid, whatever is freed
        assert not ballast.exists()
        assert site.read_health().status_code == 503

        disk.release()
        site.wait_until(lambda: site.upload() == 200)
        site.wait_until(lambda: site.read_health().json().get("ballast") == "laid")
        assert ballast.stat().st_blocks * 512 >= 16 * MIB
        assert "is there again" in site.server.read_log()
        assert "Traceback" not in site.server.read_log()
        assert site.server.stop() == 0
        with site.study.open() as storage:
            assert read_all(storage) == site.acknowledged


def test_a6_a_disk_without_room_for_a_ballast_is_told_and_served(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 40 * MIB) as disk, serve_on(disk) as site:
        assert site.upload() == 200
        assert site.read_health().json().get("ballast") == "no room for it"
        assert "no ballast is laid" in site.server.read_log()
        assert not (site.study.path / "ballast").exists()
