from typing import Any

import pytest

from server.errors import InvalidRequestError
from server.people.attempt import Attempt

CANARY = "canary-parrot-of-the-server"


def test_what_a_person_types() -> None:
    attempt = Attempt.read({"name": " Sara ", "password": CANARY, "device": None})
    assert (attempt.account, attempt.is_pin, attempt.device) == ("sara", False, None)
    tablet = Attempt.read({"name": "sara", "pin": "271828", "device": "00000000000000a1"})
    assert (tablet.secret, tablet.is_pin, tablet.device) == ("271828", True, "00000000000000a1")


def test_a_name_that_nobody_can_have_is_nobodys() -> None:
    assert Attempt.read({"name": "'; drop table people", "pin": "1"}).account == ""


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        CANARY,
        {},
        {"name": "sara"},
        {"name": "sara", "password": CANARY, "pin": "271828"},
        {"name": "sara", "password": ""},
        {"name": "sara", "password": CANARY * 10},
        {"name": "sara", "password": 7},
        {"name": "sara", "pin": ["271828"]},
        {"name": 7, "password": CANARY},
        {"name": "", "password": CANARY},
        {"name": "s" * 65, "password": CANARY},
        {"name": "sara", "password": CANARY, "device": "A1"},
        {"name": "sara", "password": CANARY, "device": "00000000000000A1"},
        {"name": "sara", "password": CANARY, "device": 1},
        {"name": "sara", "password": CANARY, CANARY: 1},
    ],
)
def test_f11_what_is_malformed_is_refused_without_repeating_it(content: Any) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        Attempt.read(content)
    assert CANARY not in str(refused.value)


def test_f11_a_secret_is_in_no_repr() -> None:
    assert CANARY not in repr(Attempt.read({"name": "sara", "password": CANARY}))
