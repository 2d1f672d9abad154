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


def test_what_trouble_held_back_until_the_last_frames_need_not_have_been_shown() -> None:
    """As a night found: kills without a break to the end, and the page shown only after it."""
    frames = [_frame(-1, -1), _frame(20, 1)]
    seen_until_s = 20 - 5

    def unseen_s(since_s: float, to_s: float) -> list[int]:
        trouble = (START_NS + round(since_s * SECOND_NS), START_NS + round(to_s * SECOND_NS))
        found = measure_latency(_beats(6), frames, {STRAP: [trouble]}).unseen
        return [(value.monotonic_ns - START_NS) // SECOND_NS for value in found]

    assert unseen_s(3, 30) == [2]
    assert unseen_s(3, seen_until_s) == [2]
    assert unseen_s(3, seen_until_s - 0.1) == [2, 3, 4, 5]
