"""Moments of earlier boots in the clock of this one."""

from gateway.clock import NS_PER_S
from gateway.straps.boots import place_in_clock
from protocol.identifiers import BootId
from protocol.moments import ReceivedAt

NOW = ReceivedAt(BootId("now"), 100 * NS_PER_S, 9000 * NS_PER_S)


def at(boot: str, seconds: int, wall_s: int = 0) -> ReceivedAt:
    return ReceivedAt(BootId(boot), seconds * NS_PER_S, wall_s * NS_PER_S)


def placed_s(*kept: ReceivedAt, latest_s: int = 100) -> list[float]:
    names = {str(n): moment for n, moment in enumerate(kept)}
    placed = place_in_clock(names, NOW, latest_s * NS_PER_S)
    return [placed[name] / NS_PER_S for name in names]


def test_moments_of_this_boot_stay_where_they_are() -> None:
    assert placed_s(at("now", 40), at("now", 90), latest_s=50) == [40, 90]
    assert placed_s() == []


def test_moments_of_one_old_boot_keep_their_distance() -> None:
    """Goes red if all of them count as now, so that nobody knows which stream was silent first."""
    assert placed_s(at("old", 5000), at("old", 4880), at("old", 4996)) == [100, -20, 96]
    assert placed_s(at("old", 5000), at("old", 4880), latest_s=70) == [70, -50]


def test_any_moment_of_an_older_boot_came_before_all_of_a_newer_one() -> None:
    newer = [at("b", 10, 700), at("b", 4, 694)]
    assert placed_s(at("a", 9000, 600), *newer, at("a", 8990, 590)) == [92, 100, 94, 82]


def test_any_old_moment_came_before_those_of_this_boot_whatever_the_wall_said() -> None:
    """Goes red if a clock that was set back puts a gap over values that are kept."""
    assert placed_s(at("old", 5000, 99_999), at("now", 30, 1)) == [28, 30]
