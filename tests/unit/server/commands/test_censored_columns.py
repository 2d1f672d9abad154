"""`<15.6` in a column of concentrations."""

from pathlib import Path

import numpy as np
import pytest

from server.commands.censored_columns import read_concentrations
from server.errors import SettingsError


def _write(folder: Path, cells: str) -> Path:
    path = folder / "p.csv"
    path.write_text(f"id,bdnf_pre,bdnf_post\n{cells}", encoding="utf-8")
    return path


def test_a_limit_is_no_value_and_is_kept_with_its_side(tmp_path: Path) -> None:
    path = _write(tmp_path, "P01,1,<15.6\nP02,2,30\nP03,3,> 2000\nP04,4,\n")
    numbers, censored = read_concentrations(path, ["bdnf_pre", "bdnf_post"])
    assert np.isnan(numbers["bdnf_post"]).tolist() == [True, False, True, True]
    assert {*censored} == {"bdnf_post"}
    assert censored["bdnf_post"].side.tolist() == [-1.0, 0.0, 1.0, 0.0]
    assert censored["bdnf_post"].limit.tolist()[::2] == [15.6, 2000.0]


@pytest.mark.parametrize("cell", ["<LLOQ", "<", "<0", ">-1", "<NA"])
def test_a_side_without_a_limit_is_refused_with_how_to_write_it(tmp_path: Path, cell: str) -> None:
    with pytest.raises(SettingsError, match=r"row 2: bdnf_post is .*write the limit after it"):
        read_concentrations(_write(tmp_path, f"P01,1,{cell}\n"), ["bdnf_post"])


def test_other_words_are_refused_as_everywhere(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="row 2: bdnf_post is 'low', not a number"):
        read_concentrations(_write(tmp_path, "P01,1,low\n"), ["bdnf_post"])
