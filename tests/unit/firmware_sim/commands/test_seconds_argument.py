"""Seconds as a person types them."""

from argparse import ArgumentTypeError

import pytest

from firmware_sim.commands.seconds_argument import parse_seconds


def test_seconds() -> None:
    assert parse_seconds("1") == 1.0
    assert parse_seconds("86400") == 86_400.0


@pytest.mark.parametrize("text", ["abc", "", "0.9", "-5", "86401", "nan", "inf"])
def test_anything_else_is_told(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match=f"'{text}' can't be used: give a number from 1 to"):
        parse_seconds(text)
