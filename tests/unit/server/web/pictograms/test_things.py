import re

import pytest

from server.web.pictograms.pose import FLOOR
from server.web.pictograms.things import PAD, STEP, draw_thing
from tests.update_pictures import read_movements


def test_an_unknown_thing_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match=r"'trampoline' is no thing .*: bar, .*chair, "):
        draw_thing("trampoline", 10)


@pytest.mark.parametrize(("name", "high"), [("foam", PAD), ("step", STEP)])
def test_what_she_stands_on_stands_on_the_floor(name: str, high: float) -> None:
    found = re.search(r' y="([\d.]+)" width="40" height="([\d.]+)"', draw_thing(name, 20, 60))
    assert found is not None
    assert [float(one) for one in found.groups()] == [FLOOR - high, high]


def test_a_cone_far_away_is_smaller_and_stands_where_it_is_put() -> None:
    """Half as wide and half as high, on a base at 58."""
    assert 'd="M14 84L18.4 67L21.6 67L26 84z"' in draw_thing("cone", 20)
    far = draw_thing("cone", 20, 58, 0.5)
    assert 'd="M17 58L19.2 49.5L20.8 49.5L23 58z"' in far
    assert 'd="M16 58L24 58"' in far


def test_nobody_drew_a_thing_for_nothing() -> None:
    used = {
        str(thing[0]) for one in read_movements().values() for thing in (*one.things, *one.before)
    }
    for name in sorted(used):
        assert name in str(pytest.raises(ValueError, draw_thing, "").value)
    every = str(pytest.raises(ValueError, draw_thing, "").value).split(": ")[1].split(", ")
    assert set(every) == used
