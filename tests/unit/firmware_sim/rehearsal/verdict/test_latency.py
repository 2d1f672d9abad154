"""From strap stamp to live frame."""

from firmware_sim.rehearsal.verdict.evidence import ArchivedValue, LiveFrame, SentValue
from firmware_sim.rehearsal.verdict.latency import measure_latency
from tests.unit.firmware_sim.rehearsal.evidence_by_hand import (
    FLIGHT_NS,
    SECOND_NS,
    START_NS,
    STRAP,
    kept_value,
    sent_value,
)


def _beats(n: int, payload: bytes = b"\x00\x46") -> list[tuple[SentValue, ArchivedValue]]:
    values = [sent_value(second, payload) for second in range(n)]
    return [(value, kept_value(value, seq)) for seq, value in enumerate(values)]


def _frame(arrived_s: float, newest_s: int) -> LiveFrame:
    stamp_ns = START_NS + newest_s * SECOND_NS + FLIGHT_NS
    return LiveFrame(START_NS + round(arrived_s * SECOND_NS), {STRAP: stamp_ns})


def test_the_first_frame_that_shows_a_value_or_a_newer_one_counts() -> None:
    frames = [_frame(-1, -2), _frame(0.5, 0), _frame(1.5, 0), _frame(2.5, 2), _frame(3.5, 2)]
    latency = measure_latency(_beats(3), frames)
    assert latency.delays_ms == [500.0, 500.0, 1500.0]  # 0 and 2 after 0.5 s, 1 with 2
    assert latency.percentile_ms(50) == 500.0
    assert latency.percentile_ms(99) == latency.percentile_ms(100) == 1500.0


def test_a_frozen_page_leaves_values_unseen() -> None:
    frames = [_frame(-1, -1), *(_frame(second + 0.5, 0) for second in range(10))]
    latency = measure_latency(_beats(10), frames)
    assert [value.monotonic_ns for value in latency.unseen] == [
        START_NS + second * SECOND_NS for second in range(1, 5)
    ]  # what was sent in the last 5 s need not have been shown


def test_no_contact_shows_no_heart_rate() -> None:
    frames = [_frame(-1, -1), _frame(20, -1)]
    assert measure_latency(_beats(5, b"\x00\x00"), frames).unseen == []
    assert measure_latency(_beats(5, b"\x01\x00\x00"), frames).unseen == []
    assert len(measure_latency(_beats(5, b"\x01\x00\x01"), frames).unseen) == 5


def test_no_frames_measure_nothing() -> None:
    latency = measure_latency(_beats(5), [])
    assert latency.percentile_ms(99) is None


WINDOW_NS = (START_NS, START_NS + 20 * SECOND_NS)


def _unseen_s(frames: list[LiveFrame]) -> list[int]:
    unseen = measure_latency(_beats(20), frames, WINDOW_NS).unseen
    return [(value.monotonic_ns - START_NS) // SECOND_NS for value in unseen]


def test_frames_that_end_early_leave_unseen_what_was_sent_after_them() -> None:
    """What counts is how long the rehearsal went on, not how long the page did."""
    frames = [_frame(second + 0.5, second) for second in range(20)]
    assert _unseen_s(frames) == []
    assert _unseen_s(frames[:5]) == list(range(5, 15))
    assert _unseen_s([]) == list(range(15))


def test_frames_that_begin_late_are_late_for_what_was_sent_before_them() -> None:
    latency = measure_latency(_beats(20), [_frame(12, 11), _frame(19.5, 19)], WINDOW_NS)
    assert len(latency.delays_ms) == 20
    assert latency.percentile_ms(100) == 12_000.0


def test_frames_after_the_window_show_what_was_sent_in_it() -> None:
    assert _unseen_s([_frame(0.5, 0), _frame(22, 14)]) == []
    assert _unseen_s([_frame(0.5, 0), _frame(22, 13)]) == [14]


def test_what_was_shown_before_the_window_counts_as_well() -> None:
    """Straps that stream while others are still waited for."""
    frames = [_frame(-0.5, -1), *(_frame(second + 0.5, second) for second in range(20))]
    late_window = (START_NS + 10 * SECOND_NS, WINDOW_NS[1])
    assert len(measure_latency(_beats(20), frames, late_window).delays_ms) == 20
