"""Golden values: online_measurement.pdf, figure 3, as the wire reference quotes it."""

import numpy as np

from firmware_sim.strap.delta_bytes import _pack, encode_delta


def test_packing_as_in_the_figure() -> None:
    """(-48,357,4068), (-52,364,4067), (-40,383,4053) with 8 bits."""
    samples = np.array([(-48, 357, 4068), (-52, 364, 4067), (-40, 383, 4053)], dtype=np.int64)
    assert _pack(np.diff(samples, axis=0), 8) == bytes.fromhex("fc07ff 0c13f2")
    assert encode_delta(samples, 200)[1][:6] == bytes.fromhex("d0ff6501e40f")


def test_odd_widths_fill_bytes_from_their_low_end() -> None:
    """1, -2, 3 in 3 bits: 001, 110, 011 from the low end are 0xF1, 0x00."""
    assert _pack(np.array([[1, -2, 3]], dtype=np.int64), 3) == bytes.fromhex("f100")


def test_blocks_are_as_wide_as_they_must_be() -> None:
    still = np.zeros((5, 3), dtype=np.int64)
    assert encode_delta(still, 200) == (5, bytes(6) + bytes.fromhex("0204") + bytes(3))


def test_what_does_not_fit_is_left() -> None:
    rng = np.random.default_rng(1)
    samples = rng.integers(-8000, 8000, (71, 3))
    count, content = encode_delta(samples, 219)
    assert 1 < count < 71
    assert len(content) <= 219
    assert encode_delta(samples, 10) == (1, content[:6])


def test_one_sample_is_its_own_reference() -> None:
    assert encode_delta(np.array([[1, 2, -1]], dtype=np.int64), 200) == (
        1,
        bytes.fromhex("01000200ffff"),
    )
