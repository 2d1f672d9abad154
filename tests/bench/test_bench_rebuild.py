"""An hour of fifteen women, from stored bytes to everybody's dose, in this process."""

import time
from pathlib import Path

import pytest

from server.projection.opening import open_derived
from server.projection.projecting import Projector
from server.projection.run_index import index_new_runs
from tests.bench.conftest import BenchReport
from tests.bench.hour_of_straps import N_PEOPLE, fill
from tests.ledger_entries import SESSION
from tests.studies import make_study

pytestmark = pytest.mark.bench

REBUILD_TARGET_S = 5.0  # for one session of an hour


@pytest.mark.timeout(300)
def test_rebuild_of_an_hour(tmp_path: Path, bench_report: BenchReport) -> None:
    study = make_study(tmp_path / "study")
    with study.open() as storage, open_derived(study.path) as derived:
        n_records = fill(storage)
        projector = Projector(storage.database, derived, time.time_ns)
        start_s = time.perf_counter()
        index_new_runs(storage.database, derived)
        indexed_s = time.perf_counter() - start_s
        start_s = time.perf_counter()
        assert projector.rebuild([SESSION]) == [SESSION]
        rebuilt_s = time.perf_counter() - start_s
    bench_report.write(
        f"an hour of {N_PEOPLE} women rebuilt, SIMULATED",
        n_records=n_records,
        rebuilt_s=rebuilt_s,
        indexed_once_s=indexed_s,
    )
    assert rebuilt_s <= REBUILD_TARGET_S
