"""One person's streams cut to her evening: each value once, each sample at one rate."""

import numpy as np

from server.dose.quantity import Missing
from server.dose.sensed.evening_times import Interval
from server.dose.sensed.heart_metrics import HeartTrace
from server.dose.sensed.heart_profile import UNKNOWN_PROFILE
from server.projection.person_dose import Trace
from server.projection.person_sensed import HerEvening, derive_sensed
from server.projection.person_streams import MovementPiece, PersonStreams
from server.projection.strap_heart import StrapHeart

ORIGIN_MS = 1_760_000_000_000
NS_PER_S = 1_000_000_000
NOTHING = np.empty(0, dtype=np.int64)


def evening(main_s: float) -> HerEvening:
    """Her main phase begins at the origin and takes so long."""
    return HerEvening(
        rest=None,
        warmup=None,
        main=[Interval(ORIGIN_MS, ORIGIN_MS + round(main_s * 1000))],
        sets={},
        stations={},
        origin_ms=ORIGIN_MS,
        silence=Missing.NO_DATA,
        profile=UNKNOWN_PROFILE,
        inputs_sha256="0" * 64,
    )


def heart(at_s: list[float], bpm: list[int]) -> StrapHeart:
    """Heart rates without beats."""
    return StrapHeart(
        "51ADA001",
        stamp(np.array(at_s)),
        np.array(bpm, dtype=np.int64),
        np.ones(len(bpm), dtype=np.bool_),
        NOTHING,
        NOTHING,
        np.empty(0, dtype=np.bool_),
    )


def moving(from_s: float, seconds: float, rate_hz: int) -> MovementPiece:
    """Upright and still."""
    n = round(seconds * rate_hz)
    samples = np.tile(np.array([-1000.0, 0.0, 0.0], dtype=np.float32), (n, 1))
    samples += np.arange(n, dtype=np.float32)[:, np.newaxis] % 7  # a sensor is never that still
    utc_ns = stamp(from_s + np.arange(n) / rate_hz)
    return MovementPiece("51ADA001", rate_hz, float(rate_hz), utc_ns, samples)


def stamp(at_s: np.ndarray) -> np.ndarray:
    return np.round(at_s * NS_PER_S).astype(np.int64) + ORIGIN_MS * 1_000_000


def cut(*hearts: StrapHeart, main_s: float = 60.0) -> HeartTrace:
    trace = derive_sensed(PersonStreams(hearts=list(hearts)), evening(main_s)).heart
    assert isinstance(trace, HeartTrace)
    return trace


def test_a_moment_that_two_gateways_heard_counts_once_and_is_the_firsts() -> None:
    trace = cut(heart([1, 2, 3, 4], [80, 81, 82, 83]), heart([2, 3, 5], [91, 92, 95]))
    assert trace.times_s.tolist() == [1, 2, 3, 4, 5]
    assert trace.hr_bpm.tolist() == [80, 81, 82, 83, 95]


def test_three_of_one_moment_at_either_edge_of_the_main_phase_are_one_inside_it() -> None:
    """The first value is in, and the end is out."""
    one = heart([-1, 0, 59, 60], [70, 80, 81, 82])
    trace = cut(one, heart([0, 59], [90, 91]), heart([0, 60], [99, 98]))
    assert trace.times_s.tolist() == [0, 59]
    assert trace.hr_bpm.tolist() == [80, 81]


def epochs_of(*pieces: MovementPiece) -> Trace:
    sensed = derive_sensed(PersonStreams(movement=list(pieces)), evening(90))
    return next(one for one in sensed.traces if one.name == "movement")


def test_only_samples_of_the_rate_that_most_have_are_measured() -> None:
    """60 s at 100 Hz are twelve epochs; 20 s at 50 Hz after it were not heard at that rate."""
    trace = epochs_of(moving(0, 60, 100), moving(60, 20, 50))
    assert trace.columns["t_s"].tolist() == [5.0 * n for n in range(12)]
    assert trace.columns["coverage"].tolist() == [1.0] * 12


def test_the_rate_of_most_samples_counts_also_where_it_came_second() -> None:
    trace = epochs_of(moving(0, 20, 50), moving(20, 60, 100))
    assert trace.columns["t_s"].tolist() == [20 + 5.0 * n for n in range(12)]


def test_of_two_rates_with_as_many_samples_the_faster_one_counts() -> None:
    """20 s at 100 Hz are as many samples as 40 s at 50 Hz."""
    trace = epochs_of(moving(0, 40, 50), moving(40, 20, 100))
    assert trace.columns["t_s"].tolist() == [40 + 5.0 * n for n in range(4)]


def test_the_slower_rate_counts_where_most_samples_have_it() -> None:
    trace = epochs_of(moving(0, 60, 50), moving(60, 10, 100))
    assert trace.columns["t_s"].tolist() == [5.0 * n for n in range(12)]
