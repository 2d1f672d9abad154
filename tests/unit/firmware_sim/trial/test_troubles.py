"""When what goes wrong."""

from random import Random

import pytest

from firmware_sim.trial.troubles import (
    Trouble,
    TroubleKind,
    choose_swap,
    draw_calendar,
    draw_late,
    draw_losses,
)
from tests.unit.firmware_sim.trial.trial_evening import enter


@pytest.mark.parametrize("n_sessions", [3, 24])
def test_three_troubles_have_an_evening_each(n_sessions: int) -> None:
    for seed in range(20):
        days = draw_calendar(seed, n_sessions)
        assert len({days.forgotten, days.late, days.swapped}) == 3
        assert all(1 <= day <= n_sessions for day in (days.forgotten, days.late, days.swapped))
    assert len({draw_calendar(seed, 24) for seed in range(20)}) > 10


def test_a_short_trial_has_them_too() -> None:
    days = draw_calendar(1, 1)
    assert (days.forgotten, days.late, days.swapped) == (1, 1, 1)


def test_one_link_and_one_contact_is_lost_in_the_circuit() -> None:
    entered = enter()
    for seed in range(20):
        link, contact = draw_losses(entered, entered.worn, Random(seed))
        assert (link.kind, contact.kind) == (TroubleKind.LINK_LOST, TroubleKind.CONTACT_LOST)
        assert link.participant != contact.participant
        for one, longest_s in ((link, 65.0), (contact, 30.0)):
            from_ms, until_ms = one.from_ms or 0, one.until_ms or 0
            assert entered.clock.start_ms < from_ms < until_ms < entered.clock.end_ms
            assert until_ms - from_ms <= 1000 * longest_s
            assert one.overlap_s(entered.clock.start_ms, entered.clock.end_ms) == pytest.approx(
                (until_ms - from_ms) / 1000
            )


def test_a_single_strap_loses_its_link_and_none_nothing() -> None:
    entered = enter()
    (only,) = draw_losses(entered, entered.worn[:1], Random(1))
    assert only.kind is TroubleKind.LINK_LOST
    assert draw_losses(entered, (), Random(1)) == []


def test_a_late_strap_misses_too_much_to_be_made_up() -> None:
    entered = enter()
    late = draw_late(entered, entered.worn, Random(1))
    assert late is not None
    lost_s = late.overlap_s(entered.clock.start_ms, entered.clock.end_ms)
    assert lost_s == 12 * 60
    assert lost_s > 0.2 * (entered.clock.end_ms - entered.clock.start_ms) / 1000
    assert draw_late(entered, (), Random(1)) is None


def test_only_two_who_are_here_can_swap() -> None:
    pair = choose_swap(enter(), Random(1))
    assert pair is not None
    assert pair[0].strap != pair[1].strap
    assert choose_swap(enter(n_women=1), Random(1)) is None


def test_a_trouble_of_the_whole_evening_takes_no_time_by_itself() -> None:
    assert Trouble(TroubleKind.SWAPPED, "P01").overlap_s(0, 1000) == 0.0
