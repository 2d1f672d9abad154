"""Runs without holes, compared with a plain set of numbers."""

from hypothesis import given
from hypothesis import strategies as st

from server.ingest.domain.coverage import Coverage

STRETCHES = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 12)).map(lambda t: (t[0], t[0] + t[1])),
    max_size=25,
)


def _numbers(stretches: list[tuple[int, int]]) -> set[int]:
    return {number for first, last in stretches for number in range(first, last + 1)}


@given(STRETCHES)
def test_coverage_is_the_set_of_its_numbers(stretches: list[tuple[int, int]]) -> None:
    coverage = Coverage(stretches)
    assert _numbers(list(coverage.runs)) == _numbers(stretches)
    ends = [number for run in coverage.runs for number in run]
    assert ends == sorted(ends)
    assert all(
        later[0] > earlier[1] + 1
        for earlier, later in zip(coverage.runs, coverage.runs[1:], strict=False)
    )


@given(STRETCHES, st.integers(1, 75), st.integers(0, 10))
def test_overlaps_says_whether_any_number_is_stored(
    stretches: list[tuple[int, int]], first: int, length: int
) -> None:
    stored = _numbers(stretches)
    wanted = bool(stored & set(range(first, first + length + 1)))
    assert Coverage(stretches).overlaps(first, first + length) is wanted


@given(STRETCHES)
def test_watermark_is_the_last_number_before_the_first_hole(
    stretches: list[tuple[int, int]],
) -> None:
    stored = _numbers(stretches)
    watermark = Coverage(stretches).watermark
    assert set(range(1, watermark + 1)) <= stored
    assert watermark + 1 not in stored


def test_watermark_of_nothing_is_zero() -> None:
    assert Coverage().watermark == 0
    assert Coverage([(2, 9)]).watermark == 0
