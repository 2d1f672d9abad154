"""Figures show every participant, and say in words what they show."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from server.analysis.methods.dose_response.linear import fit_dose_slope
from server.analysis.methods.dose_response.trained import Trained, select_training
from server.analysis.report.document import Figure
from server.analysis.report.figures.changes import draw_changes
from server.analysis.report.figures.dose_response import draw_dose_response
from server.analysis.report.figures.means import draw_means
from server.analysis.report.figures.paired import draw_paired
from tests.unit.server.analysis.simulated_frame import simulate_frame

FRAME = simulate_frame()
BDNF, GDNF = FRAME.make_design("bdnf"), FRAME.make_design("gdnf")
SVG = "{http://www.w3.org/2000/svg}"


def count(figure: Figure, tag: str) -> int:
    return len(list(ET.fromstring(figure.svg).iter(SVG + tag)))  # noqa: S314 (our own text)


@pytest.mark.parametrize("draw", [draw_means, draw_paired])
def test_every_complete_pair_is_marked_before_and_after(draw: object) -> None:
    assert callable(draw)
    figure = draw(BDNF, "pg/mL")
    # a circle a measurement in training, a square in control, of which one has no bdnf after
    assert (count(figure, "circle"), count(figure, "rect")) == (30, 28)


def test_changes_mark_each_once_with_the_difference_in_words() -> None:
    figure = draw_changes(GDNF, "pg/mL", 81.43, (71.45, 91.41), 0.99)
    assert (count(figure, "circle"), count(figure, "rect")) == (15, 15)
    assert "differ by 81.43 pg/mL, 99 % interval [71.45, 91.41]" in figure.words


def test_the_line_of_dose_has_the_slope_of_the_table() -> None:
    dose = FRAME.take("srpe_load_au")
    figure = draw_dose_response(GDNF, dose, "srpe_load_au", "pg/mL", 0.99)
    arm = select_training(GDNF)
    slope = fit_dose_slope(Trained.from_design(arm, "srpe_load_au", dose[GDNF.is_training]))
    assert "with the line's 99 % band" in figure.caption
    assert f"slope {slope.estimate:.4g}".replace("-", "\u2212") in figure.words.replace("0000", "")
    assert count(figure, "circle") == 15


def test_the_same_data_give_the_same_picture_with_words_in_it() -> None:
    figure = draw_means(BDNF, "pg/mL")
    assert figure == draw_means(BDNF, "pg/mL")
    root = ET.fromstring(figure.svg)  # noqa: S314 (our own text)
    title = root.find(SVG + "title")
    assert title is not None
    assert title.text == figure.words
    assert root.get("role") == "img"


def test_no_shape_lies_outside_of_the_picture() -> None:
    extreme = simulate_frame(9)
    extreme.columns["bdnf_pre"][0] = -4e5
    figure = draw_means(extreme.make_design("bdnf"), "pg/mL")
    marks = list(ET.fromstring(figure.svg).iter(SVG + "rect"))  # noqa: S314 (our own text)
    assert all(0 <= float(one.get("y", "nan")) <= 330 for one in marks)
    assert np.isfinite([float(one.get("x", "nan")) for one in marks]).all()
