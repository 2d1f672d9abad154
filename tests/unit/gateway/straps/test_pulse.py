"""Promise D3 in figures: stale at 5 s, given up at 8 s, 15 s in all."""

from gateway.clock import NS_PER_S
from gateway.straps.pulse import Pulse, Verdict, armed, check, heard, void


def verdicts(pulse: Pulse, *seconds: float) -> list[Verdict]:
    found = []
    for second in seconds:
        pulse, verdict = check(pulse, round(second * NS_PER_S))
        found.append(verdict)
    return found


def test_d3_silence_is_armed_again_then_given_up() -> None:
    assert verdicts(heard(0), 4.999, 5, 7.999, 8, 500) == [
        Verdict.NOTHING, Verdict.REARM, Verdict.NOTHING, Verdict.RECONNECT, Verdict.NOTHING,
    ]  # fmt: skip


def test_d3_it_is_stale_from_the_moment_of_arming_again() -> None:
    pulse, _ = check(heard(0), 5 * NS_PER_S)
    assert pulse.stale
    assert not heard(6 * NS_PER_S).stale


def test_the_first_beat_may_take_ten_seconds() -> None:
    assert verdicts(armed(Pulse(), 0), 9.9, 10) == [Verdict.NOTHING, Verdict.REARM]


def test_d3_a_new_link_is_stale_until_a_value_is_heard_and_still_gets_its_ten_seconds() -> None:
    silent, _ = check(heard(0), 5 * NS_PER_S)
    again = armed(void(silent), 20 * NS_PER_S)
    assert again.stale
    assert verdicts(again, 29.9, 30, 32.9, 33) == [
        Verdict.NOTHING, Verdict.REARM, Verdict.NOTHING, Verdict.RECONNECT,
    ]  # fmt: skip
    assert not void(heard(0)).stale


def test_arming_again_does_not_buy_a_silent_link_more_time() -> None:
    silent, _ = check(armed(Pulse(), 0), 10 * NS_PER_S)
    assert armed(silent, 11 * NS_PER_S) == silent


def test_nothing_is_due_where_no_heart_rate_is_wanted() -> None:
    assert verdicts(Pulse(), 10**6) == [Verdict.NOTHING]
