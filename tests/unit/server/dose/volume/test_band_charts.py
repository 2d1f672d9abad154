"""The two charts, against newtons and differences that the study's design states."""

import pytest

from server.dose.volume.band_charts import LEVELS, MAKER, OLDER

COLOURS = ("tan", "yellow", "red", "green", "blue", "black", "silver", "gold")
# dose-metrics.md point 3, rows "N" and "N 200%", rounded there to a tenth.
N_AT_100 = (10.7, 13.3, 16.5, 20.5, 25.8, 32.5, 45.4, 63.2)
N_AT_200 = (15.1, 19.1, 24.5, 29.8, 38.3, 45.4, 68.1, 94.7)


@pytest.mark.parametrize(("elongation_pct", "row"), [(100, N_AT_100), (200, N_AT_200)])
def test_the_maker_s_newtons(elongation_pct: float, row: tuple[float, ...]) -> None:
    found = [MAKER.find_force_n(colour, elongation_pct) for colour in COLOURS]
    assert found == pytest.approx(list(row), abs=0.051)


def test_the_charts_differ_by_3_to_52_percent_at_100() -> None:
    ratios = [OLDER.lbf[colour][2] / MAKER.lbf[colour][0] for colour in OLDER.lbf]
    differences = sorted(round(100 * abs(ratio - 1)) for ratio in ratios)
    assert (differences[0], differences[-1]) == (3, 52)


def test_the_older_chart_has_every_printed_number() -> None:
    """Y/R/G/B/Bk/S/Gold at 25, 50, 100, 150, 200 and 250 %, column by column of the design."""
    columns = (
        "1.1/1.5/2.0/2.8/3.6/5.0/7.9", "1.8/2.6/3.2/4.6/6.3/8.5/13.9",
        "2.9/3.9/5.0/7.1/9.7/13.2/21.6", "3.9/4.9/6.5/9.1/12.3/17.1/27.5",
        "4.8/5.9/7.9/11.1/14.8/21.0/33.4", "5.8/7.0/9.6/13.3/17.6/25.3/40.1",
    )  # fmt: skip
    printed = [[float(one) for one in column.split("/")] for column in columns]
    assert [list(column) for column in zip(*OLDER.lbf.values(), strict=True)] == printed


def test_levels_are_an_order() -> None:
    assert sorted(LEVELS, key=LEVELS.__getitem__) == ["red", "green", "blue", "black"]
