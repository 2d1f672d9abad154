"""Rubin's rules, written out in R 4.2.2."""

import numpy as np
import pytest

from server.analysis.methods.missing.pooling import pool_estimates


def test_pooled_is_that_of_r() -> None:
    """q <- c(20, 23.5, 18.2, 25, 21.1); u <- c(30, 28, 33, 29.5, 31); m <- 5; b <- var(q);
    t <- mean(u) + 1.2 * b; l <- 1.2 * b / t; o <- 28 / 30 * 27 * (1 - l); d <- 4 / l^2;
    df <- d * o / (d + o); mean(q) + c(-1, 1) * qt(.975, df) * sqrt(t)."""
    pooled = pool_estimates(
        np.array([20, 23.5, 18.2, 25, 21.1]), np.array([30, 28, 33, 29.5, 31]), 27
    )
    assert pooled.estimate == pytest.approx(21.56)
    assert pooled.se == pytest.approx(6.25776317864, rel=1e-10)
    assert pooled.df == pytest.approx(15.6049882814, rel=1e-10)
    assert pooled.p == pytest.approx(0.00343117295679, rel=1e-9)
    assert pooled.ci == pytest.approx((8.26679081298, 34.853209187), rel=1e-9)


def test_sets_that_agree_have_nearly_the_complete_degrees_of_freedom() -> None:
    """Barnard & Rubin: 28 / 30 * 27 when nothing was imputed."""
    agreed = pool_estimates(np.full(5, 3.0), np.full(5, 2.0), 27)
    assert (agreed.se, agreed.df) == pytest.approx((2**0.5, 25.2))
