"""Real heart rates from tests/recordings, as their README describes them."""

import csv
from pathlib import Path
from typing import Final

import numpy as np

from protocol.ble.heart_rate import HeartRateMeasurement
from server.commands.column_files import read_columns
from server.decoding.contact import HeardHeartRate
from server.dose.heart.quality import Floats

RECORDINGS: Final = Path(__file__).parent / "recordings"
_TICKS_PER_MS = 1.024


def heart_rate(*rr_ticks: int, bpm: int = 70, contact: bool | None = None) -> HeartRateMeasurement:
    """A value as decoded; `flags` say nothing here."""
    return HeartRateMeasurement(0, bpm, contact, None, rr_ticks, 0)


def read_heard(name: str) -> list[HeardHeartRate]:
    """Each notification of one recording; a column in ms gives the nearest ticks."""
    return [
        HeardHeartRate(
            int(row["arrival_ms"]) * 1_000_000, heart_rate(*_ticks(row), bpm=int(row["bpm"]))
        )
        for row in _rows(name)
    ]


def read_ecg_marks() -> list[str]:
    """One a beat of `h10-pvc`: "1", "0" or "?"."""
    return [mark for row in _rows("h10-pvc") for mark in row["ecg_abnormal"].split()]


def read_trace(name: str) -> tuple[Floats, Floats]:
    """(times_s, hr_bpm) of a recording with one row a heart rate; a time that repeats is one."""
    columns = read_columns(RECORDINGS / name, ["t_s", "hr_bpm"])
    first = np.r_[True, np.diff(columns["t_s"]) > 0]
    return columns["t_s"][first], columns["hr_bpm"][first]


def _rows(name: str) -> list[dict[str, str]]:
    text = (RECORDINGS / name / "heart_rates.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _ticks(row: dict[str, str]) -> list[int]:
    if "rr_ticks" in row:
        return [int(ticks) for ticks in row["rr_ticks"].split()]
    return [round(float(ms) * _TICKS_PER_MS) for ms in row["rr_ms"].split()]
