import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import signal

from server.dose.movement.counts.filters import (
    BAND_DENOMINATOR,
    BAND_NUMERATOR,
    FILTER_HZ,
    RATIOS,
    StepFilter,
)
from server.dose.movement.counts.halving import Halving


def wave(n: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    at = np.arange(n) / 15
    return np.stack([np.sin(at), 0.3 * np.cos(at), 1 + 0.1 * np.sin(at / 3)], axis=1)


@pytest.mark.parametrize("rate_hz", RATIOS)
@settings(max_examples=30)
@given(cuts=st.lists(st.integers(1, 120), max_size=8))
def test_blocks_give_the_same_steps_as_the_whole(rate_hz: int, cuts: list[int]) -> None:
    samples_g, parts, blocks = wave(600), StepFilter(rate_hz), []
    at = 0
    for n in [*cuts, 600]:
        blocks.append(parts.add(samples_g[at : at + n]))
        at += n
    whole = StepFilter(rate_hz).add(samples_g)
    assert np.concatenate(blocks).tolist() == whole.tolist()


def test_a_strap_at_rest_in_any_position_makes_no_steps() -> None:
    still = np.tile((0.6, -0.8, 0.0), (3000, 1))
    assert not StepFilter(100).add(still).any()


def test_the_band_passes_what_the_paper_says() -> None:
    """Neishabouri 2022: half power at 0.29 and 1.63 Hz."""
    edges_hz = np.array([0.29, 0.8, 1.63])
    _, response = signal.freqz(BAND_NUMERATOR, BAND_DENOMINATOR, worN=edges_hz, fs=FILTER_HZ)
    low, peak, high = np.abs(response)
    assert low / peak == pytest.approx(0.5**0.5, abs=0.12)
    assert high / peak == pytest.approx(0.5**0.5, abs=0.12)


@given(st.lists(st.integers(1, 80), max_size=8))
def test_halving_by_blocks_keeps_every_second_sample_in_its_place(cuts: list[int]) -> None:
    samples, parts, blocks = wave(400), Halving(), []
    at = 0
    for n in [*cuts, 400]:
        blocks.append(parts.add(samples[at : at + n]))
        at += n
    halved = np.concatenate([*blocks, parts.finish()])
    assert len(halved) == 200
    assert halved[20:-20] == pytest.approx(samples[::2][20:-20], abs=0.003)


def test_halving_takes_off_what_100_hz_cannot_hold() -> None:
    fast = np.tile(np.sin(2 * np.pi * 65 * np.arange(2000) / 200)[:, None], (1, 3))
    assert np.abs(Halving().add(fast)[60:]).max() < 0.002
