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


def measure(modules: str) -> tuple[float, float]:
    """Seconds and megabytes: the best of some fresh processes."""
    rounds = [json.loads(run(MEASURE.format(modules=modules))) for _ in range(ROUNDS)]
    return min(r[0] for r in rounds), min(r[1] for r in rounds)


def test_import_of_the_server(bench_report: BenchReport) -> None:
    frameworks_s, frameworks_mb = measure(FRAMEWORKS)
    server_s, server_mb = measure("server.app")
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
    frameworks_s, _ = measure(STARTING_FRAMEWORKS)
    starting_s, starting_mb = measure(STARTING)
    bench_report.write(
        "import server.commands.serve, against the frameworks that it needs",
        frameworks_ms=frameworks_s * 1e3,
        starting_ms=starting_s * 1e3,
        times_time=starting_s / frameworks_s,
        starting_mb=starting_mb,
    )
