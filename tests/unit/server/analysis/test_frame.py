"""The frame: its columns, its designs, and a hash of just what it says."""

import numpy as np
import pytest

from server.analysis.frame import Frame
from server.errors import MethodError

CODES = ("P01", "P02", "P03")
GROUP = ("control", "training", "training")


def make(order: tuple[int, ...] = (0, 1, 2), post: float = 5.0) -> Frame:
    columns = {"bdnf_pre": [1.0, 2.0, np.nan], "bdnf_post": [3.0, 4.0, post]}
    return Frame(
        tuple(CODES[place] for place in order),
        tuple(GROUP[place] for place in order),
        {name: np.array(column)[list(order)] for name, column in columns.items()},
    )


def test_the_order_of_rows_changes_no_hash() -> None:
    assert make((2, 0, 1)).sha256 == make().sha256


def test_one_number_changes_the_hash() -> None:
    assert make(post=5.000000000000001).sha256 != make().sha256


def test_a_design_takes_before_and_after() -> None:
    design = make().make_design("bdnf")
    assert (design.n, design.n_missing_pre, design.n_missing_post) == (3, 1, 0)


def test_what_is_missing_is_counted_by_column() -> None:
    told = make().describe()
    assert (told["n_control"], told["n_training"]) == (1, 2)
    assert told["columns"] == {"bdnf_post": {"n_missing": 0}, "bdnf_pre": {"n_missing": 1}}


def test_a_column_that_isnt_there_is_named() -> None:
    with pytest.raises(MethodError, match="no column gdnf_pre; the columns are: bdnf_pre"):
        make().make_design("gdnf")


def test_a_code_twice_is_refused() -> None:
    with pytest.raises(MethodError, match="P01"):
        Frame(("P01", "P01"), ("control", "training"), {})
