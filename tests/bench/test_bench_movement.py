"""Movement per epoch against pandas, and a whole archive against reading it: in one run each."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from server.dose.movement.epoch_grid import EpochGrid
from server.dose.movement.epoch_stream import EpochStream
from tests.bench.conftest import REPOSITORY, BenchReport, best_seconds
from tests.bench.movement_worker import FRAME_BYTES, FRAME_NS, FRAME_SAMPLES, RATE_HZ, forget

PANDAS_TARGET = 10
READS_TARGET = 4
PEAK_MB_TARGET = 300
N_PEOPLE = 30
WHOLE_S = 24 * 3600
# A twelfth of the whole by default; the whole one by night.
DEFAULT_S = 2 * 3600
FRAMES_AN_HOUR = 3600 * 1_000_000_000 // FRAME_NS
READ_BYTES = 1 << 20
BLOCK_SAMPLES = 128_000


def chest_mg(n: int, seed: int) -> NDArray[np.int16]:
    """Simulated: a chest that sways and works, in whole mg."""
    rng = np.random.default_rng(seed)
    work = 250 * np.sin(2 * np.pi * 1.3 * np.arange(n) / RATE_HZ)[:, None]
    return np.asarray((rng.normal(0, 12, (n, 3)) + work + (-900, 40, 350)).astype(np.int16))


def pandas_epochs(samples_mg: NDArray[np.int16]) -> pd.DataFrame:
    """As a researcher writes it: a frame with a time index, resampled to 5 s."""
    index = pd.to_timedelta(np.arange(len(samples_mg)) * (1_000_000_000 // RATE_HZ))
    frame = pd.DataFrame(samples_mg.astype(np.float64), columns=["x", "y", "z"], index=index)
    norm_mg: pd.Series[float] = (frame.x**2 + frame.y**2 + frame.z**2) ** 0.5
    enmo_mg = (norm_mg - 1000).clip(lower=0).resample("5s").mean()
    mean_mg = norm_mg.resample("5s").mean().reindex(index, method="ffill")
    deviation_mg = (norm_mg - mean_mg).abs()
    return pd.DataFrame({"enmo": enmo_mg, "mad": deviation_mg.resample("5s").mean()})


def our_epochs(samples_mg: NDArray[np.int16]) -> EpochStream:
    stream = EpochStream(EpochGrid(RATE_HZ, 5.0))
    for at in range(0, len(samples_mg), BLOCK_SAMPLES):
        stream.add(samples_mg[at : at + BLOCK_SAMPLES], at / RATE_HZ)
    return stream


@pytest.mark.bench
def test_epochs(bench_report: BenchReport) -> None:
    samples_mg = chest_mg(RATE_HZ * 3600, 1)
    ours, theirs = our_epochs(samples_mg).finish(), pandas_epochs(samples_mg)
    worst_mg = max(
        float(np.abs(ours.enmo_mg - theirs.enmo).max()),
        float(np.abs(ours.mad_mg - theirs["mad"]).max()),
    )
    assert worst_mg < 0.001
    # Single calls, many of them: another program in between spoils one, not a mean.
    peer_s = best_seconds(lambda: pandas_epochs(samples_mg), at_least_s=1e-9, rounds=15)
    ours_s = best_seconds(lambda: our_epochs(samples_mg).finish(), at_least_s=1e-9, rounds=100)
    bench_report.write(
        "an hour at 200 Hz to ENMO and MAD",
        pandas_msamples_s=len(samples_mg) / peer_s / 1e6,
        ours_msamples_s=len(samples_mg) / ours_s / 1e6,
        times_pandas=peer_s / ours_s,
        worst_difference_mg=worst_mg,
    )
    assert peer_s / ours_s >= PANDAS_TARGET


@pytest.mark.parametrize(
    "seconds",
    [
        pytest.param(DEFAULT_S, marks=pytest.mark.bench, id="part"),
        pytest.param(WHOLE_S, marks=pytest.mark.nightly, id="whole"),
    ],
)
@pytest.mark.timeout(1800)
def test_archive(bench_report: BenchReport, tmp_path: Path, seconds: int) -> None:
    """Raw frames of thirty people on disk, out of the page cache, by two processes.

    The part is no promise for the whole: it is said beside it, what the same speed would take.
    """
    paths = [_write_archive(tmp_path / f"{n}.frames", seconds) for n in range(N_PEOPLE)]
    for path in paths:
        forget(path)
    read_s = _timed(lambda: _read(paths))
    for path in paths:
        forget(path)
    ours_s, told = _measure(paths)
    n_samples = sum(path.stat().st_size for path in paths) // FRAME_BYTES * FRAME_SAMPLES
    assert sum(one["n_epochs"] for one in told) == N_PEOPLE * seconds // 5
    assert sum(one["n_missing"] for one in told) == 0
    peak_mb = sum(one["peak_mb"] for one in told)
    cpu_s = sum(one["cpu_s"] for one in told)
    bench_report.write(
        f"{n_samples / 1e6:.0f} M samples of {N_PEOPLE} people to epochs, two processes",
        cold_read_s=read_s,
        epochs_s=ours_s,
        times_cold_read=ours_s / read_s,
        cpu_s_of_both=cpu_s,
        times_cold_read_on_two_free_cores=cpu_s / 2 / read_s,
        msamples_s=n_samples / ours_s / 1e6,
        both_peak_mb=peak_mb,
        whole_archive_at_this_speed_s=ours_s * WHOLE_S / seconds,
    )
    assert ours_s / read_s <= READS_TARGET
    assert peak_mb <= PEAK_MB_TARGET


def _write_archive(path: Path, seconds: int) -> Path:
    """The same simulated hour again and again, with the strap's clock going on."""
    layout = np.dtype(
        [("kind", "u1"), ("stamp", "<u8"), ("form", "u1"), ("mg", "<i2", (FRAME_SAMPLES, 3))]
    )
    assert layout.itemsize == FRAME_BYTES
    frames = np.zeros(FRAMES_AN_HOUR, layout)
    frames["kind"], frames["form"] = 2, 1
    frames["mg"] = chest_mg(FRAMES_AN_HOUR * FRAME_SAMPLES, 7).reshape(-1, FRAME_SAMPLES, 3)
    ends = (np.arange(FRAMES_AN_HOUR, dtype=np.uint64) + 1) * FRAME_NS
    ends -= np.uint64(1_000_000_000 // RATE_HZ)
    with path.open("wb") as file:
        for hour in range(seconds // 3600):
            frames["stamp"] = ends + np.uint64(hour * FRAMES_AN_HOUR * FRAME_NS)
            file.write(frames.tobytes())
        file.flush()
        os.fsync(file.fileno())
    return path


def _read(paths: list[Path]) -> None:
    buffer = bytearray(READ_BYTES)
    for path in paths:
        with path.open("rb", buffering=0) as file:
            while file.readinto(buffer):
                pass


def _measure(paths: list[Path]) -> tuple[float, list[dict[str, float]]]:
    """Seconds from both being loaded to both being done, and what they say."""
    command = [sys.executable, "-m", "tests.bench.movement_worker"]
    workers = [
        subprocess.Popen(
            [*command, *map(str, paths[half::2])],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for half in (0, 1)
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    start_s = time.perf_counter()
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    told = [json.loads(worker.communicate()[0]) for worker in workers]
    return time.perf_counter() - start_s, told


def _timed(work: Callable[[], None]) -> float:
    start_s = time.perf_counter()
    work()
    return time.perf_counter() - start_s
