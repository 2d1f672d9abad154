"""Who came to 80 % of the planned sessions."""

import numpy as np
import pytest

from server.analysis.methods.adherence.attendance import read_attendance, select_per_protocol
from server.analysis.methods.design import TwoByTwo
from server.errors import MethodError

CODES = ["P1", "P2", "P3", "P4", "P5"]
GROUP = ["control", "control", "training", "training", "training"]


def _design() -> TwoByTwo:
    return TwoByTwo.from_arrays("bdnf", CODES, GROUP, [1.0, 2, 3, 4, 5], [2.0, 3, 4, 5, 7])


def test_twenty_of_24_sessions_are_enough_and_nineteen_are_not() -> None:
    """80 % of 24 is 19.2."""
    attendance = read_attendance(_design(), np.array([0, np.nan, 20, 19, 24]), 24)
    assert list(attendance.came) == [False, False, True, False, True]


def test_exactly_80_percent_is_enough() -> None:
    """4 of 5, where 0.8 * 5 and 4 / 5 meet; and 16 of 20."""
    assert read_attendance(_design(), [0, 0, 4, 3, 5], 5).came[2]
    assert read_attendance(_design(), [0, 0, 16, 15, 20], 20).came[2]


def test_per_protocol_keeps_control_and_says_who_is_left_out() -> None:
    kept, note = select_per_protocol(_design(), read_attendance(_design(), [0, 0, 24, 3, 22], 24))
    assert kept.codes == ("P1", "P2", "P3", "P5")
    assert note.startswith("Per protocol: 1 of 3 participants of the training arm came to fewer")
    assert "not chosen by chance" in note


@pytest.mark.parametrize(
    ("sessions", "said"),
    [
        ([0, 3, 24, 24, 24], "P2 of control came to 3 sessions"),
        ([0, 0, 24, np.nan, 24], "the sessions of P4 are missing"),
        ([0, 0, 24, 25, 24], "the sessions of P4 are 25, of 24"),
        ([0, 0, 24, -1, 24], "the sessions of P4 are -1"),
        ([0, 0, 24, 2.5, 24], r"the sessions of P4 are 2\.5"),
        ([0, 0, 24], "3 values for 5"),
    ],
)
def test_sessions_that_cannot_be_are_refused(sessions: list[float], said: str) -> None:
    with pytest.raises(MethodError, match=said):
        read_attendance(_design(), sessions, 24)


def test_no_planned_session_is_refused() -> None:
    with pytest.raises(MethodError, match="0 planned sessions"):
        read_attendance(_design(), [0, 0, 0, 0, 0], 0)
