"""Raw forms at the edges of their widths."""

import pytest

from server.decoding.raw import decode_raw_frames
from tests.unit.server.decoding.frame_bytes import raw_frame


@pytest.mark.parametrize("form", [0, 1, 2])
def test_extremes_of_every_width(form: int) -> None:
    top = (1 << (8 * (form + 1) - 1)) - 1
    frame = raw_frame([(top, -top - 1, 0), (-1, 1, top)], form)
    samples, n_samples, left_over = decode_raw_frames(frame, len(frame), form)
    assert samples.tolist() == [[top, -top - 1, 0], [-1, 1, top]]
    assert (n_samples, left_over) == (2, False)


def test_bytes_of_a_part_of_a_sample_are_left_over() -> None:
    samples, n_samples, left_over = decode_raw_frames(raw_frame([(1, 2, 3)]) + b"\7", 17, 1)
    assert samples.tolist() == [[1, 2, 3]]
    assert (n_samples, left_over) == (1, True)
