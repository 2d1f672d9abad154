"""A recording of a real strap, read from a file a person may have made."""

import gzip
import zlib
from pathlib import Path
from typing import Annotated

import msgspec
import numpy as np

from firmware_sim.errors import ScenarioError
from firmware_sim.strap.wearer import IntArray

RR_TICKS_PER_SECOND = 1024  # Heart Rate Service 1.0
ACC_HZ, ECG_HZ = 200, 130  # an H10's fastest; slower streams are made from them
H10_AT_REST = Path(__file__).with_name("recordings") / "h10_at_rest.json.gz"
_MAX_BYTES = 256 * 2**20  # hours at full rate; more is a slip
_GZIP_MAGIC = b"\x1f\x8b"
_TICK_TOLERANCE = 0.01  # RR are written with seven digits; more than this isn't rounding

Bpm = Annotated[int, msgspec.Meta(ge=0, le=255)]
Mg = Annotated[int, msgspec.Meta(ge=-32768, le=32767)]
MicroVolt = Annotated[int, msgspec.Meta(ge=-(2**23), le=2**23 - 1)]
Positive = Annotated[int, msgspec.Meta(gt=0)]
Offset = Annotated[int, msgspec.Meta(ge=0)]
RrMs = Annotated[float, msgspec.Meta(ge=0, lt=64_000)]


class _Event(msgspec.Struct, rename="camel"):
    offset_ms: Offset
    heart_rate_bpm: Bpm
    rr_intervals_ms: list[RrMs]


class _Accelerometer(msgspec.Struct, rename="camel"):
    sample_rate_hz: int
    unit: str
    samples: Annotated[list[tuple[Mg, Mg, Mg]], msgspec.Meta(min_length=1)]


class _Ecg(msgspec.Struct, rename="camel"):
    sample_rate_hz: int
    microvolts: Annotated[list[MicroVolt], msgspec.Meta(min_length=1)]


class _File(msgspec.Struct, rename="camel"):
    duration_ms: Positive
    metric_events: Annotated[list[_Event], msgspec.Meta(min_length=1)]
    accelerometer: _Accelerometer
    ecg: _Ecg


class RecordedReport(msgspec.Struct, frozen=True):
    """One heart-rate notification of the recorded strap."""

    offset_ns: int
    bpm: int
    rr_ticks: tuple[int, ...]


class Recording(msgspec.Struct, frozen=True):
    """Everything a replay plays. `acc_mg` is (n, 3) at 200 Hz, `ecg_uv` (n, 1) at 130 Hz."""

    duration_ns: int
    reports: tuple[RecordedReport, ...]
    acc_mg: IntArray
    ecg_uv: IntArray


def load_recording(path: Path) -> Recording:
    """The recording in this file. Raises ScenarioError with file, place and mend."""
    try:
        raw = path.read_bytes()
        if raw.startswith(_GZIP_MAGIC):
            with gzip.open(path) as packed:
                raw = packed.read(_MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ScenarioError(f"recording {path} can't be read: {error}") from error
    if len(raw) > _MAX_BYTES:
        raise ScenarioError(f"recording {path} is larger than 256 MiB; cut it shorter")
    try:
        return _check(msgspec.json.decode(raw, type=_File), path)
    except msgspec.MsgspecError as error:
        raise ScenarioError(
            f"recording {path} is not as its README says: {error}; mend that place"
        ) from error


def _check(file: _File, path: Path) -> Recording:
    for found, wanted, place in (
        (file.accelerometer.sample_rate_hz, ACC_HZ, "accelerometer.sampleRateHz"),
        (file.ecg.sample_rate_hz, ECG_HZ, "ecg.sampleRateHz"),
        (file.accelerometer.unit, "mg", "accelerometer.unit"),
    ):
        if found != wanted:
            raise ScenarioError(f"recording {path}: {place} is {found!r}; it must be {wanted!r}")
    return Recording(
        file.duration_ms * 1_000_000,
        _reports(file, path),
        np.array(file.accelerometer.samples, dtype=np.int64),
        np.array(file.ecg.microvolts, dtype=np.int64).reshape(-1, 1),
    )


def _reports(file: _File, path: Path) -> tuple[RecordedReport, ...]:
    reports: list[RecordedReport] = []
    earliest_ms = 0
    for number, event in enumerate(file.metric_events):
        place = f"recording {path}: metricEvents[{number}]"
        if not earliest_ms <= event.offset_ms < file.duration_ms:
            raise ScenarioError(
                f"{place}.offsetMs is {event.offset_ms}; events must follow each other"
                f" and lie before durationMs, {file.duration_ms}"
            )
        earliest_ms = event.offset_ms
        rr_ticks = tuple(_ticks(rr_ms, place) for rr_ms in event.rr_intervals_ms)
        reports.append(RecordedReport(event.offset_ms * 1_000_000, event.heart_rate_bpm, rr_ticks))
    return tuple(reports)


def _ticks(rr_ms: float, place: str) -> int:
    ticks = rr_ms * RR_TICKS_PER_SECOND / 1000
    if abs(ticks - round(ticks)) > _TICK_TOLERANCE:
        raise ScenarioError(
            f"{place}.rrIntervalsMs holds {rr_ms}; straps count in 1/1024 s: write the strap's own"
            " figure, not one that was rounded to milliseconds"
        )
    return round(ticks)
