"""Waking on skin, sleeping a minute after."""

from firmware_sim.strap.power import Power

SECOND_NS = 10**9


def _look(power: Power, second: int, *, worn: bool, measuring: bool = False) -> bool:
    return power.update(second * SECOND_NS, worn=worn, linked=False, measuring=measuring)


def test_it_sleeps_a_minute_after_it_was_taken_off() -> None:
    power = Power(0)
    for second in range(10, 71):
        _look(power, second, worn=False)
        assert power.is_on
    _look(power, 72, worn=False)
    assert not power.is_on


def test_skin_wakes_it_and_says_so_once() -> None:
    power = Power(0)
    _look(power, 0, worn=False)
    _look(power, 100, worn=False)
    assert not power.is_on
    assert _look(power, 101, worn=True)
    assert not _look(power, 102, worn=True)
    assert power.is_on


def test_a_measurement_nobody_stopped_keeps_it_awake() -> None:
    power = Power(0)
    for second in range(0, 3600, 60):
        _look(power, second, worn=False, measuring=True)
    assert power.is_on


def test_a_long_silence_while_worn_is_no_sleep() -> None:
    power = Power(0)
    assert not _look(power, 3600, worn=True)
    assert power.is_on
