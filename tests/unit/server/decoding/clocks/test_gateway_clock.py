"""One offset a boot, whatever happened to its wall clock."""

import pytest

from protocol.identifiers import BootId
from protocol.moments import ReceivedAt
from server.decoding.clocks.gateway_clock import WallStep, fit_gateway_clocks

BOOT, OTHER = BootId("boot-1"), BootId("boot-2")
SECOND_NS = 1_000_000_000
UTC_NS = 1_763_800_000_000_000_001  # no float holds it


def moments(seconds: range, wall_error_ns: int = 0, boot: BootId = BOOT) -> list[ReceivedAt]:
    return [
        ReceivedAt(boot, one * SECOND_NS, UTC_NS + one * SECOND_NS + wall_error_ns)
        for one in seconds
    ]


def test_each_boot_has_its_own_to_the_nanosecond() -> None:
    later = moments(range(100), wall_error_ns=3_600 * SECOND_NS, boot=OTHER)
    clocks = fit_gateway_clocks([*later, *moments(range(50))])
    assert clocks[BOOT].place(7) == UTC_NS + 7
    assert clocks[OTHER].offset_ns == UTC_NS + 3_600 * SECOND_NS
    assert clocks[BOOT].wall_steps == clocks[OTHER].wall_steps == ()


def test_a_wall_clock_that_is_set_right_after_the_start() -> None:
    """It began in 1970, as that of a machine without a battery does."""
    wrong = moments(range(20), wall_error_ns=-UTC_NS)
    clock = fit_gateway_clocks(wrong + moments(range(20, 600)))[BOOT]
    assert clock.offset_ns == UTC_NS
    assert clock.wall_steps == (WallStep(20 * SECOND_NS, UTC_NS),)


def test_a_wall_clock_that_is_wrong_for_a_while_and_comes_back() -> None:
    """No single stretch of the right time is as long as the wrong one."""
    hour = 3_600 * SECOND_NS
    stamps = [*moments(range(200)), *moments(range(300, 500))]
    stamps += moments(range(200, 300), wall_error_ns=hour)
    stamps += moments(range(500, 800), wall_error_ns=-hour)
    clock = fit_gateway_clocks(stamps)[BOOT]
    assert clock.offset_ns == UTC_NS
    assert [step.step_ns for step in clock.wall_steps] == [hour, -hour, -hour]


def test_of_equals_the_last_holds() -> None:
    early = moments(range(100), wall_error_ns=-SECOND_NS)
    clock = fit_gateway_clocks(early + moments(range(100, 200)))[BOOT]
    assert clock.offset_ns == UTC_NS


@pytest.mark.parametrize("late_ns", [99_000_000, 40_000])
def test_a_clock_that_was_read_a_little_late_is_no_step(late_ns: int) -> None:
    stamps = moments(range(100))
    stamps[40] = ReceivedAt(BOOT, stamps[40].monotonic_ns, stamps[40].wall_ns + late_ns)
    clock = fit_gateway_clocks(stamps)[BOOT]
    assert (clock.offset_ns, clock.wall_steps) == (UTC_NS, ())


def test_one_record_is_enough() -> None:
    assert fit_gateway_clocks(moments(range(1)))[BOOT].offset_ns == UTC_NS
    assert fit_gateway_clocks([]) == {}
