import pytest

from server.web.pictograms.pencil import (
    ARROW,
    BAND,
    INK,
    QUIET,
    arrow_head,
    curve,
    line,
    number,
    shorten,
    turn,
)


@pytest.mark.parametrize(
    ("value", "written"), [(1.0, "1"), (12.34, "12.3"), (-0.04, "0"), (0.06, "0.1"), (120.0, "120")]
)
def test_a_number_has_at_most_one_decimal(value: float, written: str) -> None:
    assert number(value).replace("-0", "0") == written


def test_a_line_goes_through_its_corners() -> None:
    assert line(((1, 2), (3, 4), (5, 6))) == "M1 2L3 4L5 6"


def test_a_curve_begins_and_ends_where_it_is_told() -> None:
    assert curve(((0, 0), (10, 0))) == "M0 0L10 0"
    assert curve(((0, 0), (5, 9), (10, 0))) == "M0 0Q5 9 10 0"
    assert curve(((0, 0), (4, 8), (8, 8), (12, 0))) == "M0 0Q4 8 6 8Q8 8 12 0"


def test_the_tip_of_an_arrow_is_its_end_and_the_line_stops_before_it() -> None:
    assert arrow_head((50, 10), (20, 10)) == "M50 10L43 14.2L43 5.8"
    assert shorten((50, 10), (20, 10)) == pytest.approx((45.1, 10))


def test_a_turn_goes_from_direction_to_direction() -> None:
    """Ellipse of 20 by 10 round (50, 50): from the right over the front to the left."""
    points = turn((50, 50), (20, 10), 90, -90)
    assert points[0] == pytest.approx((70, 50))
    assert points[len(points) // 2] == pytest.approx((50, 60))
    assert points[-1] == pytest.approx((30, 50))


@pytest.mark.parametrize("colour", [INK, QUIET, ARROW, BAND])
def test_every_line_is_seven_to_one_on_paper(colour: str) -> None:
    """WCAG 2.2: relative luminance of sRGB, contrast with white."""
    digits = colour[1:] if len(colour) == 7 else "".join(one * 2 for one in colour[1:])
    shares = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares]
    luminance = sum(w * one for w, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    assert 1.05 / (luminance + 0.05) >= 7
