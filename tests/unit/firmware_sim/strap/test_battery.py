"""A coin cell in a straight line."""

from firmware_sim.strap.battery import Battery

HOUR_NS = 3600 * 10**9


def test_it_falls_a_quarter_of_a_per_cent_an_hour() -> None:
    battery = Battery(80.0, 0)
    assert [battery.level_pct(hours * HOUR_NS) for hours in (0, 3, 4, 5)] == [80, 79, 79, 78]


def test_it_never_falls_below_nothing() -> None:
    assert Battery(1.0, 0).level_pct(1000 * HOUR_NS) == 0


def test_a_new_charge_counts_from_now() -> None:
    battery = Battery(80.0, 0)
    battery.set_pct(6.0, 40 * HOUR_NS)
    assert battery.level_pct(40 * HOUR_NS) == 6
