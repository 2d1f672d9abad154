"""The whole chain under load: latency to the live page, and what each program costs."""

import asyncio
import statistics
import time
from pathlib import Path

import psutil
import pytest

from tests.bench.conftest import BenchReport
from tests.rehearsing import failed, make_rehearse

pytestmark = [pytest.mark.bench, pytest.mark.timeout(400)]

GATEWAY_CORE_PCT = 20.0
GATEWAY_MEMORY_MB = 150.0
LOOK_EVERY_S = 1.0
SETTLED_AFTER_S = 20.0  # start and connecting are not what an evening costs


class Costs:
    """CPU and memory of each program that runs below this process."""

    def __init__(self) -> None:
        self.cpu_pct: dict[str, list[float]] = {}
        self.peak_mb: dict[str, float] = {}
        self._known: dict[int, psutil.Process] = {}

    async def watch(self) -> None:
        began_s = time.monotonic()
        while True:
            for child in psutil.Process().children(recursive=True):
                self._look(self._known.setdefault(child.pid, child), time.monotonic() - began_s)
            await asyncio.sleep(LOOK_EVERY_S)

    def _look(self, process: psutil.Process, since_s: float) -> None:
        try:
            words = process.cmdline()
            name = words[words.index("-m") + 1] if "-m" in words else ""
            cpu_pct, memory_mb = process.cpu_percent(), process.memory_info().rss / 1e6
        except psutil.Error:
            return
        self.peak_mb[name] = max(memory_mb, self.peak_mb.get(name, 0.0))
        if since_s > SETTLED_AFTER_S:
            self.cpu_pct.setdefault(name, []).append(cpu_pct)


@pytest.mark.parametrize(("n_straps", "seconds"), [(15, 60), (64, 30)])
async def test_a_rehearsal_and_its_costs(
    n_straps: int, seconds: int, tmp_path: Path, bench_report: BenchReport
) -> None:
    costs = Costs()
    watching = asyncio.create_task(costs.watch())
    verdict = await make_rehearse(tmp_path / "rehearsal")(seconds, n_straps=n_straps)
    watching.cancel()
    core_pct = {name: statistics.mean(looks) for name, looks in costs.cpu_pct.items()}
    latency = verdict.as_document()["latency_ms"]
    bench_report.write(
        f"rehearsal with {n_straps} straps at 200 Hz",
        p50_ms=latency["p50"],
        p99_ms=latency["p99"],
        gateway_core_pct=core_pct["gateway"],
        gateway_peak_mb=costs.peak_mb["gateway"],
        server_core_pct=core_pct["server"],
        server_peak_mb=costs.peak_mb["server"],
        straps_core_pct=core_pct["firmware_sim"],
    )
    assert failed(verdict, ignoring=()) == {}
    if n_straps == 15:
        assert core_pct["gateway"] <= GATEWAY_CORE_PCT
        assert costs.peak_mb["gateway"] <= GATEWAY_MEMORY_MB
