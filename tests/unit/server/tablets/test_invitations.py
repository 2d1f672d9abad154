import itertools

import pytest

from server.errors import CodeRefusedError, TooManyAttemptsError
from server.tablets.code_rules import LASTS_S, MAX_WRONG
from server.tablets.invitations import Invitations


class Clock:
    """Seconds of a clock that nobody sets."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def invitations(clock: Clock) -> Invitations:
    numbers = itertools.count()
    return Invitations(lambda n: bytes([next(numbers) % 32] * n), clock)


def test_a_code_is_good_once(invitations: Invitations) -> None:
    made = invitations.make("Tablet 1", "sara")
    assert invitations.redeem(made.code, "a") == made
    with pytest.raises(CodeRefusedError):
        invitations.redeem(made.code, "a")


def test_a_code_lasts_ten_minutes(invitations: Invitations, clock: Clock) -> None:
    in_time, late = invitations.make("one", "sara"), invitations.make("other", "sara")
    clock.now_s += LASTS_S - 1
    assert invitations.redeem(in_time.code, "a") == in_time
    clock.now_s += 1
    with pytest.raises(CodeRefusedError):
        invitations.redeem(late.code, "a")


def test_a_new_code_of_the_same_name_replaces_the_one_before(invitations: Invitations) -> None:
    first, second = invitations.make("Tablet 1", "sara"), invitations.make("Tablet 1", "sara")
    with pytest.raises(CodeRefusedError):
        invitations.redeem(first.code, "a")
    assert invitations.redeem(second.code, "a") == second


def test_a_withdrawn_code_opens_nothing(invitations: Invitations) -> None:
    made = invitations.make("Tablet 1", "sara")
    invitations.withdraw("Tablet 1")
    with pytest.raises(CodeRefusedError):
        invitations.redeem(made.code, "a")


def test_five_wrong_ones_make_their_source_wait_and_no_other_one(
    invitations: Invitations, clock: Clock
) -> None:
    made = invitations.make("Tablet 1", "sara")
    for _ in range(5):
        with pytest.raises(CodeRefusedError):
            invitations.redeem("ZZZZZZ", "a")
    with pytest.raises(TooManyAttemptsError):
        invitations.redeem(made.code, "a")
    clock.now_s += 30
    assert invitations.redeem(made.code, "a") == made


def test_fifty_wrong_ones_from_anywhere_end_every_code(invitations: Invitations) -> None:
    made = invitations.make("Tablet 1", "sara")
    for n in range(MAX_WRONG):
        with pytest.raises(CodeRefusedError):
            invitations.redeem("ZZZZZZ", f"source {n}")
    with pytest.raises(CodeRefusedError):
        invitations.redeem(made.code, "another")
