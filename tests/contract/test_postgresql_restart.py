"""PostgreSQL killed under the server: nothing acknowledged is lost, and the server goes on."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from server.errors import SettingsError, StorageUnavailableError
from server.ingest.upload import Stored
from server.storage import EXIT_STORE_FAILED
from tests.postgresql_cluster import PrivateCluster, find_binaries
from tests.server_process import ServerProcess, Uploader, enrol
from tests.studies import make_study
from tests.unit.server.batches import record, upload

pytestmark = pytest.mark.postgres


@pytest.fixture
def cluster() -> Iterator[PrivateCluster]:
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("NO POSTGRESQL HERE: install Debian's postgresql to test on it")
    made = PrivateCluster(binaries)
    yield made
    made.close()


def test_a1_kill_9_of_postgresql_loses_nothing_acknowledged(
    cluster: PrivateCluster, tmp_path: Path
) -> None:
    study = make_study(tmp_path / "study", cluster.new_database)
    with study.open() as storage:
        for seq in range(1, 21):
            storage.writer.submit(upload([record(seq)])).result()
        cluster.kill()
        refused = storage.writer.submit(upload([record(21)]))
        assert isinstance(refused.exception(), StorageUnavailableError)
        cluster.start()
        # What was refused is not counted as stored: an empty batch asks for the watermark.
        assert storage.writer.submit(upload([])).result() == Stored(20, 0, 0)
        assert storage.writer.submit(upload([record(21)])).result() == Stored(21, 1, 0)
        assert len(storage.feed.read_after(0).records) == 21


def test_a_postgresql_that_is_away_is_told_as_such(cluster: PrivateCluster, tmp_path: Path) -> None:
    study = make_study(tmp_path / "study", cluster.new_database)
    token = enrol(study)
    with ServerProcess(study) as server, Uploader(server.url, token) as gateway:
        cluster.kill()
        answers = [
            gateway.send(record(1)),  # its token isn't remembered yet
            *(gateway.http.get("/api/v1/gateways/self/roster") for _ in range(3)),
        ]
    told = {(one.status_code, one.json()["code"], one.headers["retry-after"]) for one in answers}
    assert told == {(503, "storage_unavailable", "2")}
    log = (tmp_path / "server.log").read_text()
    assert "Traceback" not in "".join(line for line in log.splitlines() if "/api/" in line)
    assert log.count("/api/v1/gateways/self/roster") + log.count("/api/v1/ingest") == 1


def test_a_postgresql_that_hangs_does_not_hold_up_the_stop(
    cluster: PrivateCluster, tmp_path: Path
) -> None:
    study = make_study(tmp_path / "study", cluster.new_database)
    token = enrol(study)
    with ServerProcess(study) as server, Uploader(server.url, token) as gateway:
        assert gateway.send(record(1)).status_code == 200
        with cluster.frozen():
            gateway.http.timeout = 0.5
            with pytest.raises(httpx.TimeoutException):
                gateway.send(record(2))
            assert server.stop() == EXIT_STORE_FAILED
    with study.open() as storage:
        outcome = storage.writer.submit(upload([])).result()
        assert outcome in {Stored(1, 0, 0), Stored(2, 0, 0)}


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
def test_a3_an_unsafe_postgresql_is_refused(
    cluster: PrivateCluster, tmp_path: Path, setting: str
) -> None:
    study = make_study(tmp_path / "study", cluster.new_database)
    cluster.configure(setting, "off")
    cluster.kill()
    cluster.start()
    with pytest.raises(SettingsError, match=f"{setting} is off"):
        study.open().__enter__()
