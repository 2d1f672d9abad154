"""What is shown while the heart can't be felt."""

import random

from firmware_sim.strap.shown_heart import ShownHeart
from firmware_sim.strap.wearer import HeartReport

SECOND_NS = 10**9


def _report(second: int, *, contact: bool = True) -> HeartReport:
    return HeartReport(second * SECOND_NS, 90, (683,), contact)


def test_the_truth_while_skin_is_felt() -> None:
    shown = ShownHeart(random.Random(1))
    assert shown.show(_report(1), feels_skin=True, pod_is_off=False) == _report(1)


def test_the_last_rate_freezes_for_five_seconds_and_then_is_zero() -> None:
    shown = ShownHeart(random.Random(1))
    shown.show(_report(0), feels_skin=True, pod_is_off=False)
    lost = [shown.show(_report(s), feels_skin=False, pod_is_off=False) for s in range(1, 8)]
    assert [each.bpm for each in lost] == [90, 90, 90, 90, 90, 0, 0]
    assert {each.rr_ticks for each in lost} == {()}
    assert not any(each.contact for each in lost)


def test_a_wearers_own_contact_loss_counts_too() -> None:
    shown = ShownHeart(random.Random(1))
    lost = shown.show(_report(9, contact=False), feels_skin=True, pod_is_off=False)
    assert (lost.bpm, lost.contact) == (0, False)


def test_an_unclipped_pod_reports_a_heart_nobody_has() -> None:
    shown = ShownHeart(random.Random(1))
    false = [shown.show(_report(s), feels_skin=False, pod_is_off=True) for s in range(30)]
    assert len({each.bpm for each in false}) > 10
    assert all(41 <= each.bpm <= 186 and len(each.rr_ticks) == 1 for each in false)
