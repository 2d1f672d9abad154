"""Measures ours and a peer in one run, prints the ratio and keeps it as JSON in out/bench/."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


def best_seconds(work: Callable[[], object], *, at_least_s: float = 0.3, rounds: int = 5) -> float:
    """Seconds of one call: the best of some rounds, each long enough for the clock."""
    work()
    n_calls, taken_s = 1, 0.0
    while taken_s < at_least_s / rounds:
        start_s = time.perf_counter()
        for _ in range(n_calls):
            work()
        taken_s = time.perf_counter() - start_s
        if taken_s < at_least_s / rounds:
            n_calls *= 2
    best_s = taken_s / n_calls
    for _ in range(rounds - 1):
        start_s = time.perf_counter()
        for _ in range(n_calls):
            work()
        best_s = min(best_s, (time.perf_counter() - start_s) / n_calls)
    return best_s


class BenchReport:
    """Prints one measurement and appends it to out/bench/<file>.json, one object a line."""

    def __init__(self, name: str) -> None:
        self._path = REPOSITORY / "out" / "bench" / f"{name}.jsonl"

    def write(self, what: str, **figures: float | int | str) -> None:
        shown = ", ".join(
            f"{key} {value:,.3g}" if isinstance(value, float) else f"{key} {value}"
            for key, value in figures.items()
        )
        print(f"\n{what}: {shown}")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"what": what, "utc_s": time.time(), **figures}) + "\n")


@pytest.fixture
def bench_report(request: pytest.FixtureRequest) -> BenchReport:
    """Named after the test's file: test_bench_decode.py writes out/bench/decode.jsonl."""
    return BenchReport(Path(request.node.path).stem.removeprefix("test_bench_"))
