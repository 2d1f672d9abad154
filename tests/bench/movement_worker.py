"""Files of an archive's acceleration frames to epochs, in a process of its own.

Says `ready` once it is loaded, waits for a line, and ends with one JSON object.
"""

import json
import os
import sys
import time
from pathlib import Path

import numpy as np

from server.decoding.acceleration import decode_joined_frames
from server.dose.movement.epoch_grid import EpochGrid
from server.dose.movement.epoch_stream import EpochStream
from server.dose.movement.epochs import Epochs

RATE_HZ = 200
FRAME_SAMPLES = 36  # ble-wire: an H10 frame at MTU 232
FRAME_BYTES = 10 + 6 * FRAME_SAMPLES
FRAME_NS = FRAME_SAMPLES * 1_000_000_000 // RATE_HZ
_FRAMES_AT_ONCE = 3600


def measure_archive(path: Path) -> Epochs:
    """Epochs of raw frames that lie one after the other."""
    stream = EpochStream(EpochGrid(RATE_HZ, 5.0))
    with path.open("rb", buffering=0) as file:
        while joined := file.read(_FRAMES_AT_ONCE * FRAME_BYTES):
            batch = decode_joined_frames(joined, FRAME_BYTES)
            stamps_ns = batch.timestamps_ns
            if not (np.diff(stamps_ns) == FRAME_NS).all():
                raise ValueError(f"{path}: frames are missing")
            last_s = int(stamps_ns[0]) / 1e9
            stream.add(batch.samples, last_s - (FRAME_SAMPLES - 1) / RATE_HZ)
    return stream.finish()


def forget(path: Path) -> None:
    """Out of the page cache: the next read is from the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _read_peak_mb() -> float:
    """Of this program alone; getrusage's figure begins with its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (told,) = [line.split()[1] for line in status if line.startswith("VmHWM:")]
    return int(told) / 1024


def main() -> None:
    paths = [Path(word) for word in sys.argv[1:]]
    print("ready", flush=True)
    sys.stdin.readline()
    start_s = time.process_time()
    measured = [measure_archive(path) for path in paths]
    print(
        json.dumps(
            {
                "n_epochs": sum(len(epochs) for epochs in measured),
                "n_missing": sum(int((~epochs.heard).sum()) for epochs in measured),
                "cpu_s": time.process_time() - start_s,
                "peak_mb": _read_peak_mb(),
            }
        )
    )


if __name__ == "__main__":
    main()
