"""What a strap's time holds: heard, lost, not known yet; missing has a reason and is never zero."""

from typing import Any

import pytest

from protocol.ledger.instants import format_utc_ms
from server.sessions.domain.coverage import (
    LONGEST_MS,
    Worn,
    compute_coverage,
    list_worn,
    list_worn_at,
)

START_MS = 1_796_000_000_000
WORN = Worn("P07", "8AA87D0B", START_MS, START_MS + 600_000)


def at(second: float) -> int:
    return START_MS + round(second * 1000)


def row(heard_s: list[float], newest_s: float | None = 600, *, agreed: bool = True) -> Any:
    newest_ms = None if newest_s is None else at(newest_s)
    return compute_coverage(WORN, [at(one) for one in heard_s], newest_ms, agreed=agreed)


def every_second(from_s: int, to_s: int) -> list[float]:
    return [float(one) for one in range(from_s, to_s)]


def test_a_strap_that_was_heard_every_second_is_covered_whole() -> None:
    found = row(every_second(0, 600))
    assert (found["worn_s"], found["lost_s"], found["coverage_pct"]) == (600, 0, 100.0)
    assert (found["lost"], found["missing_reason"], found["unknown_s"]) == ([], None, 0)


def test_six_minutes_without_a_value_are_lost_and_say_when() -> None:
    """By hand: the last value at 59 s, the next at 419 s; one of those 360 s had its value."""
    found = row([*every_second(0, 60), *every_second(419, 600)])
    assert found["lost_s"] == 360
    assert found["lost"] == [{"from": format_utc_ms(at(59)), "until": format_utc_ms(at(419))}]
    assert found["coverage_pct"] == round(100 * (1 - 359 / 600), 1)


def test_less_than_ten_seconds_is_missing_and_not_lost() -> None:
    found = row([*every_second(0, 60), *every_second(68, 600)])
    assert (found["lost_s"], found["coverage_pct"]) == (0, round(100 * (1 - 8 / 600), 1))
    assert row([*every_second(0, 60), *every_second(69, 600)])["lost_s"] == 10


def test_jitter_of_a_value_a_second_is_nothing() -> None:
    assert row([second * 1.9 for second in range(316)])["coverage_pct"] == 100.0


def test_what_may_be_on_its_way_is_not_lost() -> None:
    found = row(every_second(0, 240), newest_s=240)
    assert (found["lost_s"], found["unknown_s"], found["coverage_pct"]) == (0, 360, 100.0)


def test_values_of_before_and_after_are_another_wearers() -> None:
    found = row([-5.0, *every_second(300, 600), 600.0, 700.0], newest_s=800)
    assert (found["lost_s"], found["unknown_s"]) == (300, 0)


@pytest.mark.parametrize(
    ("newest_s", "agreed", "reason"),
    [(600, True, "not_heard"), (600, False, "not_agreed"), (None, True, "not_known_yet"),
     (-60, True, "not_known_yet")],
)  # fmt: skip
def test_a_strap_that_was_never_heard_has_a_reason_and_no_number(
    newest_s: float | None, agreed: bool, reason: str
) -> None:
    found = row([], newest_s, agreed=agreed)
    assert (found["missing_reason"], found["coverage_pct"], found["lost_s"]) == (reason, None, None)


def state(closed_at: str | None = None, until: str | None = None) -> dict[str, Any]:
    wearing = [{"strap": "8AA87D0B", "from": format_utc_ms(START_MS), "until": until}]
    return {"closed_at": closed_at, "people": {"P07": {"wearing": wearing}}}


def test_a_strap_is_worn_until_it_is_taken_off_or_the_session_ends() -> None:
    now = format_utc_ms(at(900))
    assert list_worn(state(), now)[0].until_ms == at(900)
    assert list_worn(state(closed_at=format_utc_ms(at(500))), now)[0].until_ms == at(500)
    assert list_worn(state(until=format_utc_ms(at(100))), now)[0].until_ms == at(100)
    assert list_worn(state(), format_utc_ms(START_MS)) == []


def test_a_session_that_nobody_closed_doesnt_last_for_days() -> None:
    now = format_utc_ms(START_MS + 3 * 86_400_000)
    assert list_worn(state(), now)[0].until_ms == START_MS + LONGEST_MS


def worn_state(*wearing: tuple[str, float, float | None], closed_s: float | None = None) -> Any:
    rows = [
        {"strap": strap, "from": moment(from_s), "until": None if to_s is None else moment(to_s)}
        for strap, from_s, to_s in wearing
    ]
    closed_at = None if closed_s is None else moment(closed_s)
    return {"closed_at": closed_at, "people": {"P07": {"wearing": rows}}}


def moment(second: float) -> str:
    return format_utc_ms(at(second))


def test_what_is_worn_at_a_moment_is_what_was_put_on_and_not_taken_off() -> None:
    state = worn_state(("A", 0, 60), ("B", 60, None), ("C", 120, None))
    told = [sorted(list_worn_at(state, moment(second))) for second in (0, 59.999, 60, 120)]
    assert told == [["A"], ["A"], ["B"], ["B", "C"]]
    assert list_worn_at(state, moment(90)) == {"B": moment(60)}


def test_in_a_closed_session_and_after_six_hours_nothing_is_worn() -> None:
    assert list_worn_at(worn_state(("A", 0, None), closed_s=60), moment(60)) == {}
    assert list_worn_at(worn_state(("A", 0, None)), moment(LONGEST_MS / 1000)) == {}


def test_a_strap_on_two_people_is_worn_since_the_earlier_one() -> None:
    state = worn_state(("A", 30, None), ("A", 0, None))
    assert list_worn_at(state, moment(60)) == {"A": moment(0)}
