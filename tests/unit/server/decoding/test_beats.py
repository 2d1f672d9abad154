"""Where beats lie: against hand-made arrivals, simulated hearts with known beats, a real H10."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware_sim.strap.simulated_wearer import Session, draw_body
from server.decoding.beats import HR_TIME_ERROR_S, BeatLine, lay_out_beats
from server.decoding.contact import HeardHeartRate
from server.decoding.gap_ledger import Gap, GapCause
from tests.recorded_heart_rates import heart_rate, read_heard

SECOND_NS = 1_000_000_000
START_NS = 5_000 * SECOND_NS
TICK_S = 1 / 1024
LOSSES_S = (300, 720)


def _steady(n: int, late_s: float = 0.1) -> list[HeardHeartRate]:
    """A beat a second, on the second, each told `late_s` after it."""
    late_ns = round(late_s * SECOND_NS)
    return [HeardHeartRate((at + 1) * SECOND_NS + late_ns, heart_rate(1024)) for at in range(n)]


def _instants_s(line: BeatLine) -> list[float]:
    return [int(each) / SECOND_NS for each in line.instants_ns]


def test_the_quickest_notification_places_all_and_intervals_space_them() -> None:
    heard = [
        HeardHeartRate(10_300_000_000, heart_rate(1024, 512)),
        HeardHeartRate(11_050_000_000, heart_rate()),
        HeardHeartRate(11_900_000_000, heart_rate(1024)),  # 0.4 s late at the most
        HeardHeartRate(12_100_000_000, heart_rate(513)),
    ]
    line = lay_out_beats(heard)
    # sums: 1, 1.5, 2.5, 3.0009765625 s; arrivals less the last sum: 8.8, 9.4, 9.0990234375
    assert line.instants_ns.tolist() == [
        9_800_000_000,
        10_300_000_000,
        11_300_000_000,
        11_800_976_562,
    ]
    assert line.rr_ticks.tolist() == [1024, 512, 1024, 513]
    assert line.places.tolist() == [0, 0, 2, 3]
    assert line.begins_run.tolist() == [True, False, False, False]
    assert line.gaps == ()


def test_no_beats_are_no_line() -> None:
    for heard in ([], [HeardHeartRate(1, heart_rate())], [HeardHeartRate(1, heart_rate(0))]):
        line = lay_out_beats(heard)
        assert (line.instants_ns.tolist(), line.begins_run.tolist(), line.gaps) == ([], [], ())


def test_arrivals_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="order of their arrival"):
        lay_out_beats([HeardHeartRate(2, heart_rate(800)), HeardHeartRate(1, heart_rate(800))])


def test_a_hole_in_the_beats_is_a_gap_of_its_length() -> None:
    heard = _steady(60)
    line = lay_out_beats([*heard[:30], *heard[37:]])
    # Seven beats are lost, at 31 to 37 s: the 30th is known, and the 38th's interval from 37 on.
    assert line.gaps == (Gap(30_100_000_000, 37_100_000_000, GapCause.BEATS_MISSING),)
    assert np.flatnonzero(line.begins_run).tolist() == [0, 30]
    assert _instants_s(line)[29:31] == pytest.approx([30.1, 38.1])


def test_a_burst_after_a_stall_of_the_radio_is_no_gap() -> None:
    """Everything of six seconds comes at once: late, and all there."""
    heard = _steady(60)
    stalled = [
        HeardHeartRate(max(each.arrival_ns, 37_000_000_000), each.measurement)
        if 30 <= place < 36
        else each
        for place, each in enumerate(heard)
    ]
    line = lay_out_beats(stalled)
    assert line.gaps == ()
    assert _instants_s(line) == pytest.approx([at + 1.1 for at in range(60)])


def test_a_burst_at_the_beginning_is_no_gap_either() -> None:
    heard = _steady(60)
    late = [HeardHeartRate(6 * SECOND_NS, each.measurement) for each in heard[:5]]
    line = lay_out_beats([*late, *heard[5:]])
    assert line.gaps == ()
    assert _instants_s(line) == pytest.approx([at + 1.1 for at in range(60)])


def test_beats_that_come_twice_are_told() -> None:
    heard = _steady(60)
    twice = [
        HeardHeartRate(each.arrival_ns, heart_rate(1024, 1024, 1024)) if place == 30 else each
        for place, each in enumerate(heard)
    ]
    line = lay_out_beats(twice)
    (gap,) = line.gaps
    assert (gap.cause, gap.duration_ns) == (GapCause.BEATS_REPEATED, 0)
    assert int(line.begins_run.sum()) == 2
    assert _instants_s(line)[-1] == pytest.approx(60.1)


@given(
    st.lists(st.integers(min_value=300, max_value=1800), min_size=1, max_size=200),
    st.integers(min_value=0, max_value=2**32),
)
def test_every_beat_is_kept_and_spaced_as_the_strap_measured(ticks: list[int], seed: int) -> None:
    rng = random.Random(seed)
    at_s = 0.0
    heard: list[HeardHeartRate] = []
    for each in ticks:
        at_s += each * TICK_S
        arrival_ns = round((at_s + rng.uniform(0.0, 0.9)) * SECOND_NS)
        arrival_ns = max(arrival_ns, heard[-1].arrival_ns if heard else 0)
        heard.append(HeardHeartRate(arrival_ns, heart_rate(each)))
    line = lay_out_beats(heard)
    assert line.rr_ticks.tolist() == ticks
    follows = ~line.begins_run[1:]
    spaced_ns = np.diff(line.instants_ns)[follows]
    assert np.abs(spaced_ns - line.rr_ticks[1:][follows] * 1e9 * TICK_S).max(initial=0) <= 1
    assert (line.instants_ns <= [each.arrival_ns for each in heard]).all()


def test_a_real_h10_has_no_drift() -> None:
    """Its radio as it was; and one known only to 0.56 s, over ten minutes with ectopic beats."""
    for name, n_beats, at_most_s in (("h10-polarstream", 85, 1.4), ("h10-pvc", 798, 2.2)):
        heard = read_heard(name)
        line = lay_out_beats(heard)
        assert (len(line.rr_ticks), line.gaps) == (n_beats, ())
        arrivals_ns = np.array([each.arrival_ns for each in heard])[line.places]
        late_s = (arrivals_ns - line.instants_ns) / SECOND_NS
        assert 0 <= late_s.min() <= late_s.max() < at_most_s


def _simulate(seed: int, minutes: int) -> tuple[list[HeardHeartRate], list[float]]:
    """A simulated wearer's reports over a radio, and the true seconds of the reported beats.

    The radio takes 15 to 120 ms, and one report in 25 waits for up to 4 s with all that follow it;
    none of those before a loss of the tests below.
    """
    body = draw_body(seed, 0, START_NS, Session())
    rng = random.Random(seed)
    reported_ticks = 0
    heard: list[HeardHeartRate] = []
    beats_s: list[float] = []
    blocked_ns = 0
    for second in range(1, minutes * 60):
        at_ns = START_NS + second * SECOND_NS
        ticks = body.heart.beats_until(at_ns)
        for each in ticks:
            reported_ticks += each
            beats_s.append(reported_ticks * TICK_S)
        waits = rng.random() < 0.04 and not any(-8 <= second - at <= 0 for at in LOSSES_S)
        wait_s = rng.uniform(0.0, 4.0) if waits else rng.uniform(0.015, 0.12)
        blocked_ns = max(blocked_ns, at_ns + round(wait_s * SECOND_NS))
        heard.append(HeardHeartRate(blocked_ns, heart_rate(*ticks)))
    return heard, beats_s


@pytest.mark.parametrize("seed", range(1, 9))
def test_simulated_beats_are_found_where_they_were(seed: int) -> None:
    heard, beats_s = _simulate(seed, minutes=20)
    line = lay_out_beats(heard)
    assert line.gaps == ()
    error_s = (line.instants_ns - START_NS) / SECOND_NS - np.array(beats_s)
    assert np.abs(error_s).max() < HR_TIME_ERROR_S
    assert np.ptp(error_s) < 1e-6  # one place for all: what is between two beats is exact


def _lose(
    heard: list[HeardHeartRate], beats_s: list[float], lost: list[int]
) -> tuple[list[HeardHeartRate], list[float]]:
    """The same without the reports of some seconds; the first report is that of second 1."""
    kept, kept_s, at = [], [], 0
    for second, each in enumerate(heard, start=1):
        n = len(each.measurement.rr_ticks)
        if second not in lost:
            kept.append(each)
            kept_s += beats_s[at : at + n]
        at += n
    return kept, kept_s


@pytest.mark.parametrize("seed", range(1, 9))
def test_what_the_link_lost_is_found_and_moves_no_beat_after_it(seed: int) -> None:
    """Reports from 5:00 to 5:07 and from 12:00 to 12:02 never come."""
    heard, beats_s = _simulate(seed, minutes=20)
    kept, kept_s = _lose(heard, beats_s, [*range(300, 308), *range(720, 723)])
    line = lay_out_beats(kept)
    error_s = (line.instants_ns - START_NS) / SECOND_NS - np.array(kept_s)
    assert [gap.cause for gap in line.gaps] == [GapCause.BEATS_MISSING] * 2
    assert np.abs(error_s).max() < HR_TIME_ERROR_S
    for gap, (from_s, to_s) in zip(line.gaps, ((299, 307), (719, 722)), strict=True):
        assert (gap.from_ns - START_NS) / SECOND_NS == pytest.approx(from_s, abs=1.5)
        assert (gap.to_ns - START_NS) / SECOND_NS == pytest.approx(to_s, abs=1.5)


def test_a_notification_that_waited_before_a_long_loss_stays_before_it() -> None:
    heard = _steady(60)
    waited = HeardHeartRate(32_500_000_000, heard[29].measurement)  # 2.4 s later than the others
    line = lay_out_beats([*heard[:29], waited, *heard[40:]])
    assert np.flatnonzero(line.begins_run).tolist() == [0, 30]
    assert _instants_s(line)[29:31] == pytest.approx([30.1, 41.1])


def test_a_loss_that_the_gateway_knows_of_begins_a_run_however_short_it_was() -> None:
    heard = _steady(60)
    kept = [*heard[:30], *heard[31:]]
    assert lay_out_beats(kept).gaps == ()  # a second is within what notifications differ by
    line = lay_out_beats(kept, [31_500_000_000])
    assert line.gaps == (Gap(30_100_000_000, 31_100_000_000, GapCause.BEATS_MISSING),)
    assert _instants_s(line)[30] == pytest.approx(32.1)
