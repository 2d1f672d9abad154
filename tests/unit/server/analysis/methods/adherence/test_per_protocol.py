"""Per protocol beside R 4.2.2.

`m <- lm(post ~ g + pre, subset = k); coef(summary(m))["g", ]; confint(m)["g", ]` with `pre` and
`post` of `tests/two_arm_outcomes.py`, `k <- c(rep(TRUE, 15), s / 24 >= .8)`.
"""

import numpy as np
import pytest

from server.analysis.methods.adherence.attendance import read_attendance
from server.analysis.methods.adherence.per_protocol import PerProtocol, analyse_per_protocol
from server.errors import MethodError
from tests.two_arm_outcomes import balanced

SESSIONS = (24, 20, 19, 24, 22, 10, 23, 24, 21, 20, 18, 24, 23, 22, 24)


def _analyse(trained: tuple[int, ...]) -> PerProtocol:
    design = balanced()
    sessions = np.array([0] * 15 + list(trained))
    return analyse_per_protocol(design, read_attendance(design, sessions, 24))


def test_per_protocol_is_the_ancova_of_r_without_those_who_came_too_seldom() -> None:
    told = _analyse(SESSIONS)
    assert (told.n, told.n_control, told.n_training, told.n_left_out) == (27, 15, 12, 3)
    assert told.estimate == pytest.approx(44.11920738955057, rel=1e-9)
    assert told.ci == pytest.approx((20.4336742908, 67.8047404883), rel=1e-9)
    assert told.p == pytest.approx(0.00077991944196, rel=1e-9)
    assert "not chosen by chance" in told.notes[0]


def test_too_few_who_came_are_refused() -> None:
    with pytest.raises(MethodError, match="ANCOVA of bdnf needs at least 3"):
        _analyse((24, 24) + (3,) * 13)
