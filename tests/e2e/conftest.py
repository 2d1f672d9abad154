"""A rehearsal as a fixture: three real programs, one verdict."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from firmware_sim.rehearsal.chain import ChainPlan
from firmware_sim.rehearsal.rehearsal import Rehearsal
from firmware_sim.rehearsal.verdict.verdict import Verdict
from firmware_sim.scenario.faults import Fault
from tests.postgresql_cluster import PrivateCluster, find_binaries

Rehearse = Callable[..., Awaitable[Verdict]]


@pytest.fixture
def rehearse(tmp_path: Path) -> Rehearse:
    """`await rehearse(seconds, faults=(), **plan)`; the evidence stays in `tmp_path`."""

    async def run(seconds: float, faults: Sequence[Fault] = (), **plan: Any) -> Verdict:
        rehearsal = Rehearsal(ChainPlan(**plan), faults, seconds, tmp_path, lambda _: None)
        return await rehearsal.run()

    return run


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """Address of a new, empty database."""
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("NO POSTGRESQL HERE: install Debian's postgresql to test on it")
    cluster = PrivateCluster(binaries)
    yield cluster.new_database()
    cluster.close()
