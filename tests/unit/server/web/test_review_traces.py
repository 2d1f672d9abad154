"""Traces as JSON and words: what doesn't count says so, what is missing is null."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.web.review_traces import (
    find_counting,
    find_origin,
    tell_range,
    view_gaps,
    view_heart,
    view_movement,
    view_origins,
)

ORIGIN_MS = 1_795_802_700_000  # 2026-11-27 18:05 UTC


def make_gaps(*rows: tuple[str, float, float, str, str]) -> dict[str, np.ndarray]:
    names = ("stream", "from_s", "until_s", "cause", "detail")
    kinds = (np.str_, np.float64, np.float64, np.str_, np.str_)
    columns = zip(*rows, strict=True) if rows else [[]] * len(names)
    return {name: np.array(list(column), dtype=kind)
            for name, kind, column in zip(names, kinds, columns, strict=True)}  # fmt: skip


def make_heart(*bpm: float) -> dict[str, np.ndarray]:
    return {
        "t_s": np.arange(len(bpm), dtype=np.float64),
        "hr_bpm": np.array(bpm, dtype=np.float32),
        "verdict": np.zeros(len(bpm), dtype=np.uint8),
        "t_error_s": np.ones(len(bpm), dtype=np.float32),
    }


NO_CONTACT = ("heart", 1.0, 4.0, "no_contact", "")


def test_values_inside_a_gap_of_the_heart_do_not_count_and_its_ends_do() -> None:
    gaps = make_gaps(NO_CONTACT, ("movement", 4.5, 5.5, "lost", ""))
    told = view_heart(make_heart(100, 101, 60, 60, 104, 105), gaps)
    assert told == {
        "t_s": [0, 1, 2, 3, 4, 5],
        "hr_bpm": [100, 101, 60, 60, 104, 105],
        "counts": [True, True, False, False, True, True],
        "t_error_s": 1.0,
    }


def test_origins_say_which_strap_each_stretch_comes_from() -> None:
    origins = {
        "stream": np.array(["heart", "movement"]),
        "from_s": np.array([0.0, 1.5]),
        "until_s": np.array([60.0, 61.0]),
        "strap": np.array(["8AA87D01", "8AA87D02"]),
    }
    assert view_origins(origins, ORIGIN_MS, {"8AA87D01": "07"}) == [
        {"stream": "heart", "begins": "2026-11-27T18:05:00.000Z",
         "ends": "2026-11-27T18:06:00.000Z", "serial": "8AA87D01", "label": "07"},
        {"stream": "movement", "begins": "2026-11-27T18:05:01.500Z",
         "ends": "2026-11-27T18:06:01.000Z", "serial": "8AA87D02", "label": ""},
    ]  # fmt: skip
    assert view_origins(None, ORIGIN_MS, {}) == []


def test_a_trace_that_begins_or_ends_in_a_gap_has_no_end_there_that_counts() -> None:
    gaps = make_gaps(("heart", 0.0, 2.0, "no_contact", ""), ("heart", 4.0, 5.0, "flat", ""))
    counts = find_counting(make_heart(*range(6)), gaps)
    assert counts.tolist() == [False, False, True, True, True, False]


def test_what_is_refused_neither_counts_nor_is_in_the_range() -> None:
    """2 and 1 as in server.dose.heart.quality.Verdict: out of range, no value."""
    heart = make_heart(100, 255, 104, 20, 0)
    heart["verdict"] = np.array([0, 2, 0, 2, 1], dtype=np.uint8)
    counts = find_counting(heart, None)
    assert counts.tolist() == [True, False, True, False, False]
    assert tell_range(heart, counts, 0, 5) == "heart rate 100 to 104 bpm"


def test_without_gaps_everything_counts() -> None:
    assert find_counting(make_heart(80, 81, 82), None).all()
    assert len(find_counting(make_heart(), make_gaps(NO_CONTACT))) == 0


@given(
    st.lists(st.floats(0, 1000), min_size=1, max_size=30, unique=True),
    st.floats(0, 1000),
    st.floats(0, 500),
)
def test_nothing_in_the_middle_of_a_gap_counts(
    times: list[float], from_s: float, length_s: float
) -> None:
    times_s = np.array(sorted(times))
    gaps = make_gaps(("heart", from_s, from_s + length_s, "silence", ""))
    inside = (times_s > from_s + 1e-3) & (times_s < from_s + length_s - 1e-3)
    heart = {"t_s": times_s, "verdict": np.zeros(len(times_s), dtype=np.uint8)}
    assert not find_counting(heart, gaps)[inside].any()


def test_what_was_worked_out_before_the_clock_ran_counts_from_1970() -> None:
    early = {"t_s": np.array([1.795e9, 1.795e9 + 1])}
    later = {"t_s": np.array([-300.0, -299.0])}
    gap = make_gaps(("heart", 1.795e9, 1.795e9 + 9, "silence", ""))
    assert find_origin(ORIGIN_MS, later) == find_origin(ORIGIN_MS, None, later) == ORIGIN_MS
    assert find_origin(ORIGIN_MS, early) == find_origin(ORIGIN_MS, None, gap) == 0
    assert find_origin(ORIGIN_MS, None, make_gaps()) == ORIGIN_MS


def test_missing_epochs_are_null_and_never_zero() -> None:
    movement = {
        "t_s": np.array([0.0, 5.0]),
        "mad_mg": np.array([12.346, np.nan], dtype=np.float32),
        "enmo_mg": np.array([3.0, np.nan], dtype=np.float32),
        "coverage": np.array([1.0, 0.0], dtype=np.float32),
    }
    assert view_movement(movement) == {
        "t_s": [0.0, 5.0], "mad_mg": [12.35, None], "enmo_mg": [3.0, None], "coverage": [1.0, 0.0],
    }  # fmt: skip
    assert view_movement(None) is None
    assert view_heart(None, None) is None


def test_a_gap_has_its_times_and_its_cause_in_words() -> None:
    row = ("heart", -60.0, 30.5, "declared", "link_lost")
    (gap,) = view_gaps(make_gaps(row), ORIGIN_MS)
    assert (gap.begins, gap.ends) == ("2026-11-27T18:04:00.000Z", "2026-11-27T18:05:30.500Z")
    assert (gap.kind, gap.detail, gap.stream) == ("declared", "link_lost", "heart")
    assert gap.words == "Heart rate unknown: out of reach, off or asleep"
    (other,) = view_gaps(make_gaps(("movement", 0.0, 1.0, "brand_new", "")), ORIGIN_MS)
    assert other.words == "Movement unknown: brand new"
    assert view_gaps(None, ORIGIN_MS) == []


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ((0, 3), "heart rate 100 to 101 bpm"),  # 60 lies in the gap
        ((4, 6), "heart rate 104 to 105 bpm"),
        ((2, 4), "no heart rate that counts"),
        ((5, 5), "no heart rate that counts"),
    ],
)
def test_the_range_of_a_set_is_of_values_that_count(span: tuple[float, float], words: str) -> None:
    heart = make_heart(100, 101, 60, 60, 104, 105)
    counts = find_counting(heart, make_gaps(NO_CONTACT))
    assert tell_range(heart, counts, *span) == words
    assert tell_range(None, counts, *span) == ""
