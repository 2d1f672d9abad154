"""Drawn posts against the posterior they are drawn from."""

import numpy as np
import pytest

from server.analysis.methods.missing.imputation import build_columns, impute_posts
from tests.two_arm_outcomes import incomplete


def test_drawn_posts_have_the_mean_and_spread_of_their_posterior() -> None:
    """Student's t: variance s^2 (1 + x' (X'X)^-1 x) df / (df - 2), with 12 complete and df 9."""
    design = incomplete().select(np.arange(30) % 2 == 1)
    design = design.select(~np.isnan(design.pre))
    is_known = ~np.isnan(design.post)
    columns = build_columns(design)
    known, post = columns[is_known], design.post[is_known]
    fitted = np.linalg.lstsq(known, post, rcond=None)[0]
    df = len(post) - 3
    variance = float(((post - known @ fitted) ** 2).sum()) / df
    drawn = impute_posts(design, 40_000, 6)[:, ~is_known]
    assert df == 9
    for place, x in enumerate(columns[~is_known]):
        spread = variance * (1 + x @ np.linalg.inv(known.T @ known) @ x) * df / (df - 2)
        assert drawn[:, place].mean() == pytest.approx(x @ fitted, abs=1)
        assert drawn[:, place].var() == pytest.approx(spread, rel=0.05)


def test_measured_posts_stay_as_they_are() -> None:
    design = incomplete().select(~np.isnan(incomplete().pre))
    is_known = ~np.isnan(design.post)
    sets = impute_posts(design, 20, 6)
    assert sets.shape == (20, 28)
    assert (sets[:, is_known] == design.post[is_known]).all()
    assert not np.isnan(sets).any()
