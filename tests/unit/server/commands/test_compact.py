from argparse import ArgumentTypeError

import pytest

from server.commands.compact import parse_hours


@pytest.mark.parametrize(("text", "hours"), [("0", 0), ("24", 24), ("0.5", 0.5)])
def test_hours(text: str, hours: float) -> None:
    assert parse_hours(text) == hours


@pytest.mark.parametrize("text", ["soon", "", "-1", "nan", "inf", "1e9"])
def test_what_is_no_number_of_hours_is_refused(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="is no number of hours; write for example 24"):
        parse_hours(text)
