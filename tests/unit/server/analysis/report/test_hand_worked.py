"""The tables of a report on six participants, against numbers worked out by hand.

pre  control 1 2 3, training 1 2 3; post  control 2 2 5, training 8 9 10. Means of pre are 2 and
2, of post 3 and 9; within the arms, Sxy = 3 + 2 = 5 and Sxx = 2 + 2 = 4, so the slope is 5/4 and,
with equal baselines, the adjusted difference is 9 - 3 = 6. Residual sum of squares: Syy = 6 + 2,
less 25/4, is 7/4 on 3 degrees of freedom, so s2 = 7/12 and the error is sqrt(7/12 * 2/3).
"""

import math

import numpy as np
import pytest

from server.analysis.frame import Frame
from server.analysis.plan import AnalysisPlan
from server.analysis.report.content import Content
from server.analysis.report.document import Document, Grid
from server.analysis.report.writing import write_document
from server.analysis.running import run_analysis

PRE = [1.0, 2.0, 3.0, 1.0, 2.0, 3.0]
POST = [2.0, 2.0, 5.0, 8.0, 9.0, 10.0]
SE = math.sqrt(7 / 12 * 2 / 3)
T_975_3 = 3.182446  # R 4.2.2: qt(.975, 3)


@pytest.fixture(scope="module")
def document() -> Document:
    codes = tuple(f"P{n:02d}" for n in range(1, 7))
    group = ("control",) * 3 + ("training",) * 3
    plan = AnalysisPlan(
        outcomes=("bdnf", "gdnf"), baseline=("height_cm",), baseline_categories=("dmt",),
        permutations=1_000, bootstrap=1_000,
    )  # fmt: skip
    columns = {
        "bdnf_pre": np.array(PRE), "bdnf_post": np.array(POST), "gdnf_pre": np.array(PRE),
        "gdnf_post": np.full(6, 5.0), "height_cm": np.array(PRE) + 160,
    }  # fmt: skip
    words = {"dmt": ("none", "none", "other", "none", None, "interferon_beta")}
    frame = Frame(codes, group, columns, words)
    analysis = run_analysis(frame, plan)
    units = {"bdnf": "pg/mL"}
    return write_document(Content(frame, plan, analysis, None, None, {"scipy": "1"}, units))


def grid(document: Document, caption: str) -> Grid:
    return next(
        block
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Grid) and block.caption.startswith(caption)
    )


def cell(found: Grid, row: int, column: str) -> str:
    return found.rows[row][found.head.index(column)]


def test_arms_stand_under_their_own_names(document: Document) -> None:
    found = grid(document, "Before and after")
    assert found.rows[0][1:] == (
        "training", "3", "2.000 \u00b1 1.000", "9.000 \u00b1 1.000", "7.000 \u00b1 0.000",
    )  # fmt: skip
    # control: posts 2, 2, 5 have variance 3; changes 1, 0, 2 have SD 1
    assert found.rows[1][1:] == (
        "control", "3", "2.000 \u00b1 1.000", "3.000 \u00b1 1.732", "1.000 \u00b1 1.000",
    )  # fmt: skip


def test_the_primary_table_has_the_adjusted_difference_and_its_interval(
    document: Document,
) -> None:
    found = grid(document, "ANCOVA")
    assert cell(found, 0, "difference") == "6.000"
    low, high = 6 - T_975_3 * SE, 6 + T_975_3 * SE
    assert cell(found, 0, "95 % interval") == f"[{low:.3f}, {high:.3f}]"
    assert cell(found, 0, "95 % interval, HC3") != cell(found, 0, "95 % interval")
    f = (6 / SE) ** 2
    assert cell(found, 0, "F (df)") == f"{f:.2f} (1, 3)"
    # R 4.2.2: pf(92.5714285714, 1, 3, lower.tail = FALSE) is 0.00238297; Holm's is twice it, as the
    # other outcome of the plan, which is constant, counts with 1
    assert cell(found, 0, "p") == "0.002"
    assert cell(found, 0, "p, Holm") == "0.005"


def test_adjusted_means_are_of_their_arms(document: Document) -> None:
    found = grid(document, "Beside it.")
    assert cell(found, 0, "adjusted mean, training") == "9.000"
    assert cell(found, 0, "adjusted mean, control") == "3.000"
    assert cell(found, 0, "slope of pre") == "1.250"


def test_the_baseline_table_has_each_arm_in_its_column(document: Document) -> None:
    found = grid(document, "Participants at baseline.")
    assert cell(found, 1, "training") == "2.000 \u00b1 1.000 (n = 3)"
    assert cell(found, 1, "control") == "2.000 \u00b1 1.000 (n = 3)"
    assert cell(found, 1, "standardised difference") == "0.000"
    assert found.rows[0][0] == "Height (cm)"
    assert found.rows[1][0] == "BDNF before (pg/mL)"


def test_words_at_baseline_are_counted_in_each_arm_under_their_labels(document: Document) -> None:
    rows = grid(document, "Participants at baseline.").rows[-4:]
    assert rows[0][:3] == ("Disease-modifying therapy", "(n = 2)", "(n = 3)")
    assert [row[:3] for row in rows[1:]] == [
        ("\u2003interferon beta", "1 (50 %)", "0 (0 %)"),
        ("\u2003none", "1 (50 %)", "2 (67 %)"),
        ("\u2003another one", "0 (0 %)", "1 (33 %)"),
    ]


def test_welch_is_training_minus_control(document: Document) -> None:
    found = grid(document, "Training minus control")
    rows = [row for row in found.rows if row[:2] == ("BDNF", "Welch t")]
    assert [(row[2], row[3]) for row in rows] == [("post", "6.000"), ("change", "6.000")]


def test_without_a_plan_nothing_is_said_to_be_named_in_advance(document: Document) -> None:
    told = str(document)
    assert "nothing here was named in advance" in told
    assert told.count("named in advance") == 1


def test_what_is_constant_is_refused_in_its_place(document: Document) -> None:
    found = grid(document, "Nothing stands in their place.")
    assert ("ancova", "GDNF") in {row[:2] for row in found.rows}
