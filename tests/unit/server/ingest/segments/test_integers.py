import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.ingest.segments.integers import compress, decompress, pack_integers, unpack_integers

INT64 = st.integers(-(2**63), 2**63 - 1)


@given(st.lists(INT64, max_size=50))
def test_any_numbers_come_back(numbers: list[int]) -> None:
    values = np.array(numbers, dtype=np.int64)
    assert unpack_integers(pack_integers(values)).tolist() == numbers


@pytest.mark.parametrize("step", [1, 127, 128, 2**15, 2**31, 2**62])
def test_the_edges_of_each_width(step: int) -> None:
    values = np.array([0, step, 0, -step, 0, -step - 1], dtype=np.int64)
    assert unpack_integers(pack_integers(values)).tolist() == values.tolist()


def test_a_column_that_goes_up_evenly_is_almost_nothing() -> None:
    even = np.arange(100_000, dtype=np.int64) * 180_000_000
    assert len(pack_integers(even)) < 200


@pytest.mark.parametrize(
    "packed",
    [b"", b"\x01" * 10, pack_integers(np.arange(9))[:-1], pack_integers(np.arange(9))[:17]],
)
def test_what_is_no_column_is_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match="column"):
        unpack_integers(packed)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    """zstd makes 300 MB of zeros of some ten thousand bytes."""
    with pytest.raises(ValueError, match="larger than any segment"):
        decompress(compress(bytes(300 * 1024 * 1024)))
