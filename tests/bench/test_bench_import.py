"""Importing the server against importing its two frameworks alone: time and memory."""

import json
import subprocess
import sys

import pytest

from tests.bench.conftest import REPOSITORY, BenchReport

pytestmark = pytest.mark.bench

ROUNDS = 9
TARGET = 1.3
MEASURE = """
import json, re, time
start_s = time.perf_counter()
import {modules}
taken_s = time.perf_counter() - start_s
peak_kb = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]
print(json.dumps([taken_s, int(peak_kb) / 1024]))
"""
FRAMEWORKS = "fastapi, sqlalchemy"
# What `serve` needs before it listens: settings, database, writer and counters besides the app.
STARTING = "server.commands.serve"
STARTING_FRAMEWORKS = "fastapi, sqlalchemy, uvicorn, pydantic_settings, prometheus_client"


def run(code: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=REPOSITORY, check=True, capture_output=True, text=True
    ).stdout


def measure_pair(modules: str, peer: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Seconds and megabytes of both: the best of some fresh processes, taken in turns."""
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(json.loads(run(MEASURE.format(modules=peer))))
        ours.append(json.loads(run(MEASURE.format(modules=modules))))
    return _best(ours), _best(theirs)


def _best(rounds: list[list[float]]) -> tuple[float, float]:
    return min(r[0] for r in rounds), min(r[1] for r in rounds)


def test_import_of_the_server(bench_report: BenchReport) -> None:
    ours, frameworks = measure_pair("server.app", FRAMEWORKS)
    (server_s, server_mb), (frameworks_s, frameworks_mb) = ours, frameworks
    bench_report.write(
        "import server.app, against fastapi and sqlalchemy alone",
        frameworks_ms=frameworks_s * 1e3,
        server_ms=server_s * 1e3,
        times_time=server_s / frameworks_s,
        frameworks_mb=frameworks_mb,
        server_mb=server_mb,
        times_memory=server_mb / frameworks_mb,
    )
    assert server_s / frameworks_s <= TARGET
    assert server_mb / frameworks_mb <= TARGET


def test_import_of_the_serve_command(bench_report: BenchReport) -> None:
    (starting_s, starting_mb), (frameworks_s, _) = measure_pair(STARTING, STARTING_FRAMEWORKS)
    bench_report.write(
        "import server.commands.serve, against the frameworks that it needs",
        frameworks_ms=frameworks_s * 1e3,
        starting_ms=starting_s * 1e3,
        times_time=starting_s / frameworks_s,
        starting_mb=starting_mb,
    )
