"""Her own session is bounded; on a tablet handed over to half an hour."""

import pytest

from server.participant_access.code_rules import NS_PER_S
from server.participant_access.session_rules import (
    HANDED_OVER_S,
    IDLE_S,
    LASTS_S,
    UNLOCKED_S,
    is_over,
    is_unlocked,
    is_use_to_be_noted,
)


def over(after_s: float, *, handed_over: bool = False, idle_s: float = 0) -> bool:
    now = round(after_s * NS_PER_S)
    seen = now - round(idle_s * NS_PER_S)
    return is_over(handed_over=handed_over, begun_ns=0, seen_ns=seen, now_ns=now)


@pytest.mark.parametrize("handed_over", [True, False])
def test_it_ends_by_itself(handed_over: bool) -> None:  # noqa: FBT001
    lasts_s = HANDED_OVER_S if handed_over else LASTS_S
    assert not over(lasts_s - 1, handed_over=handed_over)
    assert over(lasts_s, handed_over=handed_over)


def test_a_phone_that_nobody_uses_is_signed_out() -> None:
    assert not over(IDLE_S, idle_s=IDLE_S - 1)
    assert over(IDLE_S, idle_s=IDLE_S)


def test_her_pin_opens_her_data_for_a_while() -> None:
    assert not is_unlocked(None, 0)
    assert is_unlocked(0, UNLOCKED_S * NS_PER_S - 1)
    assert not is_unlocked(0, UNLOCKED_S * NS_PER_S)
    assert not is_unlocked(1, 0)  # a clock that went back opens nothing


def test_use_is_written_once_an_hour() -> None:
    assert not is_use_to_be_noted(seen_ns=0, now_ns=3599 * NS_PER_S)
    assert is_use_to_be_noted(seen_ns=0, now_ns=3600 * NS_PER_S)
