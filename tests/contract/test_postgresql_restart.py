"""PostgreSQL killed under the server: nothing acknowledged is lost, and the server goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.errors import SettingsError, StorageUnavailableError
from server.ingest.archive import Stored
from tests.postgresql_cluster import PrivateCluster, find_binaries
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
