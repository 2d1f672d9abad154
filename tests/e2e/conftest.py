"""A rehearsal and a database as fixtures."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgresql_cluster import PrivateCluster, find_binaries
from tests.rehearsing import Rehearse, make_rehearse


@pytest.fixture
def rehearse(tmp_path: Path) -> Rehearse:
    """`await rehearse(seconds, faults=(), **plan)`; the evidence stays in `tmp_path`."""
    return make_rehearse(tmp_path)


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """Address of a new, empty database."""
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("NO POSTGRESQL HERE: install Debian's postgresql to test on it")
    cluster = PrivateCluster(binaries, in_memory=True)
    yield cluster.new_database()
    cluster.close()
