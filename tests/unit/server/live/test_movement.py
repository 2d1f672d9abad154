import tracemalloc

import pytest

from protocol.identifiers import BootId
from protocol.moments import ReceivedAt
from server.live.events import ActivitySeen, StrapKey
from server.live.movement import Movement, MovementFrame
from tests.unit.server.decoding.frame_bytes import head, raw_frame

KEY = ("gym", "8AA87D20")
FRAME_NS = 180_000_000  # 36 samples at 200 Hz
START_NS = 600_000_000_000_000_000
G_STEP = [(0, 0, 900), (0, 0, 1100)]


def movement(number: int, samples: list[tuple[int, int, int]], form: int = 1) -> MovementFrame:
    content = raw_frame(samples, 1)[10:]
    payload = head(form, START_NS + number * FRAME_NS) + content
    return MovementFrame(KEY, ReceivedAt(BootId("b"), number * FRAME_NS, 0), payload)


def activity_of(
    meter: Movement, frames: list[MovementFrame]
) -> tuple[dict[StrapKey, ActivitySeen], int]:
    events, n_refused = meter.project(frames)
    return {key: event for key, event in events if isinstance(event, ActivitySeen)}, n_refused


def measure_mg(*frames: MovementFrame, meter: Movement | None = None) -> float:
    seen, n_refused = activity_of(meter or Movement(), list(frames))
    assert n_refused == 0
    assert seen[KEY].received == frames[-1].received
    return seen[KEY].activity_mg


def test_mad_by_hand() -> None:
    """Magnitudes 900 and 1100 mg about 1000: each is 100 mg away."""
    assert measure_mg(movement(1, G_STEP)) == pytest.approx(100)


def test_a_strap_at_rest_moves_nothing_however_it_is_worn() -> None:
    assert measure_mg(movement(1, [(600, 0, 800)] * 36)) == pytest.approx(0)


def test_only_the_last_second_counts() -> None:
    wild = [movement(n, G_STEP * 18) for n in range(10)]
    quiet = [movement(n, [(0, 0, 1000)] * 36) for n in range(10, 16)]
    meter = Movement()
    assert measure_mg(*wild, meter=meter) == pytest.approx(100)
    assert measure_mg(*quiet, meter=meter) == pytest.approx(0)


def test_a_clock_that_is_set_starts_a_new_second() -> None:
    meter = Movement()
    measure_mg(movement(10, G_STEP), meter=meter)
    assert measure_mg(movement(5, [(0, 0, 1000)]), meter=meter) == pytest.approx(0)


def test_compressed_counts_wait_for_their_factor() -> None:
    frame = movement(1, [(0, 0, 4000)], form=0x80)
    meter = Movement()
    assert meter.project([frame]) == ([], 0)
    meter.set_factor(KEY, 0.000244)
    assert measure_mg(frame, meter=meter) == pytest.approx(0)


def test_compressed_type_1_is_mg_times_its_factor() -> None:
    block = bytes([16, 1]) + (200).to_bytes(2, "little") + bytes(4)
    payload = head(0x81, START_NS) + bytes([0xE8, 3, 0, 0, 0, 0]) + block  # 1000, then 1200
    frame = MovementFrame(KEY, ReceivedAt(BootId("b"), 1, 0), payload)
    meter = Movement()
    assert measure_mg(frame, meter=meter) == pytest.approx(100)
    meter.set_factor(KEY, 2.0)
    assert measure_mg(frame, meter=meter) == pytest.approx(200)


def test_an_unreadable_frame_is_counted_and_the_rest_measured() -> None:
    broken = MovementFrame(KEY, ReceivedAt(BootId("b"), 1, 0), head(0x33))
    seen, n_refused = activity_of(Movement(), [broken, movement(1, G_STEP)])
    assert n_refused == 1
    assert seen[KEY].activity_mg == pytest.approx(100)


def test_c4_an_upload_made_to_be_large_takes_little_memory() -> None:
    """Each frame of 24 bytes announces 1021 samples, all within one nanosecond."""
    content = bytes(6) + bytes([0, 255]) * 4
    frames = [
        MovementFrame(KEY, ReceivedAt(BootId("b"), n, 0), head(0x81, START_NS + n) + content)
        for n in range(1000)
    ]
    tracemalloc.start()
    try:
        _, n_refused = Movement().project(frames)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert n_refused == 0
    assert peak_bytes < 12_000_000
