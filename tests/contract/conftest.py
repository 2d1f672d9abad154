"""Studies on both databases; PostgreSQL is skipped loudly where there is none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgresql_cluster import PrivateCluster, find_binaries
from tests.studies import Study, make_study


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PrivateCluster]:
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("NO POSTGRESQL HERE: install Debian's postgresql to test on it")
    cluster = PrivateCluster(binaries, in_memory=True)
    yield cluster
    cluster.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def study(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Study]:
    """A new, empty study on each database."""
    if request.param == "sqlite":
        yield make_study(tmp_path / "study")
        return
    cluster: PrivateCluster = request.getfixturevalue("postgresql")
    yield make_study(tmp_path / "study", cluster.new_database, cluster.new_schema)
    cluster.drop_databases()
