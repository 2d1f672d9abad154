"""Disturbed beats and lost contact."""

import random

import pytest

from firmware_sim.physiology.activities import Activity
from firmware_sim.physiology.artefacts import ArtefactRates, Artefacts


def test_nothing_happens_at_rate_zero() -> None:
    none = Artefacts(ArtefactRates(0.0, 0.0, 0.0), random.Random(1))
    assert {tuple(none.disturb(0.8, Activity.JUMP)) for _ in range(1000)} == {(0.8,)}
    assert none.draw_contact_losses(86_400.0) == []


def test_an_ectopic_beat_keeps_the_time_of_two() -> None:
    always = Artefacts(ArtefactRates(ectopic=1.0, missed=0.0), random.Random(1))
    early, late = always.disturb(0.8, Activity.SIT)
    assert early < 0.8 < late
    assert early + late == pytest.approx(1.6)


def test_jumping_hides_more_beats_than_sitting() -> None:
    rates = ArtefactRates(ectopic=0.0, missed=0.01)
    counts = {
        activity: sum(artefacts.disturb(0.8, activity) == (1.6,) for _ in range(5000))
        for activity, artefacts in (
            (Activity.SIT, Artefacts(rates, random.Random(1))),
            (Activity.JUMP, Artefacts(rates, random.Random(1))),
        )
    }
    assert 30 < counts[Activity.SIT] < 80
    assert 400 < counts[Activity.JUMP] < 600


def test_contact_losses_do_not_overlap_and_end() -> None:
    rates = ArtefactRates(contact_losses_per_hour=30.0)
    losses = Artefacts(rates, random.Random(1)).draw_contact_losses(3600.0)
    assert 15 < len(losses) < 50
    assert all(2.0 <= end - begin <= 12.0 for begin, end in losses)
    assert all(a[1] <= b[0] for a, b in zip(losses, losses[1:], strict=False))
