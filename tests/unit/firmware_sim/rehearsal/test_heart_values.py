"""Everybody's heart: the same as in her evenings, in whole beats."""

from firmware_sim.evening.woman import make_woman
from firmware_sim.rehearsal.heart_values import draw_hearts

CODES = ["P01", "P02", "P03"]


def test_rest_is_what_her_evenings_have_and_both_are_whole() -> None:
    hearts = draw_hearts(CODES, seed=3)
    for code, traits in hearts.items():
        assert traits.resting_bpm == make_woman(code, "", None, 3).resting_bpm
        assert traits.peak_bpm == round(traits.peak_bpm)
        assert traits.resting_bpm < traits.peak_bpm
    assert draw_hearts(CODES[1:2], seed=3)["P02"] == hearts["P02"]  # whoever else there is
    assert draw_hearts(CODES, seed=4) != hearts
