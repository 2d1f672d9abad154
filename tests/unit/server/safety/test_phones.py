"""Numbers to call: in the order given, and only what a phone can call."""

import pytest

from server.errors import RuleError
from server.safety.phones import MAX_PHONES, Phone, parse_phones


def test_the_order_is_the_one_in_which_to_call() -> None:
    assert parse_phones(["Ambulance=115", "Dr Karimi = +98 21 5550 100"]) == [
        Phone("Ambulance", "115"),
        Phone("Dr Karimi", "+98 21 5550 100"),
    ]
    assert parse_phones([]) == []


@pytest.mark.parametrize(
    "word", ["115", "=115", "Ambulance=", "Ambulance=one-one-five", "A\nB=115", "x" * 41 + "=115"]
)
def test_what_nobody_can_call_is_refused(word: str) -> None:
    with pytest.raises(RuleError):
        parse_phones([word])


def test_no_name_twice_and_no_more_than_one_screen_shows() -> None:
    with pytest.raises(RuleError, match="twice"):
        parse_phones(["Ward=1150", "ward=1151"])
    with pytest.raises(RuleError, match="at most"):
        parse_phones([f"n{n}=115" for n in range(MAX_PHONES + 1)])
