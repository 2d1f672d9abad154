"""Promise F6: guessing is slow, for an account and from a source, and nobody is locked out."""

from server.people.brake import (
    FIRST_WAIT_S,
    FORGET_AFTER_S,
    FREE_FAILURES,
    LONGEST_WAIT_S,
    MAX_KEYS,
    Brake,
    choose_wait_s,
)

DAY_S = 86_400.0


def fail(brake: Brake, account: str, source: str, now_s: float) -> None:
    brake.begin(account, source, now_s)


def test_f6_five_are_free_then_the_wait_doubles() -> None:
    """The numbers of the promise and of the tablet's screen T1: wrong 5 times, wait 30 s."""
    assert [choose_wait_s(n) for n in range(5)] == [0.0] * 5
    assert [choose_wait_s(n) for n in range(5, 12)] == [30, 60, 120, 240, 480, 900, 900]


def test_f6_an_account_waits_whatever_the_source() -> None:
    brake = Brake()
    for n in range(FREE_FAILURES):
        assert brake.wait_s("sara", f"10.0.0.{n}", 0.0) == 0.0
        fail(brake, "sara", f"10.0.0.{n}", 0.0)
    assert brake.wait_s("sara", "10.0.0.99", 0.0) == FIRST_WAIT_S
    assert brake.wait_s("sara", "10.0.0.99", FIRST_WAIT_S) == 0.0
    assert brake.wait_s("nour", "10.0.0.99", 0.0) == 0.0


def test_f6_a_source_waits_whatever_the_account() -> None:
    brake = Brake()
    for n in range(FREE_FAILURES):
        fail(brake, f"user{n}", "10.0.0.1", 0.0)
    assert brake.wait_s("sara", "10.0.0.1", 0.0) == FIRST_WAIT_S
    assert brake.wait_s("sara", "10.0.0.2", 0.0) == 0.0


def test_f6_many_attempts_at_once_gain_nothing() -> None:
    """Each counts from its beginning, before anybody knows whether it is right."""
    brake, begun = Brake(), 0
    while brake.wait_s("sara", "here", 0.0) == 0.0:
        brake.begin("sara", "here", 0.0)
        begun += 1
    assert begun == FREE_FAILURES


def test_f6_no_more_than_some_hundred_guesses_a_day_and_never_a_lock_for_good() -> None:
    """The greediest guesser tries as soon as he may; a PIN has a million possibilities."""
    brake, now_s, guesses = Brake(), 0.0, 0
    while now_s < DAY_S:
        wait_s = brake.wait_s("sara", "here", now_s)
        assert wait_s <= LONGEST_WAIT_S
        now_s += wait_s
        fail(brake, "sara", "here", now_s)
        guesses += 1
    assert 90 <= guesses <= 150


def test_f6_a_guesser_who_pauses_an_hour_gains_no_more() -> None:
    brake, now_s, guesses = Brake(), 0.0, 0
    while now_s < DAY_S:
        for _ in range(FREE_FAILURES):
            assert brake.wait_s("sara", "here", now_s) == 0.0
            fail(brake, "sara", "here", now_s)
            guesses += 1
        now_s += FORGET_AFTER_S
    assert guesses <= 150


def test_a_right_one_forgets_her_own_wrong_ones_only() -> None:
    brake = Brake()
    for _ in range(4):
        fail(brake, "sara", "tablet", 0.0)
    brake.succeed("sara", "tablet")
    for n in range(4):
        fail(brake, f"other{n}", "tablet", 0.0)
    assert brake.wait_s("sara", "tablet", 0.0) == 0.0
    brake.succeed("sara", "tablet")  # whoever has an account can't clear the way to others'
    fail(brake, "other5", "tablet", 0.0)
    assert brake.wait_s("sara", "tablet", 0.0) == FIRST_WAIT_S


def test_an_attempt_that_was_never_judged_does_not_count() -> None:
    brake = Brake()
    for _ in range(50):
        brake.withdraw(brake.begin("sara", "here", 0.0), "here")
    assert brake.wait_s("sara", "here", 0.0) == 0.0


def test_made_up_names_fill_no_memory() -> None:
    brake = Brake()
    for n in range(MAX_KEYS + 500):
        fail(brake, f"user{n}", f"source{n}", float(n))
    assert len(brake._by_account) == len(brake._by_source) == MAX_KEYS
