import time

from server.people.steady_time import SteadyTime, read_elapsed_ns

S = 1_000_000_000


def test_b1_a_wall_clock_that_is_set_later_changes_no_instant() -> None:
    wall_ns, elapsed_ns = [1_795_000_000 * S], [7 * S]
    steady = SteadyTime(lambda: wall_ns[0], lambda: elapsed_ns[0])
    assert steady() == 1_795_000_000 * S
    wall_ns[0] += 86_400 * S
    elapsed_ns[0] += 3 * S
    assert steady() == 1_795_000_003 * S


def test_b1_what_passed_is_not_read_from_the_wall_clock() -> None:
    before_ns, read_ns = time.monotonic_ns(), read_elapsed_ns()
    assert read_ns >= before_ns  # since the start of the machine, its sleep included
    assert read_ns < 1_000_000_000 * S  # the wall clock has read more than that since 2001
