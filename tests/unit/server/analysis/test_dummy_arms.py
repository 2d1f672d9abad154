"""A rehearsal's arms: as many in each as before, by chance alone, and no dose beside them."""

import numpy as np

from server.analysis.dummy_arms import (
    deal_arms_anew,
    leave_columns_out,
    leave_dose_out,
    leave_reasons_out,
)
from server.analysis.plan import AnalysisPlan
from tests.unit.server.analysis.simulated_frame import simulate_frame

FRAME = simulate_frame()
PLAN = AnalysisPlan(outcomes=("bdnf",), dose="srpe_load_au", confounders=("age_y",))


def test_arms_keep_their_sizes_and_everybody_her_values() -> None:
    dealt = deal_arms_anew(FRAME, np.random.default_rng(1))
    assert sorted(dealt.group) == sorted(FRAME.group)
    assert dealt.group != FRAME.group
    assert (dealt.codes, dealt.columns) == (FRAME.codes, FRAME.columns)


def test_over_many_deals_everybody_is_in_each_arm_as_often() -> None:
    generator = np.random.default_rng(2)
    deals = [deal_arms_anew(FRAME, generator).group for _ in range(400)]
    shares = [np.mean([deal[place] == "training" for deal in deals]) for place in range(FRAME.n)]
    # 15 of 30 are dealt: 1/2, with a standard error of 0.025
    assert np.abs(np.array(shares) - 0.5).max() < 0.1


def test_only_who_trains_has_a_dose_so_it_is_left_out_with_its_reasons() -> None:
    assert leave_dose_out(PLAN) == AnalysisPlan(outcomes=("bdnf",))
    assert {*leave_columns_out(FRAME, PLAN).columns} == {"bdnf_pre", "bdnf_post"}
    why = {"srpe_load_au": {"P01": "not_recorded"}, "bdnf_post": {"P02": "lost"}}
    assert leave_reasons_out(why, PLAN) == {"bdnf_post": {"P02": "lost"}}
