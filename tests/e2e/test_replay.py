"""A real recording through the whole chain: what comes out is the recording, every value of it."""

import gzip
import json
import struct
from pathlib import Path
from typing import Any

from firmware_sim.strap.recording import H10_AT_REST
from protocol.ble.uuids import HEART_RATE_MEASUREMENT, PMD_DATA
from tests.e2e.evidence import Streams, read_archived
from tests.rehearsing import Rehearse, failed

N_STRAPS = 10  # each begins 6 s further on in the minute that was recorded …
SECONDS = 7  # … so that together they play all of it
PMD_HEAD_BYTES = 10  # measurement type, 8 bytes of time stamp, frame type (ble-wire 5.4)
AXES_BYTES = 6  # raw 16-bit x, y, z

Beat = tuple[int, tuple[int, ...]]  # bpm, RR in 1/1024 s


def _decode_beat(payload: bytes) -> Beat:
    """Heart Rate Measurement as an H10 sends it: flags, 8-bit bpm, RR to the end."""
    assert payload[0] & 0x09 == 0  # 8-bit heart rate, no energy
    n_intervals = (len(payload) - 2) // 2
    return payload[1], struct.unpack_from(f"<{n_intervals}H", payload, 2)


def _recorded_beats(recording: dict[str, Any]) -> list[Beat]:
    return [
        (
            event["heartRateBpm"],
            tuple(round(rr_ms * 1024 / 1000) for rr_ms in event["rrIntervalsMs"]),
        )
        for event in recording["metricEvents"]
    ]


def _places(stretch: bytes | list[Beat], whole: bytes | list[Beat], step: int) -> set[int]:
    """Which places of a looped recording this stretch of it covers; none if it isn't of it."""
    loop = whole + whole  # type: ignore[operator]
    n = len(stretch)
    for begin in range(0, len(whole), step):
        if loop[begin : begin + n] == stretch:
            return {place % len(whole) for place in range(begin, begin + n, step)}
    return set()


def _streams(archived: Streams, characteristic: str) -> list[list[bytes]]:
    return [payloads for (_, name), payloads in archived.items() if name == characteristic]


async def test_a1_the_whole_recording_arrives(rehearse: Rehearse, tmp_path: Path) -> None:
    verdict = await rehearse(SECONDS, n_straps=N_STRAPS, replay=H10_AT_REST)
    assert failed(verdict) == {}
    recording = json.loads(gzip.decompress(H10_AT_REST.read_bytes()))
    archived = read_archived(tmp_path)

    beats = _recorded_beats(recording)
    played = [
        _places([_decode_beat(payload) for payload in stream], beats, 1)
        for stream in _streams(archived, HEART_RATE_MEASUREMENT)
    ]
    assert all(played)
    assert set().union(*played) == set(range(len(beats)))

    samples = b"".join(struct.pack("<3h", *xyz) for xyz in recording["accelerometer"]["samples"])
    moved = [
        _places(b"".join(frame[PMD_HEAD_BYTES:] for frame in stream), samples, AXES_BYTES)
        for stream in _streams(archived, PMD_DATA)
    ]
    assert all(moved)
    assert set().union(*moved) == set(range(0, len(samples), AXES_BYTES))
